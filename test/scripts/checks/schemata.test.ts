import { readFileSync } from "node:fs";
import { expect } from "chai";
import { applyMutant, type Mutant, mutantsOf } from "../../../scripts/checks/mutation/operators.ts";
import { numberAt, schematise } from "../../../scripts/checks/mutation/schemata.ts";
import { CHOICE_ADDRESS, SWITCH_FILE, SWITCH_SOURCE } from "../../../scripts/checks/mutation/switch.ts";
import { compile, errorsOf } from "../../../scripts/checks/solidity/compile.ts";
import { parse } from "../../../scripts/checks/solidity/syntax.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

const FILE = "test/fixtures/checks/Forms.sol";
const CASES = [[], [1n, 2n, 3n], [15n, 16n, 17n, 31n], [4n, 6n]].flatMap((values) => [
  [values, true] as const,
  [values, false] as const,
]);

function forms() {
  const source = readFileSync(FILE, "utf8");
  const tree = parse([FILE])[FILE]!.ast;
  const mutants = mutantsOf(FILE, source, tree);
  return { source, mutants, ...schematise(source, tree, mutants, 1) };
}

function compiled(text: string) {
  const output = compile({
    files: [FILE],
    replaced: { [FILE]: text, [SWITCH_FILE]: SWITCH_SOURCE },
    settings: { evmVersion: "cancun" },
    outputs: { [FILE]: { "*": ["abi", "evm.bytecode.object"] } },
  });
  expect(errorsOf(output)).to.deep.equal([]);
  const { abi, evm } = output.contracts[FILE]!.Forms!;
  return { abi: abi as never[], code: `0x${evm.bytecode.object}` };
}

/** What a contract answers in all cases; its refusals too. */
async function answersOf(text: string): Promise<() => Promise<readonly string[]>> {
  const { abi, code } = compiled(text);
  const [signer] = await ethers.getSigners();
  const contract = await new ethers.ContractFactory(abi, code, signer).deploy();
  const sum = contract.getFunction("sum");
  return async () => {
    const answers: string[] = [];
    for (const [values, odd] of CASES) {
      const answer = await sum.staticCall(values, odd).then(String, () => "refused");
      answers.push(answer);
    }
    return answers;
  };
}

const nameOf = ({ line, change }: Mutant) => `${line} ${change}`;

describe("schematise", () => {
  it("numbers every mutant in a statement or condition once, and leaves the others", () => {
    const { mutants, numbered, nextNumber } = forms();
    const switched = [...numbered.values()];
    expect(new Set(switched).size).to.equal(switched.length);
    expect(nextNumber).to.equal(1 + numbered.size);
    const left = mutants.filter((mutant) => !switched.includes(mutant)).map(nameOf);
    expect(left).to.deep.equal(["6 3 one more", "9 0 one more"]);
  });

  it("answers with each number as the mutant compiled by itself, and with none as the source", async () => {
    const { source, text, numbered } = forms();
    const switched = await answersOf(text);
    await networkHelpers.setBalance(CHOICE_ADDRESS, 0n);
    const plain = await (await answersOf(source))();
    expect(await switched()).to.deep.equal(plain);
    let different = 0;
    for (const [number, mutant] of numbered) {
      await networkHelpers.setBalance(CHOICE_ADDRESS, BigInt(number));
      const answers = await switched();
      expect(answers, nameOf(mutant)).to.deep.equal(await (await answersOf(applyMutant(source, mutant)))());
      if (String(answers) !== String(plain)) different += 1;
    }
    await networkHelpers.setBalance(CHOICE_ADDRESS, 0n);
    expect(different).to.be.above(numbered.size / 2);
  });

  it("tells in which mutant a byte lies", () => {
    const { text, numbered } = forms();
    for (const number of numbered.keys()) {
      const at = Buffer.from(text).indexOf(`/*<${number}*/`) + `/*<${number}*/`.length;
      expect(numberAt(text, at)).to.equal(number);
    }
    expect(numberAt(text, text.indexOf("contract"))).to.equal(undefined);
  });
});
