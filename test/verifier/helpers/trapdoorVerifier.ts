/** The generated Solidity verifier of a trapdoor key, compiled. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { renderVerifier } from "../../../scripts/circuits/solidityVerifier.ts";
import type { VerificationKey as KeyJson } from "../../../scripts/circuits/verificationKey.ts";
import type { G1, G2 } from "../../../verifier/check/points.ts";
import type { VerificationKey } from "../../../verifier/check/verificationKey.ts";

const INTERFACE = "contracts/interfaces/IGroth16Verifier.sol";

/** The key in snarkjs' JSON. */
export function toKeyJson(key: VerificationKey): KeyJson {
  const g1 = (point: G1): [string, string, string] => {
    const { x, y } = point.toAffine();
    return [`${x}`, `${y}`, "1"];
  };
  const g2 = (point: G2): [[string, string], [string, string], [string, string]] => {
    const { x, y } = point.toAffine();
    return [
      [`${x.c0}`, `${x.c1}`],
      [`${y.c0}`, `${y.c1}`],
      ["1", "0"],
    ];
  };
  return {
    protocol: "groth16",
    curve: "bn128",
    nPublic: key.signalPoints.length - 1,
    vk_alpha_1: g1(key.alpha),
    vk_beta_2: g2(key.beta),
    vk_gamma_2: g2(key.gamma),
    vk_delta_2: g2(key.delta),
    IC: key.signalPoints.map(g1),
  };
}

/** The few parts of the compiler's output that are used; solc has no types. */
interface Output {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts: Readonly<
    Record<string, Readonly<Record<string, { readonly evm: { readonly bytecode: { readonly object: string } } }>>>
  >;
}

/** @returns creation code, hex with 0x */
export function compileVerifier(circuit: string, key: VerificationKey): string {
  const names = { circuit, profile: "test", command: "a test" };
  const { name, source } = renderVerifier(names, toKeyJson(key), true);
  const path = `contracts/generated/test/${name}.sol`;
  const input = {
    language: "Solidity",
    sources: { [path]: { content: source }, [INTERFACE]: { content: readFileSync(INTERFACE, "utf8") } },
    settings: {
      optimizer: { enabled: true },
      evmVersion: "cancun",
      outputSelection: { "*": { "*": ["evm.bytecode.object"] } },
    },
  };
  const solc = createRequire(import.meta.url)("solc") as { compile(input: string): string }; // solc has no types
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as Output; // the compiler's own output
  const error = output.errors?.find(({ severity }) => severity === "error");
  if (error !== undefined) throw new Error(error.formattedMessage);
  const object = output.contracts[path]?.[name]?.evm.bytecode.object;
  if (object === undefined) throw new Error(`${name} was not compiled`);
  return `0x${object}`;
}
