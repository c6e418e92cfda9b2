import { Contract, type ContractTransactionResponse, type Signer } from "ethers";
import { network } from "hardhat";
import { ENGINE_ABI, GUARD_ABI, TOKEN_ABI } from "../../../verifier/chain/abi.ts";
import { deriveKey } from "../../../verifier/model/eddsa.ts";
import { createHasher } from "../../../verifier/model/hasher.ts";
import { PARAMETERS, PROFILE } from "../../demo/parameters.ts";
import { factoryOf } from "../../deploy/artifacts.ts";
import { deployHomeostat } from "../../deploy/deployHomeostat.ts";
import { makeGenesis } from "../../deploy/genesis.ts";

/** Gas of whole transactions, as posted: what an attacker pays beside the fees. */
export interface PostedGas {
  readonly deposit: number;
  readonly trade: number;
  readonly withdraw: number;
  readonly setKey: number;
  readonly backstop: number;
  readonly payClaim: number;
}

const ARTIFACTS = "artifacts";
const FIRST_PRICE = 2_450_000n;
const DEPOSIT = 100_000_000n;
const WITHDRAWAL = 40_000_000n;
const CLAIM_DELAY_SEC = 60; // the least: gas does not depend on it
const ALL_VALID = (1n << BigInt(PROFILE.operations)) - 1n;
/** Words without zero bytes, as real signatures are. */
const FULL_WORD = BigInt(`0x1f${"ab".repeat(31)}`);
const SIGNATURE = { r8x: FULL_WORD, r8y: FULL_WORD, s: FULL_WORD };
const NO_PROOF = {
  a: [0n, 0n],
  b: [
    [0n, 0n],
    [0n, 0n],
  ],
  c: [0n, 0n],
};

async function gasOf(sent: Promise<unknown>): Promise<number> {
  const receipt = await ((await sent) as ContractTransactionResponse).wait();
  if (receipt === null) throw new Error("the chain gave no receipt");
  return Number(receipt.gasUsed);
}

/** Posts one operation of each kind on an in-process chain, with the default fee; the proofs between are taken as they are. */
export async function measureGas(): Promise<PostedGas> {
  const { ethers } = await network.create();
  const [deployer, alice, bob] = await ethers.getSigners();
  if (deployer === undefined || alice === undefined || bob === undefined)
    throw new RangeError("three signers are needed");
  const verifier = await factoryOf(
    ARTIFACTS,
    "mocks/MockVerifierAcceptsEverything.sol",
    "MockVerifierAcceptsEverything",
    deployer,
  ).deploy();
  const address = await verifier.getAddress();
  const hasher = await createHasher();
  const keys = Array.from({ length: PROFILE.reporters }, (_, slot) => deriveKey(new Uint8Array(32).fill(slot + 1))).map(
    ({ publicKey }) => publicKey,
  );
  const latest = await ethers.provider.getBlock("latest");
  const opening = {
    timestamp: BigInt(latest?.timestamp ?? 0),
    prices: PARAMETERS.oracle.markets.map(() => FIRST_PRICE),
  };
  const at = await deployHomeostat(deployer, {
    profile: PROFILE,
    genesis: makeGenesis(hasher, PROFILE, PARAMETERS, keys, opening),
    token: "test",
    verifiers: { round: address, batch: address },
    limits: { claimDelaySec: CLAIM_DELAY_SEC },
  });
  const contractAt = (target: string, abi: readonly string[], signer: Signer) => new Contract(target, abi, signer);
  const guard = contractAt(at.guard, GUARD_ABI, deployer);
  const engine = contractAt(at.engine, ENGINE_ABI, deployer);
  const value = (await engine.getFunction("feeWei")()) as bigint;
  const post = (signer: Signer, name: string, ...values: readonly unknown[]) =>
    gasOf(contractAt(at.engine, ENGINE_ABI, signer).getFunction(name)(...values, { value }));

  async function settle(liabilities: bigint): Promise<void> {
    const first = Number(await guard.getFunction("settled")());
    const events = await engine.queryFilter("OperationLogged");
    const operations = events
      .slice(first, first + PROFILE.operations)
      .map((event) => [...("args" in event ? (event.args.words as Iterable<bigint>) : [])]);
    const update = {
      firstOperation: first,
      newStateRoot: BigInt(first) + 1n,
      outcomeWord: ALL_VALID,
      box: 0n,
      totalsWord: liabilities,
      lossWord: (await guard.getFunction("lossWord")()) as bigint,
      dataCommitment: 1n,
    };
    await gasOf(guard.getFunction("settleBatch")(update, operations, NO_PROOF));
  }

  const deposits: number[] = [];
  for (const owner of [alice, bob]) {
    const token = contractAt(at.token, TOKEN_ABI, owner);
    await gasOf(token.getFunction("mint")(owner.address, DEPOSIT));
    await gasOf(token.getFunction("approve")(at.engine, DEPOSIT));
    deposits.push(await post(owner, "deposit", DEPOSIT, FULL_WORD, FULL_WORD));
  }
  await settle(2n * DEPOSIT);
  const expiry = opening.timestamp + 86_400n;
  const withdraw = await post(alice, "withdraw", 1n, WITHDRAWAL, 1n, expiry, SIGNATURE);
  await settle(2n * DEPOSIT - WITHDRAWAL);
  await ethers.provider.send("evm_increaseTime", [CLAIM_DELAY_SEC]);
  const payClaim = await gasOf(guard.getFunction("payClaim")(0n));

  const terms = { market: 0n, accountA: 1n, accountB: 2n, nonceA: 1n, nonceB: 1n, expiry };
  const order = { ...terms, size: 500n, price: FIRST_PRICE, amount: 500_000n };
  return {
    deposit: Math.max(...deposits),
    trade: await post(alice, "trade", order, SIGNATURE, SIGNATURE),
    withdraw,
    setKey: await post(alice, "setKey", FULL_WORD, FULL_WORD),
    backstop: await post(alice, "backstop", 1n),
    payClaim,
  };
}
