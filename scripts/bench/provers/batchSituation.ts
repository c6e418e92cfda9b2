import type { CircuitInputs } from "../../../prover/proving/backend.ts";
import { batchInputs } from "../../../prover/witness/batchInputs.ts";
import { applyBatch } from "../../../verifier/model/batch.ts";
import { NO_SIGNATURE } from "../../../verifier/model/eddsa.ts";
import type { Hasher } from "../../../verifier/model/hasher.ts";
import { encodeOperation, type Operation } from "../../../verifier/model/operation.ts";
import type { Profile } from "../../../verifier/model/profile.ts";
import { signOperation } from "../../../verifier/model/signOperation.ts";
import { genesisState } from "../../../verifier/model/state.ts";
import { keyOf, nextRound, openingOracle, priceOf, type Setting, settingOf } from "./setting.ts";

const DEPOSIT = 5_000_000_000n; // quote units: 5,000 dollars
const WITHDRAWAL = 100_000_000n;
const SIZE = 500n; // lots
const TRADE_FEE = 500_000n;
const EXPIRES_AFTER_SEC = 3_600n;
const SPREAD = 40_503; // from one person's place in the tree to the next one's

/** The benchmark's operation cannot be applied: the bench, not the circuit, is wrong. */
export class SituationError extends Error {
  override readonly name = "SituationError";
  readonly code = "BENCH_SITUATION";
}

/**
 * Inputs of a batch of trades and withdrawals in turn: what is typical at its dearest. Two people for each operation have
 * deposited and traded before, and a round has moved the prices since.
 */
export function batchSituation(hasher: Hasher, profile: Profile): CircuitInputs {
  const setting = settingOf(hasher, profile);
  const slots = Array.from({ length: profile.operations }, (_, slot) => slot);
  const { trade, withdraw, deposit } = operationsIn(setting);
  let oracle = openingOracle(setting);
  let state = genesisState(hasher, profile);
  const settle = (operations: readonly Operation[]): CircuitInputs => {
    const result = applyBatch(state, oracle, operations.map(encodeOperation), setting);
    const refused = result.outcomes.findIndex(({ valid }) => !valid);
    if (refused >= 0) throw new SituationError(`operation ${refused}, a ${operations[refused]?.type}, is not valid`);
    const inputs = batchInputs(state, oracle, setting, result);
    state = result.next;
    return inputs;
  };

  settle(slots.map((slot) => deposit(2 * slot)));
  settle(slots.map((slot) => deposit(2 * slot + 1)));
  oracle = nextRound(setting, oracle).result.next;
  settle(slots.map((slot) => trade(slot, 1n)));
  oracle = nextRound(setting, oracle).result.next;
  return settle(slots.map((slot) => (slot % 2 === 0 ? trade(slot, 2n) : withdraw(2 * slot, 2n))));
}

/** Signed operations of people who are numbered from 0; the two of slot n are 2 n and 2 n + 1. */
function operationsIn(setting: Setting) {
  const { hasher, profile, domain } = setting;
  const accountOf = (person: number): number => 1 + ((person * SPREAD) % (2 ** profile.depth - 1));
  const expiry = openingOracle(setting).timestamp + EXPIRES_AFTER_SEC;
  return {
    deposit: (person: number): Operation => ({
      type: "deposit",
      account: accountOf(person),
      amount: DEPOSIT,
      owner: BigInt(1000 + person),
      key: keyOf(person).publicKey,
    }),
    withdraw(person: number, nonce: bigint): Operation {
      const terms = { account: accountOf(person), amount: WITHDRAWAL, owner: BigInt(1000 + person), nonce, expiry };
      const operation = { type: "withdraw", ...terms, signature: NO_SIGNATURE } as const;
      return signOperation(hasher, domain, operation, { first: keyOf(person) });
    },
    trade(slot: number, nonce: bigint): Operation {
      const market = slot % profile.markets;
      const operation = {
        type: "trade",
        ...{ market, size: SIZE, price: priceOf(market), fee: TRADE_FEE, expiry },
        ...{ buyer: accountOf(2 * slot), buyerNonce: nonce, buyerSignature: NO_SIGNATURE },
        ...{ seller: accountOf(2 * slot + 1), sellerNonce: nonce, sellerSignature: NO_SIGNATURE },
      } as const;
      return signOperation(hasher, domain, operation, { first: keyOf(2 * slot), second: keyOf(2 * slot + 1) });
    },
  };
}
