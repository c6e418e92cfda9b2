import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { AbortedError } from "../../prover/errors.ts";
import { createNativeBackend } from "../../prover/native/nativeBackend.ts";
import type { CircuitArtefact } from "../../prover/proving/artefact.ts";
import { ArtefactError, ProofRefusedError, ProvingInterruptedError } from "../../prover/proving/errors.ts";
import type { ProvingConfig, ProvingPool } from "../../prover/proving/provingPool.ts";
import { createSnarkjsBackend } from "../../prover/proving/snarkjsBackend.ts";
import { builtAddonPath } from "../native/support/builtAddon.ts";
import { tinyCircuit } from "./support/tinyCircuit.ts";

const inputs = { left: 3n, right: 11n };
const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );
/** Whether a process of this user exists. */
function exists(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

interface Engine {
  readonly name: string;
  /** What opens a backend, found once; skips the suite where there is none. */
  prepare(suite: Mocha.Context): Promise<(config: ProvingConfig) => ProvingPool>;
  /** Expression that opens the backend in a process of its own. */
  readonly source: string;
  /** Too little for a proof of the circuit, MiB. */
  readonly starvingMb: number;
}
const ENGINES: readonly Engine[] = [
  {
    name: "createSnarkjsBackend",
    prepare: async () => createSnarkjsBackend,
    source: `(await import("./prover/proving/snarkjsBackend.ts")).createSnarkjsBackend(config)`,
    starvingMb: 8,
  },
  {
    name: "createNativeBackend",
    async prepare(suite) {
      if (process.env.NATIVE_ADDON !== undefined) suite.skip(); // a sanitizer's runtime does not reach a child
      const addonPath = await builtAddonPath(suite);
      return (config) => createNativeBackend({ ...config, addonPath, level: "portable" });
    },
    source: `(await import("./prover/native/nativeBackend.ts")).createNativeBackend({
      ...config,
      level: "portable",
      addonPath: await (await import("./prover/native/build.ts")).buildAddon(),
    })`,
    starvingMb: 64,
  },
];

for (const engine of ENGINES)
  describe(engine.name, function () {
    this.timeout(600_000);
    let tiny: CircuitArtefact;
    let create: (config: ProvingConfig) => ProvingPool;
    const open: ProvingPool[] = [];
    const backendOf = (options: Partial<ProvingConfig> = {}) => {
      const backend = create({ circuits: [tiny], ...options });
      open.push(backend);
      return backend;
    };
    before(async function () {
      create = await engine.prepare(this);
      tiny = tinyCircuit();
    });
    afterEach(async () => {
      for (const backend of open.splice(0)) await backend.close();
    });

    it("hands on a verified proof with its public signals, and reuses its child", async () => {
      const backend = backendOf({ children: 1 });
      const first = await backend.prove("Tiny", inputs);
      expect(first.publicSignals).to.deep.equal([33n]);
      expect(first.proof.b).to.have.length(2);
      const [processId] = backend.processIds();
      expect((await backend.prove("Tiny", { ...inputs, right: 5n })).publicSignals).to.deep.equal([15n]);
      expect(backend.processIds()).to.deep.equal([processId]);
    });

    it("proves two things at once in two children", async () => {
      const backend = backendOf();
      const results = await Promise.all([2n, 4n, 5n].map((right) => backend.prove("Tiny", { ...inputs, right })));
      expect(results.map((result) => result.publicSignals[0])).to.deep.equal([6n, 12n, 15n]);
      expect(backend.processIds()).to.have.length(2);
    });

    it("refuses inputs without a witness by template and line, and names no value", async () => {
      const backend = backendOf({ children: 1 });
      const failure = await failureOf(backend.prove("Tiny", { left: 7n, right: 987_654_321_012_345n }));
      expect(failure).to.be.instanceOf(ProofRefusedError);
      expect(String(failure))
        .to.match(/Tiny/)
        .and.not.match(/987654321012345/);
      expect((await backend.prove("Tiny", inputs)).publicSignals, "the child lives on").to.deep.equal([33n]);
    });

    it("names an input that the circuit does not have", async () => {
      const failure = await failureOf(backendOf().prove("Tiny", { ...inputs, middle: 1n }));
      expect(failure).to.be.instanceOf(ProofRefusedError);
    });

    it("refuses a circuit that it was not made with", async () => {
      expect(await failureOf(backendOf().prove("Other", inputs))).to.be.instanceOf(ArtefactError);
    });

    describe("when something is in its way", () => {
      for (const signal of ["SIGKILL", "SIGSEGV"] as const) {
        it(`proves again after ${signal} ended the child in the middle of a proof`, async () => {
          const backend = backendOf({ children: 1 });
          await backend.prove("Tiny", inputs);
          const [killed] = backend.processIds();
          const proving = backend.prove("Tiny", inputs);
          process.kill(killed!, signal);
          expect((await proving).publicSignals).to.deep.equal([33n]);
          expect(backend.processIds()).to.not.include(killed);
        });
      }

      it("says that the child ended when there is not enough memory for it, and leaves none", async () => {
        const backend = backendOf({ memoryMb: engine.starvingMb, attempts: 2 });
        expect(await failureOf(backend.prove("Tiny", inputs))).to.be.instanceOf(ProvingInterruptedError);
        expect(backend.processIds()).to.deep.equal([]);
      });

      it("gives up after the allowed number of children that were too slow, and leaves none", async () => {
        const backend = backendOf({ deadlineMs: 1, attempts: 2 });
        const failure = await failureOf(backend.prove("Tiny", inputs));
        expect(failure)
          .to.be.instanceOf(ProvingInterruptedError)
          .and.have.property("message", "Tiny: no proof within 1 ms");
        expect(backend.processIds()).to.deep.equal([]);
      });

      it("kills the child on abort and does not try again", async () => {
        const backend = backendOf({ children: 1 });
        await backend.prove("Tiny", inputs);
        const [processId] = backend.processIds();
        const stop = new AbortController();
        const proving = failureOf(backend.prove("Tiny", inputs, stop.signal));
        const queued = backend.prove("Tiny", { ...inputs, right: 2n });
        stop.abort();
        expect(await proving).to.be.instanceOf(AbortedError);
        expect((await queued).publicSignals, "the place is free for the next").to.deep.equal([6n]);
        await expectGone(processId!);
      });

      it("ends a proof on close and leaves no process", async () => {
        const backend = backendOf();
        const proving = failureOf(backend.prove("Tiny", inputs));
        const processIds = backend.processIds();
        await backend.close();
        expect(await proving).to.be.instanceOf(AbortedError);
        for (const processId of processIds) expect(exists(processId)).to.equal(false);
      });

      for (const file of ["wasm", "zkey", "verificationKey"] as const) {
        it(`refuses a ${file} that is not the one of the manifest`, async () => {
          const forged = { ...tiny, digests: { ...tiny.digests, [file]: "00".repeat(32) } };
          const failure = await failureOf(backendOf({ circuits: [forged] }).prove("Tiny", inputs));
          expect(failure).to.be.instanceOf(ArtefactError);
        });
      }

      it("lets the process end by itself, with and without close", async () => {
        for (const ending of ["await backend.close();", ""]) {
          const script = `
          const config = { circuits: [JSON.parse(process.argv[1])], children: 1 };
          const backend = ${engine.source};
          const { publicSignals } = await backend.prove("Tiny", { left: 3n, right: 11n });
          console.log(String(publicSignals[0]), backend.processIds()[0]);
          ${ending}`;
          const { stdout } = await promisify(execFile)(
            process.execPath,
            ["--input-type=module", "--eval", script, JSON.stringify(tiny)],
            { cwd: join(import.meta.dirname, "../.."), timeout: 60_000 },
          );
          const [product, processId] = stdout.trim().split(" ");
          expect(product).to.equal("33");
          await expectGone(Number(processId));
        }
      });

      it("ends its child when the process is killed in the middle of a proof", async () => {
        const script = `
        const config = { circuits: [JSON.parse(process.argv[1])], children: 1 };
        const backend = ${engine.source};
        await backend.prove("Tiny", { left: 3n, right: 11n });
        const again = backend.prove("Tiny", { left: 3n, right: 11n });
        process.stdout.write(String(backend.processIds()[0]), () => process.kill(process.pid, "SIGKILL"));
        await again;`;
        const stdout = await new Promise<string>((resolve) => {
          const options = { cwd: join(import.meta.dirname, "../.."), timeout: 60_000 };
          execFile(
            process.execPath,
            ["--input-type=module", "--eval", script, JSON.stringify(tiny)],
            options,
            (_, output) => resolve(output),
          );
        });
        expect(Number(stdout)).to.be.above(1);
        await expectGone(Number(stdout));
      });
    });
  });

async function expectGone(processId: number): Promise<void> {
  for (let tries = 0; exists(processId) && tries < 100; tries++) await new Promise((done) => setTimeout(done, 20));
  expect(exists(processId)).to.equal(false);
}
