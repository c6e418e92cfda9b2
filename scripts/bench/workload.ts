import { Contract, type Signer, type TransactionReceipt } from "ethers";
import { network } from "hardhat";
import type { ProofBackend } from "../../prover/proving/backend.ts";
import { settleBatchCall, submitRoundCall } from "../../prover/settle/calls.ts";
import { batchInputs } from "../../prover/witness/batchInputs.ts";
import { roundInputs } from "../../prover/witness/roundInputs.ts";
import { ENGINE_ABI, GUARD_ABI, TOKEN_ABI } from "../../verifier/chain/abi.ts";
import { applyBatch } from "../../verifier/model/batch.ts";
import { domainOf } from "../../verifier/model/domain.ts";
import { deriveKey, NO_SIGNATURE, type SigningKey } from "../../verifier/model/eddsa.ts";
import { createHasher } from "../../verifier/model/hasher.ts";
import { encodeOperation, type Operation } from "../../verifier/model/operation.ts";
import { genesisOracle } from "../../verifier/model/oracle.ts";
import type { Profile } from "../../verifier/model/profile.ts";
import { signReport } from "../../verifier/model/report.ts";
import { applyRound } from "../../verifier/model/round.ts";
import { signOperation } from "../../verifier/model/signOperation.ts";
import { genesisState } from "../../verifier/model/state.ts";
import { FUNDING_RATE } from "../demo/parameters.ts";
import { deployHomeostat } from "../deploy/deployHomeostat.ts";
import { makeGenesis } from "../deploy/genesis.ts";
import { parametersFor } from "./parametersFor.ts";

/** One transaction that carried a real proof. */
export interface Settlement {
  readonly receipt: TransactionReceipt;
  readonly calldata: string;
}

export interface Workload {
  /** A round with reports in every slot, and a batch of a withdrawal, which creates a claim, and a trade: what is typical at its dearest. */
  readonly round: Settlement;
  readonly batch: Settlement;
}

const FIRST_PRICE = 2_450_000n; // 245 dollars, in ticks of 1e-4
const DEPOSIT = 5_000_000_000n; // 5,000 dollars
const WITHDRAWAL = 100_000_000n;
const TRADE_FEE = 500_000n;
const EXPIRES_AFTER_SEC = 3600n;
const ROUND_SEC = 12n;

const keyOf = (index: number): SigningKey => deriveKey(new Uint8Array(32).fill(index));

/** Two rounds and two batches through model, circuits and contracts, with real proofs; the artefacts and contracts are built. */
export async function runWorkload(profile: Profile, backend: ProofBackend): Promise<Workload> {
  const parameters = parametersFor(profile);
  const openingPrices = parameters.oracle.markets.map((_, market) => FIRST_PRICE / BigInt(market + 1));
  const { ethers } = await network.create();
  const [prover, ...owners] = await ethers.getSigners();
  const [alice, bob] = owners;
  if (prover === undefined || alice === undefined || bob === undefined)
    throw new RangeError("three signers are needed");
  const hasher = await createHasher();
  const reporterKeys = Array.from({ length: profile.reporters }, (_, slot) => keyOf(100 + slot));
  const latest = await ethers.provider.getBlock("latest");
  const opening = { timestamp: BigInt(latest?.timestamp ?? 0), prices: openingPrices };
  const publicKeys = reporterKeys.map((key) => key.publicKey);
  const genesis = makeGenesis(hasher, profile, parameters, publicKeys, opening);
  const deployment = await deployHomeostat(prover, { profile, genesis, token: "test" });
  const { chainId } = await ethers.provider.getNetwork();
  const domain = domainOf(chainId, BigInt(deployment.guard));
  const common = { hasher, profile, parameters, domain };

  const send = async (data: string): Promise<Settlement> => {
    const receipt = await (await prover.sendTransaction({ to: deployment.guard, data })).wait();
    if (receipt === null) throw new Error("the chain gave no receipt");
    return { receipt, calldata: data };
  };

  let oracle = genesisOracle(parameters, opening.timestamp, openingPrices);
  const proveRound = async (): Promise<Settlement> => {
    const head = await ethers.provider.getBlock("latest");
    const timestamp = BigInt(head?.timestamp ?? 0) + ROUND_SEC;
    const words = reporterKeys.flatMap((key, slot) => {
      const prices = openingPrices.map((price) => price + BigInt(slot));
      return signReport(hasher, key, domain, { timestamp, prices, fundingRates: prices.map(() => FUNDING_RATE) });
    });
    const tvl = (await new Contract(deployment.guard, GUARD_ABI, prover).getFunction("nextRoundTvl")()) as bigint;
    const context = { ...common, reporterKeys: publicKeys, tvl };
    const result = applyRound(oracle, words, context);
    const inputs = roundInputs(oracle, words, context, result);
    const { proof } = await backend.prove("OracleRound", inputs);
    await ethers.provider.send("evm_setNextBlockTimestamp", [Number(timestamp)]);
    const settlement = await send(submitRoundCall(result.next.round, timestamp, result.signals, words, proof));
    oracle = result.next;
    return settlement;
  };

  const engineAt = (signer: Signer) => new Contract(deployment.engine, ENGINE_ABI, signer);
  const fee = { value: (await engineAt(prover).getFunction("feeWei")()) as bigint };
  const logged = async (): Promise<(readonly bigint[])[]> => {
    const events = await engineAt(prover).queryFilter("OperationLogged", deployment.genesisBlock);
    return events.map((event) => [...("args" in event ? (event.args.words as Iterable<bigint>) : [])]);
  };
  let state = genesisState(hasher, profile);
  let settled = 0;
  const proveBatch = async (): Promise<Settlement> => {
    const operations = (await logged()).slice(settled);
    const result = applyBatch(state, oracle, operations, common);
    const refused = result.outcomes.find((outcome) => !outcome.valid);
    if (refused !== undefined) throw new Error(`the benchmark's operations must be valid; one is ${refused.kind}`);
    const inputs = batchInputs(state, oracle, common, result);
    const { proof } = await backend.prove("MarginBatch", inputs);
    const settlement = await send(settleBatchCall(settled, result.signals, operations, proof));
    settled += operations.length;
    state = result.next;
    return settlement;
  };

  await proveRound();
  for (const [index, owner] of [alice, bob].entries()) {
    const token = new Contract(deployment.token, TOKEN_ABI, owner);
    await (await token.getFunction("mint")(owner.address, DEPOSIT)).wait();
    await (await token.getFunction("approve")(deployment.engine, DEPOSIT)).wait();
    const { x, y } = keyOf(index + 1).publicKey;
    await (await engineAt(owner).getFunction("deposit")(DEPOSIT, x, y, fee)).wait();
  }
  await proveBatch();
  const round = await proveRound();

  const expiry = oracle.timestamp + EXPIRES_AFTER_SEC;
  const signaturesOf = (operation: Operation, first: SigningKey, second?: SigningKey) => {
    const keys = second === undefined ? { first } : { first, second };
    const [, , , r8x, r8y, s, otherR8x, otherR8y, otherS] = encodeOperation(
      signOperation(hasher, domain, operation, keys),
    );
    return [
      { r8x, r8y, s },
      { r8x: otherR8x, r8y: otherR8y, s: otherS },
    ];
  };
  const [withdrawalSignature] = signaturesOf(
    {
      type: "withdraw",
      account: 1,
      amount: WITHDRAWAL,
      owner: BigInt(alice.address),
      nonce: 1n,
      expiry,
      signature: NO_SIGNATURE,
    },
    keyOf(1),
  );
  await (await engineAt(alice).getFunction("withdraw")(1, WITHDRAWAL, 1n, expiry, withdrawalSignature, fee)).wait();

  const terms = { market: 0, size: 500n, price: FIRST_PRICE, expiry };
  const signatures = signaturesOf(
    {
      type: "trade",
      ...terms,
      buyer: 1,
      seller: 2,
      fee: TRADE_FEE,
      buyerNonce: 2n,
      sellerNonce: 1n,
      buyerSignature: NO_SIGNATURE,
      sellerSignature: NO_SIGNATURE,
    },
    keyOf(1),
    keyOf(2),
  );
  const order = { ...terms, accountA: 1, accountB: 2, nonceA: 2n, nonceB: 1n, amount: TRADE_FEE };
  await (await engineAt(alice).getFunction("trade")(order, ...signatures, fee)).wait();
  const batch = await proveBatch();

  return { round, batch };
}
