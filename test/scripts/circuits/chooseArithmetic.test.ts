import { expect } from "chai";
import type { Addon } from "../../../prover/native/addon.ts";
import type { KeyArithmetic } from "../../../scripts/circuits/devKey/arithmetic.ts";
import { chooseArithmetic } from "../../../scripts/circuits/devKey/chooseArithmetic.ts";
import { WasmArithmetic } from "../../../scripts/circuits/devKey/wasmArithmetic.ts";

describe("chooseArithmetic", () => {
  let wasm: KeyArithmetic;
  before(async () => {
    wasm = await WasmArithmetic.create();
  });

  /** An addon that can do nothing but multiply. */
  const multiplying = (fixedBase: Addon["fixedBase"]) => async () => {
    const addon: Partial<Addon> = { fixedBase };
    return { addon: addon as Addon, path: "homeostat.node", level: "adx" } as const;
  };

  it("takes an addon that multiplies the generators as noble does", async () => {
    const arithmetic = await chooseArithmetic(multiplying((_, group, __, scalars) => wasm.multiply(group, scalars)));
    expect(arithmetic.name).to.equal("native (adx)");
  });

  it("takes WebAssembly where there is no addon", async () => {
    const arithmetic = await chooseArithmetic(async () => ({ addon: null, reason: "is not built" }));
    expect(arithmetic.name).to.equal("WebAssembly");
  });

  for (const wrong of ["g1", "g2"] as const) {
    it(`takes WebAssembly where the addon multiplies wrongly in ${wrong}`, async () => {
      const find = multiplying((_, group, __, scalars) => {
        const points = wasm.multiply(group, scalars);
        if (group === wrong) points[0] = (points[0] ?? 0) ^ 1;
        return points;
      });
      expect((await chooseArithmetic(find)).name).to.equal("WebAssembly");
    });
  }

  it("takes WebAssembly where the addon fails", async () => {
    const find = multiplying(() => {
      throw new RangeError("no memory");
    });
    expect((await chooseArithmetic(find)).name).to.equal("WebAssembly");
  });
});
