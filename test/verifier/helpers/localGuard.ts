/** A real guard on an in-process chain, with real Groth16 verifiers of keys whose toxic waste is known: proofs cost nothing. */
import { Contract, ContractFactory, type Signer } from "ethers";
import { network } from "hardhat";
import type { DeployConfig } from "../../../scripts/deploy/config.ts";
import { type Deployment, deployHomeostat } from "../../../scripts/deploy/deployHomeostat.ts";
import { makeGenesis } from "../../../scripts/deploy/genesis.ts";
import { ENGINE_ABI, GUARD_ABI, TOKEN_ABI } from "../../../verifier/chain/abi.ts";
import { applyBatch, type BatchSignals } from "../../../verifier/model/batch.ts";
import { domainOf } from "../../../verifier/model/domain.ts";
import type { Hasher } from "../../../verifier/model/hasher.ts";
import { encodeOperation } from "../../../verifier/model/operation.ts";
import { genesisOracle, type OracleState } from "../../../verifier/model/oracle.ts";
import { PROFILES } from "../../../verifier/model/profile.ts";
import { signReport } from "../../../verifier/model/report.ts";
import { applyRound } from "../../../verifier/model/round.ts";
import { signOperation } from "../../../verifier/model/signOperation.ts";
import { genesisState, type State } from "../../../verifier/model/state.ts";
import { FORWARDER_CODE } from "./forwarder.ts";
import { type TestProver, trapdoorProver } from "./prover.ts";
import { KEYS, PARAMETERS, REPORTERS, USERS } from "./syntheticHistory.ts";
import { compileVerifier } from "./trapdoorVerifier.ts";

const profile = PROFILES.dev;
export const connection = await network.create();
const PRICES = [10_000n, 20_000n];
const LIMITS = { claimDelaySec: 60, proofDeadlineSec: 3600, roundDeadlineSec: 3600, maxReportAgeSec: 600 };

/** JSON-RPC of the in-process chain. */
export const chain = { send: (method: string, params: unknown[]) => connection.ethers.provider.send(method, params) };

export class LocalGuard {
  readonly hasher: Hasher;
  readonly at: Deployment;
  readonly domain: bigint;
  private readonly signers: readonly Signer[];
  private state: State;
  private oracles: OracleState[];
  private forwarder: string | null = null;
  private readonly prover: TestProver;

  private constructor(
    hasher: Hasher,
    at: Deployment,
    signers: readonly Signer[],
    oracle: OracleState,
    prover: TestProver,
  ) {
    this.prover = prover;
    this.hasher = hasher;
    this.at = at;
    this.signers = signers;
    this.domain = domainOf(31337n, at.guard);
    this.state = genesisState(hasher, profile);
    this.oracles = [oracle];
  }

  /** @param verifiers those of the keys with known toxic waste, some that accept everything, or the generated ones */
  static async deploy(
    hasher: Hasher,
    verifiers: "trapdoor" | "accepting" | "generated" = "trapdoor",
    prover = trapdoorProver,
    bound: Pick<DeployConfig, "council" | "newCouncil" | "uptimeFeed"> = {},
  ): Promise<LocalGuard> {
    const signers = await connection.ethers.getSigners();
    const [deployer] = signers;
    if (deployer === undefined) throw new RangeError("the chain has no accounts");
    const timestamp = BigInt(await connection.networkHelpers.time.latest());
    const deployed = async (circuit: "OracleRound" | "MarginBatch"): Promise<string> => {
      const contract =
        verifiers === "accepting"
          ? await connection.ethers.deployContract("MockVerifierAcceptsEverything")
          : await new ContractFactory([], compileVerifier(circuit, KEYS[circuit].key), deployer).deploy();
      return contract.getAddress();
    };
    const keys = REPORTERS.map(({ publicKey }) => publicKey);
    const at = await deployHomeostat(deployer, {
      profile,
      genesis: makeGenesis(hasher, profile, PARAMETERS, keys, { timestamp, prices: PRICES }),
      token: "test",
      limits: LIMITS,
      ...bound,
      engine: { minimumDeposit: 1n, feeWei: 0n },
      ...(verifiers === "generated"
        ? {}
        : { verifiers: { round: await deployed("OracleRound"), batch: await deployed("MarginBatch") } }),
    });
    return new LocalGuard(hasher, at, signers, genesisOracle(PARAMETERS, timestamp, PRICES), prover);
  }

  /** The user's first deposit opens an account: the first user's is 1. */
  async deposit(user: number, amount: bigint): Promise<void> {
    const key = this.key(user).publicKey;
    await this.send(user, this.at.token, TOKEN_ABI, "mint", await this.signer(user).getAddress(), amount);
    await this.send(user, this.at.token, TOKEN_ABI, "approve", this.at.engine, amount);
    await this.send(user, this.at.engine, ENGINE_ABI, "deposit", amount, key.x, key.y);
  }

  async trade(size: bigint, price: bigint, nonce: bigint): Promise<void> {
    const expiry = 4_000_000_000n;
    const none = { r8x: 0n, r8y: 0n, s: 0n };
    const signed = signOperation(
      this.hasher,
      this.domain,
      {
        type: "trade",
        market: 0,
        buyer: 1,
        seller: 2,
        size,
        price,
        fee: 3n,
        buyerNonce: nonce,
        sellerNonce: nonce,
        expiry,
        buyerSignature: none,
        sellerSignature: none,
      },
      { first: this.key(0), second: this.key(1) },
    );
    const order = {
      market: 0n,
      accountA: 1n,
      accountB: 2n,
      nonceA: nonce,
      nonceB: nonce,
      expiry,
      size,
      price,
      amount: 3n,
    };
    await this.send(0, this.at.engine, ENGINE_ABI, "trade", order, signed.buyerSignature, signed.sellerSignature);
  }

  async withdraw(user: number, amount: bigint, nonce: bigint): Promise<void> {
    const expiry = 4_000_000_000n;
    const owner = BigInt(await this.signer(user).getAddress());
    const signature = { r8x: 0n, r8y: 0n, s: 0n };
    const operation = { type: "withdraw", account: user + 1, amount, owner, nonce, expiry, signature } as const;
    const signed = signOperation(this.hasher, this.domain, operation, { first: this.key(user) });
    encodeOperation(signed); // in range
    await this.send(
      user,
      this.at.engine,
      ENGINE_ABI,
      "withdraw",
      operation.account,
      amount,
      nonce,
      expiry,
      signed.signature,
    );
  }

  async round(prices: readonly bigint[]): Promise<void> {
    await connection.networkHelpers.time.increase(12);
    const timestamp = BigInt(await connection.networkHelpers.time.latest());
    const report = { timestamp, prices, fundingRates: [0n, 0n] };
    const words = REPORTERS.flatMap((key) => signReport(this.hasher, key, this.domain, report));
    const reporterKeys = REPORTERS.map(({ publicKey }) => publicKey);
    const tvl = await this.guard().getFunction("nextRoundTvl").staticCall();
    const context = { hasher: this.hasher, profile, parameters: PARAMETERS, domain: this.domain, reporterKeys, tvl };
    const result = applyRound(this.oracle(), words, context);
    const { next, signals } = result;
    const { newOracleRoot, dataCommitment } = signals;
    const update = { round: next.round, timestamp: next.timestamp, newOracleRoot, dataCommitment };
    const proof = await this.prover.round(this.oracle(), words, context, result);
    await this.send(0, this.at.guard, GUARD_ABI, "submitRound", update, words, signals.priceWords, proof);
    this.oracles.push(next);
  }

  /** @param lie what the prover claims instead of the truth; with the toxic waste a proof of it exists */
  async settle(count: number, lie: Partial<BatchSignals> = {}): Promise<void> {
    const settled = Number(await this.guard().getFunction("settled").staticCall());
    const logs = await this.contract(this.at.engine, ENGINE_ABI).queryFilter("OperationLogged");
    const operations = logs
      .slice(settled, settled + count)
      .map((log) => [...(log as unknown as { args: { words: bigint[] } }).args.words]);
    const oracle = this.oracles[Number(BigInt.asUintN(40, operations[0]?.[2] ?? 0n))] ?? this.oracle();
    const context = { hasher: this.hasher, profile, parameters: PARAMETERS, domain: this.domain };
    const honest = applyBatch(this.state, oracle, operations, context);
    const claimed = { ...honest, signals: { ...honest.signals, ...lie } };
    const update = { firstOperation: settled, ...claimed.signals };
    const proof = await this.prover.batch(this.state, oracle, context, claimed);
    await this.send(0, this.at.guard, GUARD_ABI, "settleBatch", update, operations, proof);
    this.state = honest.next;
  }

  /** Sends the next guard transactions through a contract that passes them on. */
  async throughForwarder(): Promise<void> {
    const forwarder = await new ContractFactory([], FORWARDER_CODE, this.signer(0)).deploy();
    this.forwarder = await forwarder.getAddress();
  }

  async pay(id: number): Promise<void> {
    await connection.networkHelpers.time.increase(LIMITS.claimDelaySec);
    await this.send(0, this.at.guard, GUARD_ABI, "payClaim", id);
  }

  /** Two traders, a round, a trade, a withdrawal that is paid, and a smaller price. */
  async live(): Promise<void> {
    await this.deposit(0, 60_000n);
    await this.deposit(1, 90_000n);
    await this.settle(2);
    await this.round([10_010n, 20_000n]);
    await this.trade(40n, 10_010n, 1n);
    await this.withdraw(1, 5_000n, 2n);
    await this.settle(2);
    await this.pay(0);
    await this.round([9_950n, 19_990n]);
    await this.deposit(1, 10n);
  }

  private oracle(): OracleState {
    const oracle = this.oracles.at(-1);
    if (oracle === undefined) throw new RangeError("no oracle");
    return oracle;
  }

  private guard(): Contract {
    return this.contract(this.at.guard, GUARD_ABI);
  }

  private contract(at: string, abi: readonly string[], signer = this.signer(0)): Contract {
    return new Contract(at, abi, signer);
  }

  /** Calldata of a function. */
  encode(abi: readonly string[], name: string, ...inputs: unknown[]): string {
    return this.contract(this.at.guard, abi).interface.encodeFunctionData(name, inputs);
  }

  async send(user: number, at: string, abi: readonly string[], name: string, ...inputs: unknown[]): Promise<void> {
    const contract = this.contract(at, abi, this.signer(user));
    if (this.forwarder !== null && at === this.at.guard) {
      const input = contract.interface.encodeFunctionData(name, inputs);
      const data = `0x${at.slice(2).padStart(64, "0")}${input.slice(2)}`;
      await (await this.signer(user).sendTransaction({ to: this.forwarder, data, gasLimit: 5_000_000 })).wait();
      return;
    }
    await (await contract.getFunction(name).send(...inputs)).wait();
  }

  private signer(user: number): Signer {
    const signer = this.signers[user + 1];
    if (signer === undefined) throw new RangeError(`no signer ${user}`);
    return signer;
  }

  private key(user: number) {
    const key = USERS[user];
    if (key === undefined) throw new RangeError(`no user ${user}`);
    return key;
  }
}
