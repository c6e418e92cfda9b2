import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import Mocha from "mocha";

/** How a run of chosen tests ended; titles are full ones. */
export interface SuiteResult {
  readonly passed: readonly string[];
  readonly failed: readonly { readonly title: string; readonly reason: string }[];
}

export interface SuiteRun {
  /** Full titles; when left out, all that `excluded` does not match. */
  readonly titles?: readonly string[];
  readonly excluded: RegExp;
  /** Stop at the first failure. */
  readonly bail: boolean;
  /** What is to be so on the chain before any test; later snapshots keep it. */
  readonly balances?: Readonly<Record<string, bigint>>;
  readonly onTestEnd?: (test: EndedTest) => void;
  /** After a "before all" hook. @param title of its suite */
  readonly onSetUp?: (title: string) => void;
}

export interface EndedTest {
  readonly title: string;
  readonly file: string;
  readonly durationMs: number;
}

type Fixture = (...given: readonly never[]) => Promise<unknown>;

/** What test/helpers/contracts/network.ts exports, as far as it matters here. */
export interface TestNetwork {
  readonly ethers: { readonly provider: { send(method: string, parameters: readonly unknown[]): Promise<unknown> } };
  readonly networkHelpers: { clearSnapshots(): void; loadFixture(fixture: Fixture): Promise<unknown> };
}

const escaped = (title: string) => title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A reporter that says nothing: results are gathered from the runner's events. */
class Silent {}

/** Tests of the contracts, loaded once and run as often as wanted, each time on the artifacts that are there by then. */
export class Suite {
  readonly network: TestNetwork;
  readonly #mocha: Mocha;
  #beginning: unknown;

  private constructor(mocha: Mocha, network: TestNetwork, beginning: unknown) {
    this.#mocha = mocha;
    this.network = network;
    this.#beginning = beginning;
  }

  /** Loads test files; the working directory must be the project or a sandbox of it. */
  static async load(files: readonly string[], timeoutMs: number): Promise<Suite> {
    const mocha = new Mocha({ timeout: timeoutMs, reporter: Silent as unknown as Mocha.ReporterConstructor });
    mocha.cleanReferencesAfterRun(false);
    for (const file of files) mocha.addFile(resolve(file));
    await mocha.loadFilesAsync();
    const helpers = pathToFileURL(resolve(join("test", "helpers", "contracts", "network.ts"))).href;
    const network = (await import(helpers)) as TestNetwork; // the same instance as the tests'
    const beginning = await network.ethers.provider.send("evm_snapshot", []);
    return new Suite(mocha, network, beginning);
  }

  async run(asked: SuiteRun): Promise<SuiteResult> {
    const { titles = this.#titles(), excluded, bail, balances = {}, onTestEnd, onSetUp } = asked;
    await this.#rewind();
    for (const [address, balance] of Object.entries(balances))
      await this.network.ethers.provider.send("hardhat_setBalance", [address, `0x${balance.toString(16)}`]);
    const passed: string[] = [];
    const failed: { title: string; reason: string }[] = [];
    const chosen = titles.filter((title) => !excluded.test(title));
    this.#mocha.grep(new RegExp(`^(${chosen.map(escaped).join("|")})$`, "s"));
    this.#mocha.bail(bail);
    await new Promise<void>((done) => {
      const runner = this.#mocha.run(() => done());
      runner.on("pass", (test) => passed.push(test.fullTitle()));
      runner.on("fail", (test, error: Error) => failed.push({ title: test.fullTitle(), reason: reasonOf(error) }));
      runner.on("test end", (test) =>
        onTestEnd?.({ title: test.fullTitle(), file: test.file ?? "", durationMs: test.duration ?? 0 }),
      );
      runner.on("hook end", (hook) => {
        if (hook.title.startsWith('"before all"')) onSetUp?.(hook.parent?.fullTitle() ?? "");
      });
    });
    return { passed, failed };
  }

  #titles(): readonly string[] {
    const titles: string[] = [];
    this.#mocha.suite.eachTest((test: Mocha.Test) => titles.push(test.fullTitle()));
    return titles;
  }

  /** Takes the chain back to before any test, and forgets the fixtures: they hold other contracts. */
  async #rewind(): Promise<void> {
    const { provider } = this.network.ethers;
    this.network.networkHelpers.clearSnapshots();
    await provider.send("evm_revert", [this.#beginning]);
    this.#beginning = await provider.send("evm_snapshot", []);
  }
}

/** What an error says, and what the errors behind it say. */
function reasonOf(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${reasonOf(error.cause)}` : error.message;
}
