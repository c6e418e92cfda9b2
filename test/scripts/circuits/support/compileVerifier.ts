import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

interface Output {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts: Readonly<
    Record<string, Readonly<Record<string, { abi: unknown[]; evm: { bytecode: { object: string } } }>>>
  >;
}

const INTERFACE = new URL("../../../../contracts/interfaces/IGroth16Verifier.sol", import.meta.url);

/** Compiles a generated verifier with the settings of hardhat.config.ts. @returns what a contract factory takes */
export function compileVerifier(source: string, name: string): { readonly abi: unknown[]; readonly bytecode: string } {
  const solc = createRequire(import.meta.url)("solc") as { compile: (input: string) => string };
  const input = {
    language: "Solidity",
    sources: {
      "contracts/generated/tiny/Verifier.sol": { content: source },
      "contracts/interfaces/IGroth16Verifier.sol": { content: readFileSync(INTERFACE, "utf8") },
    },
    settings: {
      optimizer: { enabled: true, runs: 1_000_000 },
      viaIR: true,
      evmVersion: "cancun",
      outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
    },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as Output;
  const problems = (output.errors ?? []).map(({ formattedMessage }) => formattedMessage); // warnings too
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const contract = output.contracts["contracts/generated/tiny/Verifier.sol"]?.[name];
  if (contract === undefined) throw new Error(`the source holds no ${name}`);
  return { abi: contract.abi, bytecode: `0x${contract.evm.bytecode.object}` };
}
