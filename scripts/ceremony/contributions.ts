import { readSection, readSectionTable, sectionOf } from "../circuits/binaryFile.ts";
import { G1_BYTES, G2_BYTES } from "../circuits/bn254.ts";

/** One link of the chain from the first key of a circuit to its last. */
export type Contribution = {
  /** Given by the contributor; no proof of who it was. */
  readonly name: string;
  /** Hash of everything before it and of its public key, hex: what a contributor publishes. */
  readonly transcript: string;
} & (
  | { readonly kind: "person" }
  | { readonly kind: "beacon"; readonly hash: string; readonly iterationsPower: number }
);

const TRANSCRIPT_BYTES = 64;
const POINT_BYTES = 3 * G1_BYTES + G2_BYTES; // delta after it, and its public key
const PARAMETER = { name: 1, iterationsPower: 2, beaconHash: 3 } as const;
const BEACON_TYPE = 1;

/** The contributions to a key, in order, as the key itself lists them. Only `zkey verify` shows that they are genuine. */
export function readContributions(zkeyPath: string): readonly Contribution[] {
  const bytes = readSection(zkeyPath, sectionOf(zkeyPath, readSectionTable(zkeyPath, "zkey"), 10));
  const count = bytes.readUInt32LE(TRANSCRIPT_BYTES); // after the hash of the circuit
  let at = TRANSCRIPT_BYTES + 4;
  return Array.from({ length: count }, () => {
    const transcript = bytes.toString("hex", at + POINT_BYTES, at + POINT_BYTES + TRANSCRIPT_BYTES);
    at += POINT_BYTES + TRANSCRIPT_BYTES;
    const type = bytes.readUInt32LE(at);
    const end = at + 8 + bytes.readUInt32LE(at + 4);
    const parameters = readParameters(bytes.subarray(at + 8, end));
    at = end;
    const common = { name: parameters.name, transcript };
    if (type !== BEACON_TYPE) return { kind: "person", ...common };
    return { kind: "beacon", ...common, hash: parameters.hash, iterationsPower: parameters.iterationsPower };
  });
}

function readParameters(bytes: Buffer): { name: string; hash: string; iterationsPower: number } {
  let [name, hash, iterationsPower] = ["", "", 0];
  for (let at = 0; at < bytes.length; ) {
    const kind = bytes.readUInt8(at);
    const value = bytes.readUInt8(at + 1);
    at += 2;
    if (kind === PARAMETER.iterationsPower) {
      iterationsPower = value;
      continue;
    }
    const text = bytes.subarray(at, at + value);
    at += value;
    if (kind === PARAMETER.name) name = text.toString("utf8");
    else if (kind === PARAMETER.beaconHash) hash = text.toString("hex");
    else throw new RangeError(`a contribution has an unknown parameter ${kind}`);
  }
  return { name, hash, iterationsPower };
}
