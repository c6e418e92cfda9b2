import { createHash } from "node:crypto";
import type { GrothProof, ProvenSignals } from "../proving/backend.ts";
import type { Database } from "./database.ts";
import { integersOf, integersText } from "./values.ts";

/** Identity of a proof: the circuit and what is claimed. Proof bytes are malleable and never an identity. */
export function proofKey(circuitDigest: string, publicSignals: readonly bigint[]): string {
  return createHash("sha256").update(circuitDigest).update(integersText(publicSignals)).digest("hex");
}

/** Verified proofs, so that a restart does not make them again. Writing one twice changes nothing. */
export interface ProofTable {
  get(key: string): ProvenSignals | null;
  put(key: string, circuit: string, proven: ProvenSignals): void;
  /** Keeps the newest proofs only. @param limit how many */
  prune(limit: number): void;
}

export function proofTable(database: Database): ProofTable {
  return {
    get(key) {
      const row = database.first("SELECT proof, public_signals FROM proof WHERE key = ?", key);
      return row === null
        ? null
        : { proof: unflatten(integersOf(row, "proof")), publicSignals: integersOf(row, "public_signals") };
    },
    put(key, circuit, { proof, publicSignals }) {
      const coordinates = [...proof.a, ...proof.b.flat(), ...proof.c];
      database.run(
        `INSERT OR IGNORE INTO proof (key, circuit, proof, public_signals, made_at)
         VALUES (?, ?, ?, ?, (SELECT COALESCE(MAX(made_at), 0) + 1 FROM proof))`,
        key,
        circuit,
        integersText(coordinates),
        integersText(publicSignals),
      );
    },
    prune(limit) {
      database.run("DELETE FROM proof WHERE made_at <= (SELECT MAX(made_at) FROM proof) - ?", limit);
    },
  };
}

function unflatten(coordinates: readonly bigint[]): GrothProof {
  const [a0 = 0n, a1 = 0n, b00 = 0n, b01 = 0n, b10 = 0n, b11 = 0n, c0 = 0n, c1 = 0n] = coordinates;
  return {
    a: [a0, a1],
    b: [
      [b00, b01],
      [b10, b11],
    ],
    c: [c0, c1],
  };
}
