/** Whether the deployed verifier contracts hold the keys that the auditor has. */
import { bn254 } from "@noble/curves/bn254.js";
import type { StoredState, VerifierContract } from "../replay/stored.ts";
import { keyDigest } from "./keyDigest.ts";
import type { G2 } from "./points.ts";
import type { CheckContext } from "./round.ts";
import { CouldNotCheckError, compared, type Finding, held, unknown, violated } from "./verdict.ts";
import type { VerificationKey } from "./verificationKey.ts";

const CIRCUITS = ["OracleRound", "MarginBatch"] as const;
/** Chains that live on one machine, where a key that anybody can forge for does no harm. */
const LOCAL_CHAINS = new Set([1337n, 31337n]);
const MODULUS = bn254.fields.Fp.ORDER;

/** @param keys null when none was given */
export function checkVerifierContracts(
  verifiers: StoredState["verifiers"],
  keys: CheckContext["keys"],
  chainId: bigint,
): readonly Finding[] {
  return CIRCUITS.flatMap((circuit) => {
    const contract = verifiers[circuit];
    const setup = setupFinding(circuit, contract, chainId);
    if (keys === null)
      return [unknown(`key.${circuit}`, new CouldNotCheckError("no verification key was given")), setup];
    const key = keys[circuit];
    const invariant = "the contract names the key that the circuit's build gives";
    return [
      compared(`key.${circuit}`, invariant, contract.keyDigest ?? "none", keyDigest(key)),
      codeFinding(circuit, contract, key),
      setup,
    ];
  });
}

/** Every number of the key stands in the code: a contract that only names the digest is found out. */
function codeFinding(circuit: string, { code }: VerifierContract, key: VerificationKey): Finding {
  const missing = constantsOf(key).filter((constant) => !code.toLowerCase().includes(constant.toString(16)));
  const invariant = "the contract's code holds every number of the key";
  if (missing.length === 0) return held(`key.${circuit}.code`);
  return violated(`key.${circuit}.code`, invariant, `${missing.length} numbers are missing`, "all are there");
}

function setupFinding(circuit: string, { devSetup }: VerifierContract, chainId: bigint): Finding {
  if (!devSetup || LOCAL_CHAINS.has(chainId)) return held(`key.${circuit}.setup`);
  return violated(
    `key.${circuit}.setup`,
    "a development key stays on a local chain",
    `chain ${chainId}`,
    "31337 or 1337",
  );
}

/** As the contract holds them: points of G2 but for their sign are constants of the key. */
function constantsOf(key: VerificationKey): readonly bigint[] {
  const ones = [key.alpha, ...key.signalPoints].flatMap((point) => {
    const { x, y } = point.toAffine();
    return [x, y];
  });
  return [...ones, ...[key.beta, key.gamma, key.delta].flatMap(negatedCoordinates)];
}

function negatedCoordinates(point: G2): readonly bigint[] {
  const { x, y } = point.toAffine();
  return [x.c0, x.c1, (MODULUS - y.c0) % MODULUS, (MODULUS - y.c1) % MODULUS];
}
