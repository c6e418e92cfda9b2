import { readFileSync } from "node:fs";
import { expect } from "chai";
import { Interface } from "ethers";
import { ENGINE_ABI, GUARD_ABI, TOKEN_ABI, VERIFIER_ABI } from "../../verifier/chain/abi.ts";
import { COUNCIL_ABI, MEMBER_ABI, TIMELOCK_ABI } from "../../verifier/chain/councilAbi.ts";
import { HALL_ABI } from "../../verifier/chain/hallAbi.ts";

/** What the compiler says, constructor and the generated verifiers' constants apart. */
function compiled(path: string, folder = "artifacts/contracts"): readonly string[] {
  const { abi } = JSON.parse(readFileSync(`${folder}/${path}`, "utf8"));
  return new Interface(abi)
    .format()
    .filter((line) => !line.startsWith("constructor"))
    .sort();
}
const listed = (abi: readonly string[]): readonly string[] => new Interface(abi).format().sort();

describe("verifier/chain", () => {
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

  const library = "node_modules/@openzeppelin/contracts/build/contracts";
  for (const [name, abi, contract] of [
    ["COUNCIL_ABI", COUNCIL_ABI, compiled("council/SecurityCouncil.sol/SecurityCouncil.json")],
    ["TIMELOCK_ABI", TIMELOCK_ABI, compiled("TimelockController.json", library)],
    ["MEMBER_ABI", MEMBER_ABI, compiled("IERC1271.json", library)],
  ] as const) {
    it(`lists in ${name} nothing that the contract does not have`, () => {
      expect(listed(abi).filter((line) => !contract.includes(line))).to.deep.equal([]);
    });
  }

  it("lists in VERIFIER_ABI the interface of a verifier and the constants of the generated ones", () => {
    const constants = VERIFIER_ABI.filter((line) => /DEV_SETUP|KEY_DIGEST|PUBLIC_COUNT/.test(line));
    const wanted = [...compiled("interfaces/IGroth16Verifier.sol/IGroth16Verifier.json"), ...constants].sort();
    expect(constants).to.have.length(3);
    expect(listed(VERIFIER_ABI)).to.deep.equal(wanted);
  });
});
