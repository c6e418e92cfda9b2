import { applyBatch, type BatchResult } from "../../../verifier/model/batch.ts";
import { NO_SIGNATURE } from "../../../verifier/model/eddsa.ts";
import { encodeOperation, type Operation } from "../../../verifier/model/operation.ts";
import type { OracleState } from "../../../verifier/model/oracle.ts";
import type { Outcome } from "../../../verifier/model/outcome.ts";
import { signOperation } from "../../../verifier/model/signOperation.ts";
import { genesisState, type State } from "../../../verifier/model/state.ts";
import { accountAt } from "../../../verifier/model/tree.ts";
import { batchContext, DOMAIN, GENESIS_TIME, genesis, hasher, keyAt, ownerAt, profile } from "./instance.ts";

const EXPIRY = GENESIS_TIME + 1_000_000n;

/** A state with its oracle, to which operations are applied one by one; a value. */
export interface World {
  readonly state: State;
  readonly oracle: OracleState;
}

export const emptyWorld: World = { state: genesisState(hasher, profile), oracle: genesis };

/** Nonce that the next operation of an account needs. */
export function nextNonce({ state }: World, index: number): bigint {
  return index < 2 ** profile.depth ? accountAt(state.tree, index).nonce + 1n : 1n;
}

export const deposit = (account: number, amount: bigint): Operation => ({
  type: "deposit",
  account,
  amount,
  owner: ownerAt(account),
  key: keyAt(account).publicKey,
});

export function withdraw(world: World, account: number, amount: bigint): Operation {
  const owner = account < 8 ? accountAt(world.state.tree, account).owner : 0n;
  const limits = { nonce: nextNonce(world, account), expiry: EXPIRY, signature: NO_SIGNATURE };
  return signOperation(
    hasher,
    DOMAIN,
    { type: "withdraw", account, amount, owner, ...limits },
    { first: keyAt(account) },
  );
}

/** What a trade is about; the rest is made. */
export interface TradeTerms {
  readonly market: number;
  readonly buyer: number;
  readonly seller: number;
  readonly size: bigint;
  readonly price: bigint;
  readonly fee?: bigint;
}

export function trade(world: World, terms: TradeTerms): Extract<Operation, { type: "trade" }> {
  const nonces = { buyerNonce: nextNonce(world, terms.buyer), sellerNonce: nextNonce(world, terms.seller) };
  const unsigned = { buyerSignature: NO_SIGNATURE, sellerSignature: NO_SIGNATURE };
  const operation = { type: "trade" as const, fee: 0n, ...terms, ...nonces, ...unsigned, expiry: EXPIRY };
  return signOperation(hasher, DOMAIN, operation, { first: keyAt(terms.buyer), second: keyAt(terms.seller) });
}

/** What a liquidation is about; the rest is made. */
export interface LiquidationTerms {
  readonly market: number;
  readonly account: number;
  readonly liquidator: number;
  readonly size: bigint;
  readonly limit: bigint;
}

export function liquidate(world: World, terms: LiquidationTerms): Extract<Operation, { type: "liquidate" }> {
  const limits = { nonce: nextNonce(world, terms.liquidator), expiry: EXPIRY, signature: NO_SIGNATURE };
  return signOperation(hasher, DOMAIN, { type: "liquidate", ...terms, ...limits }, { first: keyAt(terms.liquidator) });
}

/** Applies one operation, typed or as words. */
export function apply(
  world: World,
  operation: Operation | readonly bigint[],
): { world: World; outcome: Outcome; result: BatchResult } {
  const words = "type" in operation ? encodeOperation(operation) : operation;
  const result = applyBatch(world.state, world.oracle, [words], batchContext);
  const outcome = result.outcomes[0]!;
  return { world: { ...world, state: result.next }, outcome, result };
}

/** Applies operations that must all be valid. */
export function applyAll(world: World, operations: readonly ((world: World) => Operation)[]): World {
  return operations.reduce((now, make, index) => {
    const { world: next, outcome } = apply(now, make(now));
    if (!outcome.valid) throw new Error(`set-up operation ${index} is invalid: ${outcome.kind}`);
    return next;
  }, world);
}
