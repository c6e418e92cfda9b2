import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { AbortedError } from "../../prover/errors.ts";
import type { Addon } from "../../prover/native/addon.ts";
import { findBuiltAddon, keepAddon, OUTPUT } from "../../prover/native/builtAddon.ts";
import { findNative, type NativeSteps } from "../../prover/native/findNative.ts";
import { trustedLevel } from "../../prover/native/selfTest.ts";
import { type BackendChoice, describeBackend } from "../../prover/proving/backendChoice.ts";
import { chooseBackend } from "../../prover/proving/chooseBackend.ts";
import { BackendUnavailableError } from "../../prover/proving/errors.ts";
import { openBackend } from "../../prover/service/openBackend.ts";
import { fakeBackend, fakeCircuits } from "./support/fakeProver.ts";

/** An addon of which only the self-test's part exists, and which proves wrongly: no compiler is needed to be refused. */
const wrong = {
  levels: () => ["adx", "portable"],
  loadKey: async () => ({}),
  prove: () => ({ promise: Promise.resolve({ points: new Uint8Array(256), publicSignals: new Uint8Array(64) }) }),
} as unknown as Addon;
const broken = {
  ...wrong,
  prove: () => {
    throw new Error("no such kernel\nand more");
  },
} as unknown as Addon;

const built: NativeSteps = {
  find: async () => "homeostat.node",
  load: () => wrong,
  test: () => "adx",
};
const choose = (choice: BackendChoice | undefined, steps: Partial<NativeSteps>) =>
  chooseBackend(choice, () => findNative({ ...built, ...steps }));

const AGAIN = "; remove build/native, then npm run build:native";
const UNUSABLE: readonly { title: string; steps: Partial<NativeSteps>; reason: string }[] = [
  {
    title: "is not built",
    steps: { find: async () => null },
    reason: "is not built for these sources; npm run build:native makes proofs faster",
  },
  {
    title: "cannot be looked for",
    steps: { find: () => Promise.reject(new Error("no sources")) },
    reason: "is not built for these sources; npm run build:native makes proofs faster",
  },
  {
    title: "was built for something else",
    steps: {
      load: () => {
        throw new Error("invalid ELF header");
      },
    },
    reason: `does not load in Node ${process.version}: invalid ELF header${AGAIN}`,
  },
  {
    title: "proves wrongly",
    steps: { test: trustedLevel },
    reason: `fails its self-test at every level${AGAIN}`,
  },
  {
    title: "fails in its self-test",
    steps: { load: () => broken, test: trustedLevel },
    reason: `fails in its self-test: no such kernel${AGAIN}`,
  },
];

describe("chooseBackend", () => {
  it("takes native where it is built and passes its self-test", async () => {
    const { selection } = await choose(undefined, {});
    expect(selection).to.deep.equal({ name: "native", level: "adx", reason: "built, passes its self-test" });
    expect(describeBackend(selection)).to.equal("native, adx (built, passes its self-test)");
  });

  for (const { title, steps, reason } of UNUSABLE) {
    it(`takes snarkjs and says why when native ${title}`, async () => {
      const { selection, open } = await choose("auto", steps);
      const said = `native ${reason}`;
      expect(selection).to.deep.equal({ name: "snarkjs", level: null, reason: said });
      expect(describeBackend(selection)).to.equal(`snarkjs (${said})`);
      const backend = open({ circuits: [] });
      expect(backend.processIds(), "nothing is started before the first proof").to.deep.equal([]);
      await backend.close();
    });

    it(`refuses by name when native is asked for and ${title}`, async () => {
      const error: unknown = await choose("native", steps).catch((refusal: unknown) => refusal);
      expect(error).to.be.instanceOf(BackendUnavailableError);
      expect(error).to.include({
        code: "BACKEND_UNAVAILABLE",
        message: `the prover native ${reason}`,
      });
    });
  }

  it("takes native when it is asked for", async () => {
    const { selection, open } = await choose("native", {});
    expect(selection).to.include({ name: "native", level: "adx" });
    const backend = open({ circuits: [], attempts: 1 });
    const failure: unknown = await backend.prove("Tiny", {}).catch((error: unknown) => error);
    expect(String(failure), "its children load the addon that was found").to.include("homeostat.node");
    await backend.close();
  });

  it("does not even look for native when snarkjs is asked for", async () => {
    const { selection } = await chooseBackend("snarkjs", () => Promise.reject(new Error("looked")));
    expect(selection).to.deep.equal({ name: "snarkjs", level: null, reason: "asked for" });
  });
});

describe("openBackend", () => {
  const artefacts = fakeCircuits();

  it("uses a backend that is brought along, and leaves closing it to who brought it", async () => {
    let closed = false;
    const brought = {
      ...fakeBackend(),
      close: async () => {
        closed = true;
      },
    };
    const opened = await openBackend({ artefacts, backend: brought });
    expect(opened).to.include({ backend: brought, selection: null });
    await opened.close();
    expect(closed).to.equal(false);
  });

  it("opens the one that is named, and closes it", async () => {
    const { backend, selection, close } = await openBackend({ artefacts, backend: "snarkjs" });
    expect(selection).to.include({ name: "snarkjs", reason: "asked for" });
    await close();
    const failure: unknown = await backend.prove("OracleRound", {}).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(AbortedError);
  });
});

describe("findBuiltAddon", () => {
  it("finds what was kept, and passes over it once it is damaged", async () => {
    const prefix = `homeostat-test-${process.pid}-`;
    await mkdir(OUTPUT, { recursive: true });
    const linked = join(OUTPUT, `${prefix}linked`);
    await writeFile(linked, "an addon");
    const kept = await keepAddon(linked, prefix);
    try {
      expect(await findBuiltAddon(prefix)).to.equal(kept);
      await writeFile(kept, (await readFile(kept)).subarray(0, 4));
      expect(await findBuiltAddon(prefix)).to.equal(null);
    } finally {
      await rm(kept);
    }
  });
});
