import { readFileSync } from "node:fs";
import { expect } from "chai";
import { Interface } from "ethers";
import { ENGINE_ABI, GUARD_ABI, TOKEN_ABI, VERIFIER_ABI } from "../../verifier/chain/abi.ts";
import { HALL_ABI } from "../../verifier/chain/hallAbi.ts";

/** What the compiler says, constructor and the generated verifiers' constants apart. */
function compiled(path: string): readonly string[] {
  const { abi } = JSON.parse(readFileSync(`artifacts/contracts/${path}`, "utf8"));
  return new Interface(abi)
    .format()
    .filter((line) => !line.startsWith("constructor"))
    .sort();
}
const listed = (abi: readonly string[]): readonly string[] => new Interface(abi).format().sort();

describe("verifier/chain/abi.ts", () => {
  for (const [name, abi, path] of [
    ["GUARD_ABI", GUARD_ABI, "Homeostat.sol/Homeostat.json"],
    ["ENGINE_ABI", ENGINE_ABI, "MarginEngine.sol/MarginEngine.json"],
    ["HALL_ABI", HALL_ABI, "exit/ExitHall.sol/ExitHall.json"],
    ["TOKEN_ABI", TOKEN_ABI, "mocks/TestToken.sol/TestToken.json"],
  ] as const) {
    it(`lists in ${name} what the contract has, all of it and no more`, () => {
      expect(listed(abi)).to.deep.equal(compiled(path));
    });
  }

  it("lists in VERIFIER_ABI the interface of a verifier and the constants of the generated ones", () => {
    const constants = VERIFIER_ABI.filter((line) => /DEV_SETUP|KEY_DIGEST|PUBLIC_COUNT/.test(line));
    const wanted = [...compiled("interfaces/IGroth16Verifier.sol/IGroth16Verifier.json"), ...constants].sort();
    expect(constants).to.have.length(3);
    expect(listed(VERIFIER_ABI)).to.deep.equal(wanted);
  });
});
