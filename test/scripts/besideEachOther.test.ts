import { expect } from "chai";
import { besideEachOther, type DependentSteps } from "../../scripts/besideEachOther.ts";

/** Steps that write down what they do; the sources are a number that `generate` may change. */
function recordedSteps(options: { readonly changes: boolean; readonly failures?: readonly string[] }) {
  const events: string[] = [];
  let source = 0;
  const fail = (what: string): void => {
    if (options.failures?.includes(what) === true) throw new RangeError(what);
  };
  const steps: DependentSteps = {
    async generate() {
      events.push("generate");
      await Promise.resolve();
      fail("generate");
      if (options.changes) source += 1;
      events.push("generated");
    },
    async compile(signal) {
      const seen = source;
      events.push(`compile ${seen}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      events.push(signal.aborted ? "ended" : `compiled ${seen}`);
      fail(`compile ${seen}`);
    },
    generatedDigest: async () => String(source),
  };
  return { events, steps };
}

async function failureOf(steps: DependentSteps): Promise<string> {
  return besideEachOther(steps).then(
    () => "none",
    (error: Error) => error.message,
  );
}

describe("besideEachOther", () => {
  it("runs both steps at the same time, and compiles once when nothing new was generated", async () => {
    const { events, steps } = recordedSteps({ changes: false });
    expect(await failureOf(steps)).to.equal("none");
    expect(events).to.deep.equal(["compile 0", "generate", "generated", "compiled 0"]);
  });

  it("compiles again, after the first time, what was generated meanwhile", async () => {
    const { events, steps } = recordedSteps({ changes: true });
    expect(await failureOf(steps)).to.equal("none");
    expect(events).to.deep.equal(["compile 0", "generate", "generated", "compiled 0", "compile 1", "compiled 1"]);
  });

  it("forgets that sources did not compile which are no longer there", async () => {
    const { steps } = recordedSteps({ changes: true, failures: ["compile 0"] });
    expect(await failureOf(steps)).to.equal("none");
  });

  for (const { changes, failure } of [
    { changes: false, failure: "compile 0" },
    { changes: true, failure: "compile 1" },
    { changes: true, failure: "generate" },
  ]) {
    it(`fails when ${failure} does${changes ? " and sources change" : ""}`, async () => {
      const { steps } = recordedSteps({ changes, failures: [failure] });
      expect(await failureOf(steps)).to.equal(failure);
    });
  }

  it("ends the compiler, and waits for its end, when nothing can be generated", async () => {
    const { events, steps } = recordedSteps({ changes: false, failures: ["generate"] });
    expect(await failureOf(steps)).to.equal("generate");
    expect(events).to.deep.equal(["compile 0", "generate", "ended"]);
  });
});
