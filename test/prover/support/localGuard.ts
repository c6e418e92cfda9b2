import { Contract, type Signer } from "ethers";
import { network } from "hardhat";
import type { Transport } from "../../../prover/chain/transport.ts";
import type { ProverConfig } from "../../../prover/service/config.ts";
import { factoryOf } from "../../../scripts/deploy/artifacts.ts";
import { deployHomeostat } from "../../../scripts/deploy/deployHomeostat.ts";
import { makeGenesis } from "../../../scripts/deploy/genesis.ts";
import { ENGINE_ABI, TOKEN_ABI } from "../../../verifier/chain/abi.ts";
import { domainOf } from "../../../verifier/model/domain.ts";
import { createHasher } from "../../../verifier/model/hasher.ts";
import { PROFILES } from "../../../verifier/model/profile.ts";
import { signReport } from "../../../verifier/model/report.ts";
import { signOperation } from "../../../verifier/model/signOperation.ts";
import { reporterKeys, roundParameters } from "../../helpers/roundScenario.ts";
import { fakeBackend, fakeCircuits, PROVER_KEYS } from "./fakeProver.ts";

/** A guard with its engine on a chain in this process; without real verifiers unless `generated`. */
export async function createLocalGuard(options: { readonly generated?: boolean; readonly feeWei?: bigint } = {}) {
  const { ethers, provider } = await network.create();
  const feeWei = options.feeWei ?? 0n;
  const [deployer, ...users] = await ethers.getSigners();
  const profile = PROFILES.dev;
  const hasher = await createHasher();
  const keys = reporterKeys(profile.reporters);
  const startSec = BigInt((await ethers.provider.getBlock("latest"))!.timestamp);
  const parameters = roundParameters(profile);
  const opening = { timestamp: startSec, prices: [100_000n, 50_000n] };
  const genesis = makeGenesis(
    hasher,
    profile,
    parameters,
    keys.map((key) => key.publicKey),
    opening,
  );
  const verifiers = options.generated ? {} : { verifiers: await comparingVerifiers(deployer!) };
  const deployment = await deployHomeostat(deployer!, {
    profile,
    genesis,
    token: "test",
    ...verifiers,
    limits: { maxReportAgeSec: 100_000, roundDeadlineSec: 100_000 },
    engine: { minimumDeposit: 1n, feeWei },
    artifacts: "artifacts",
  });
  const transport: Transport = {
    label: "hardhat",
    send: (method, params) => provider.request({ method, params: [...params] }),
  };
  const domain = domainOf(31337n, deployment.guard);
  const request = (method: string, ...params: unknown[]): Promise<unknown> => provider.request({ method, params });

  /** Deposits for one of the users, so that one operation is logged. */
  async function deposit(user: number, amount: bigint): Promise<void> {
    const signer = users[user]!;
    const token = new Contract(deployment.token, TOKEN_ABI, signer);
    await (await token.getFunction("mint")(signer.address, amount)).wait();
    await (await token.getFunction("approve")(deployment.engine, amount)).wait();
    const { x, y } = keys[user]!.publicKey;
    await (
      await new Contract(deployment.engine, ENGINE_ABI, signer).getFunction("deposit")(amount, x, y, { value: feeWei })
    ).wait();
  }

  /** The first account buys from the second, both having deposited in this order; fee 1, nonce 1. */
  async function trade(size: bigint, price: bigint): Promise<void> {
    const none = { r8x: 0n, r8y: 0n, s: 0n };
    const terms = { market: 0, size, price, expiry: 4_000_000_000n };
    const parties = { buyer: 1, seller: 2, fee: 1n, buyerNonce: 1n, sellerNonce: 1n };
    const operation = { type: "trade", ...terms, ...parties, buyerSignature: none, sellerSignature: none } as const;
    const signed = signOperation(hasher, domain, operation, { first: keys[0]!, second: keys[1]! });
    const order = { ...terms, accountA: 1n, accountB: 2n, nonceA: 1n, nonceB: 1n, amount: 1n };
    const engine = new Contract(deployment.engine, ENGINE_ABI, users[0]!);
    await (
      await engine.getFunction("trade")(order, signed.buyerSignature, signed.sellerSignature, { value: feeWei })
    ).wait();
  }

  async function backstop(account: number): Promise<void> {
    const engine = new Contract(deployment.engine, ENGINE_ABI, users[0]!);
    await (await engine.getFunction("backstop")(account, { value: feeWei })).wait();
  }

  /** The reports of all reporters, saying the same at a time after the start. */
  function roundWords(afterSec: number, prices: readonly bigint[]): readonly bigint[] {
    const report = { timestamp: startSec + BigInt(afterSec), prices, fundingRates: prices.map(() => 0n) };
    return keys.flatMap((key) => signReport(hasher, key, domain, report));
  }

  return {
    ethers,
    provider,
    request,
    transport,
    deployment,
    deposit,
    trade,
    backstop,
    roundWords,
    hasher,
    profile,
    keys,
    domain,
    startSec,
  };
}

export type LocalGuard = Awaited<ReturnType<typeof createLocalGuard>>;

/** Verifiers that accept exactly the signals which the fake backend was asked to prove. */
async function comparingVerifiers(signer: Signer): Promise<{ readonly round: string; readonly batch: string }> {
  const deploy = async (): Promise<string> => {
    const name = "MockVerifierComparesSignals";
    const contract = await factoryOf("artifacts", `mocks/${name}.sol`, name, signer).deploy();
    await contract.waitForDeployment();
    return contract.getAddress();
  };
  return { round: await deploy(), batch: await deploy() };
}

/** Configuration of a prover for a local guard, with the fake backend. */
export function proverConfig(guard: LocalGuard, changes: Partial<ProverConfig> = {}): ProverConfig {
  return {
    transport: guard.transport,
    guard: guard.deployment.guard,
    profile: guard.profile,
    artefacts: fakeCircuits(),
    storePath: ":memory:",
    signerKey: PROVER_KEYS[0],
    pollMs: 5,
    restMs: 50,
    backend: fakeBackend(),
    ...changes,
  };
}
