import { Interface } from "ethers";

const SOLIDITY = new Interface(["error Error(string)", "error Panic(uint256)"]);

/**
 * The name and arguments of a revert, for a person.
 * @param bytes revert data, "0x"-hex, or null when the node gave none
 * @param known interfaces whose errors may occur
 */
export function describeRevert(bytes: string | null, known: readonly Interface[]): string {
  if (bytes === null || bytes === "0x") return "without a reason";
  for (const candidate of [...known, SOLIDITY]) {
    const error = candidate.parseError(bytes);
    if (error !== null) return `${error.name}(${error.args.map(String).join(", ")})`;
  }
  return `an unknown error ${bytes.slice(0, 10)}`;
}
