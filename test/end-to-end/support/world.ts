/** A guard with its engine on a chain of its own, and the model beside it. Parameters and people are the demo's. */
import { Contract, type ContractTransactionReceipt, type Signer, Wallet } from "ethers";
import { network } from "hardhat";
import { LIMITS, PARAMETERS, PROFILE } from "../../../scripts/demo/parameters.ts";
import { engineCall } from "../../../scripts/demo/stage/engineCalls.ts";
import { type Ledger, type LedgerContext, openLedger } from "../../../scripts/demo/story/ledger.ts";
import { REPORTER_KEYS, walletKeyOf } from "../../../scripts/demo/story/people.ts";
import { ledgerContext } from "../../../scripts/demo/story/simulate.ts";
import { type Deployment, deployHomeostat } from "../../../scripts/deploy/deployHomeostat.ts";
import { makeGenesis } from "../../../scripts/deploy/genesis.ts";
import { ENGINE_ABI, GUARD_ABI, TOKEN_ABI } from "../../../verifier/chain/abi.ts";
import type { Operation } from "../../../verifier/model/operation.ts";

export const START_SEC = 1_760_130_660;
/** First marks, ticks. */
export const START_PRICES: readonly bigint[] = [2_467_400n, 251_100n];

export interface World {
  readonly send: (method: string, params: readonly unknown[]) => Promise<unknown>;
  readonly deployer: Signer;
  readonly addresses: Deployment;
  readonly guard: Contract;
  readonly engine: Contract;
  readonly token: Contract;
  readonly context: LedgerContext;
  readonly genesis: Ledger;
  /** Time of the newest block, unix seconds. It does not move with the wall clock, however long a proof takes. */
  now(): Promise<number>;
  /** Sets the time of the next block, unix seconds. Without it every block comes a second after the last. */
  atTime(timeSec: number): Promise<void>;
  /** Sends a call of the guard's and waits for its block. */
  submit(method: string, parameters: readonly unknown[]): Promise<ContractTransactionReceipt>;
  /** Mines an empty block at a time. */
  mineAt(timeSec: number): Promise<void>;
  /** A funded wallet of someone of the cast, with tokens that the engine may take. */
  wallet(name: string): Promise<Wallet>;
  /** Posts an operation to the engine. @returns its nine words as logged */
  log(operation: Operation, sender: Signer): Promise<readonly bigint[]>;
  close(): Promise<void>;
}

/** @param mockVerifiers whether every proof is accepted: for tests of what is around the proofs */
export async function createWorld({ mockVerifiers = false } = {}): Promise<World> {
  const connection = await network.create({
    override: { initialDate: new Date(START_SEC * 1000).toISOString(), allowBlocksWithSameTimestamp: true },
  });
  const { ethers, provider } = connection;
  const [deployer] = await ethers.getSigners();
  if (deployer === undefined) throw new RangeError("the local chain has no accounts");
  const reporterKeys = REPORTER_KEYS.map((key) => key.publicKey);
  const { hasher } = await ledgerContext(0n);
  const opening = { timestamp: BigInt(START_SEC), prices: START_PRICES };
  const genesis = makeGenesis(hasher, PROFILE, PARAMETERS, reporterKeys, opening);
  const mock = mockVerifiers ? await (await ethers.deployContract("MockVerifierAcceptsEverything")).getAddress() : null;
  const addresses = await deployHomeostat(deployer, {
    profile: PROFILE,
    genesis,
    token: "test",
    limits: LIMITS,
    ...(mock === null ? {} : { verifiers: { round: mock, batch: mock } }),
  });
  const guard = new Contract(addresses.guard, GUARD_ABI, deployer);
  const engine = new Contract(addresses.engine, ENGINE_ABI, deployer);
  const token = new Contract(addresses.token, TOKEN_ABI, deployer);
  const context = await ledgerContext(await guard.getFunction("domain").staticCall());
  const send = (method: string, params: readonly unknown[]) => provider.request({ method, params: [...params] });
  const fee: bigint = await engine.getFunction("feeWei").staticCall();

  const now = async (): Promise<number> => {
    const block = (await send("eth_getBlockByNumber", ["latest", false])) as { timestamp: string }; // our own node
    return Number(block.timestamp);
  };
  let isTimeSet = false;
  const tick = async (): Promise<void> => {
    if (!isTimeSet) await send("evm_setNextBlockTimestamp", [(await now()) + 1]);
    isTimeSet = false;
  };

  return {
    send,
    now,
    async submit(method, parameters) {
      await tick();
      return mined(guard.getFunction(method).send(...parameters));
    },
    deployer,
    addresses,
    guard,
    engine,
    token,
    context,
    genesis: openLedger(context, START_SEC, START_PRICES),
    async atTime(timeSec) {
      await send("evm_setNextBlockTimestamp", [timeSec]);
      isTimeSet = true;
    },
    async mineAt(timeSec) {
      await send("evm_setNextBlockTimestamp", [timeSec]);
      await send("evm_mine", []);
    },
    async wallet(name) {
      const wallet = new Wallet(walletKeyOf(name), ethers.provider);
      await send("hardhat_setBalance", [wallet.address, "0x56bc75e2d63100000"]);
      await tick();
      await mined(token.getFunction("mint").send(wallet.address, 10n ** 12n));
      await mined(
        token
          .connect(wallet)
          .getFunction("approve")
          .send(addresses.engine, 2n ** 255n),
      );
      return wallet;
    },
    async log(operation, sender) {
      const { method, parameters } = engineCall(operation);
      const call = engine.connect(sender).getFunction(method);
      await tick();
      const receipt = await mined(call.send(...parameters, { value: fee }));
      return loggedWords(engine, receipt);
    },
    close: () => connection.close(),
  };
}

/** Waits for a transaction and returns its receipt. */
export async function mined(
  sending: Promise<{ wait(): Promise<ContractTransactionReceipt | null> }>,
): Promise<ContractTransactionReceipt> {
  const receipt = await (await sending).wait();
  if (receipt === null) throw new RangeError("the transaction has no receipt");
  return receipt;
}

/** The words of the one operation that a transaction logged. */
function loggedWords(engine: Contract, receipt: ContractTransactionReceipt): readonly bigint[] {
  for (const log of receipt.logs) {
    const parsed = engine.interface.parseLog(log);
    if (parsed?.name === "OperationLogged") return [...(parsed.args[1] as bigint[])]; // uint256[9]
  }
  throw new RangeError("nothing was logged");
}
