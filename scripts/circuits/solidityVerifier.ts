import { readFileSync } from "node:fs";
import { BASE_FIELD } from "./bn254.ts";
import { DEV_SETUP } from "./devKey/seed.ts";
import { type G1Json, type G2Json, keyDigest, type VerificationKey } from "./verificationKey.ts";

const TEMPLATE = new URL("./Groth16Verifier.sol.template", import.meta.url);

export interface VerifierContract {
  /** Contract and file name, without ".sol". */
  readonly name: string;
  readonly source: string;
  readonly keyDigest: string;
}

function constant(name: string, value: string | bigint): string {
  return `    uint256 private constant ${name} = ${value};`;
}

function g1Constants(name: string, point: G1Json): string[] {
  return [constant(`${name}_X`, point[0]), constant(`${name}_Y`, point[1])];
}

/** The point's negative: -y is q - y in both coordinates (y is never zero on a curve of odd order). */
function negatedConstants(name: string, [[xRe, xIm], [yRe, yIm]]: G2Json): string[] {
  const negate = (value: string) => (BASE_FIELD - BigInt(value)) % BASE_FIELD;
  return [
    constant(`${name}_X_RE`, xRe),
    constant(`${name}_X_IM`, xIm),
    constant(`${name}_Y_RE`, negate(yRe)),
    constant(`${name}_Y_IM`, negate(yIm)),
  ];
}

/**
 * The Solidity source of a circuit's verifier.
 * @param names circuit and profile, for the contract's name, and the command that makes the file, for its header
 * @param key that has passed the key gate
 * @param dev whether the key comes from the public seed
 */
export function renderVerifier(
  names: { readonly circuit: string; readonly profile: string; readonly command: string },
  key: VerificationKey,
  dev: boolean,
): VerifierContract {
  const name = `Groth16Verifier_${names.circuit}_${names.profile}`;
  const folds = Array.from({ length: key.nPublic }, (_, i) => {
    const signal = i === 0 ? "calldataload(at)" : `calldataload(add(at, 0x${(32 * i).toString(16)}))`;
    return `            accepted := and(accepted, fold(acc, IC_${i + 1}_X, IC_${i + 1}_Y, ${signal}))`;
  });
  const digest = keyDigest(key);
  const values: Readonly<Record<string, string>> = {
    COMMAND: names.command,
    KEY_DIGEST: digest,
    SETUP_COMMENT: dev
      ? `// WARNING, ${DEV_SETUP}. Never deploy this but to a local development chain.`
      : "// Key from a ceremony.",
    PRAGMA: "0.8.36",
    INTERFACE: "../../interfaces/IGroth16Verifier.sol",
    CIRCUIT: names.circuit,
    PROFILE: names.profile,
    CONTRACT: name,
    PUBLIC_COUNT: String(key.nPublic),
    DEV_SETUP: String(dev),
    CONSTANTS: [
      ...g1Constants("ALPHA", key.vk_alpha_1),
      ...negatedConstants("NEG_BETA", key.vk_beta_2),
      ...negatedConstants("NEG_GAMMA", key.vk_gamma_2),
      ...negatedConstants("NEG_DELTA", key.vk_delta_2),
      ...key.IC.flatMap((point, i) => g1Constants(`IC_${i}`, point)),
    ].join("\n"),
    FOLDS: folds.join("\n"),
  };
  const source = readFileSync(TEMPLATE, "utf8").replace(/\{\{([A-Z_]+)\}\}/g, (whole, placeholder: string) => {
    const value = values[placeholder];
    if (value === undefined) throw new RangeError(`the template has an unknown placeholder ${whole}`);
    return value;
  });
  return { name, source, keyDigest: digest };
}
