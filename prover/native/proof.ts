import type { GrothProof, ProvenSignals } from "../proving/backend.ts";
import type { RawProof } from "./addon.ts";

const FIELD_BYTES = 32;

/** Little-endian integers of 32 bytes. */
function integersOf(bytes: Uint8Array): bigint[] {
  return Array.from({ length: bytes.length / FIELD_BYTES }, (_, index) => {
    const word = Buffer.from(bytes.subarray(FIELD_BYTES * index, FIELD_BYTES * (index + 1))).reverse();
    return BigInt(`0x${word.toString("hex")}`);
  });
}

/** The addon's proof as backends hand it on. */
export function proofOf(raw: RawProof): ProvenSignals {
  const [ax, ay, bxRe, bxIm, byRe, byIm, cx, cy] = integersOf(raw.points) as [
    ...[bigint, bigint],
    ...[bigint, bigint, bigint, bigint],
    ...[bigint, bigint],
  ]; // the addon always gives eight
  const proof: GrothProof = {
    a: [ax, ay],
    b: [
      [bxRe, bxIm],
      [byRe, byIm],
    ],
    c: [cx, cy],
  };
  return { proof, publicSignals: integersOf(raw.publicSignals) };
}

/** A proof in the shape that snarkjs reads and writes. */
export function snarkjsProof({ a, b, c }: GrothProof): { pi_a: string[]; pi_b: string[][]; pi_c: string[] } {
  const strings = (values: readonly bigint[]): string[] => values.map(String);
  return {
    pi_a: strings([...a, 1n]),
    pi_b: [...b.map(strings), ["1", "0"]],
    pi_c: strings([...c, 1n]),
  };
}
