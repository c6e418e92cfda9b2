/** The deployed contracts as seen from the demo's seat, and everybody's wallet. */
import {
  Contract,
  type ContractTransactionReceipt,
  type ContractTransactionResponse,
  JsonRpcProvider,
  Wallet,
} from "ethers";
import { ENGINE_ABI, GUARD_ABI, TOKEN_ABI } from "../../../verifier/chain/abi.ts";
import type { Hasher } from "../../../verifier/model/hasher.ts";
import { type Deployment, deployHomeostat } from "../../deploy/deployHomeostat.ts";
import { makeGenesis } from "../../deploy/genesis.ts";
import type { LocalChain } from "../chain/startChain.ts";
import { PARAMETERS, PROFILE } from "../parameters.ts";
import type { Play } from "../play.ts";
import { CAST } from "../story/cast.ts";
import { identityOf, REPORTER_KEYS, walletKeyOf } from "../story/people.ts";
import { depositsOf } from "../story/story.ts";

export interface Stage {
  readonly provider: JsonRpcProvider;
  readonly addresses: Deployment;
  readonly guard: Contract;
  readonly engine: Contract;
  readonly token: Contract;
  readonly domain: bigint;
  /** Native token that each operation pays to its prover, wei. */
  readonly feeWei: bigint;
  /** Wallet of someone of the cast, or "keeper". */
  walletOf(name: string): Wallet;
  close(): void;
}

const POLLING_MS = 50;

/** Deploys guard, engine, verifiers and a test token, and gives everybody what they will deposit. */
export async function setStage(
  chain: LocalChain,
  hasher: Hasher,
  { scenes, limits, engine: engineContract }: Play,
  opening: { readonly timeSec: number; readonly prices: readonly bigint[] },
): Promise<Stage> {
  const provider = new JsonRpcProvider(chain.url, undefined, { pollingInterval: POLLING_MS, cacheTimeout: -1 });
  const names = ["deployer", "keeper", "prover", ...CAST.map(({ name }) => name)];
  const wallets = new Map(names.map((name) => [name, new Wallet(walletKeyOf(name), provider)]));
  const walletOf = (name: string): Wallet => {
    const wallet = wallets.get(name);
    if (wallet === undefined) throw new RangeError(`${name} has no wallet`);
    return wallet;
  };
  for (const wallet of wallets.values()) await chain.fund(wallet.address);

  const keys = REPORTER_KEYS.map((key) => key.publicKey);
  const timestamp = BigInt(opening.timeSec);
  const genesis = makeGenesis(hasher, PROFILE, PARAMETERS, keys, { timestamp, prices: opening.prices });
  const deployer = walletOf("deployer");
  const addresses = await deployHomeostat(deployer, {
    profile: PROFILE,
    genesis,
    token: "test",
    limits,
    ...(engineContract === undefined ? {} : { engineContract }),
  });
  const guard = new Contract(addresses.guard, GUARD_ABI, provider);
  const engine = new Contract(addresses.engine, [...ENGINE_ABI, ...(engineContract?.functions ?? [])], provider);
  const token = new Contract(addresses.token, TOKEN_ABI, provider);

  for (const [name, amount] of depositsOf(scenes)) {
    await mined(token.connect(deployer), "mint", [identityOf(name).address, amount]);
    await mined(token.connect(walletOf(name)), "approve", [addresses.engine, amount]);
  }
  return {
    provider,
    addresses,
    guard,
    engine,
    token,
    domain: (await guard.getFunction("domain").staticCall()) as bigint,
    feeWei: (await engine.getFunction("feeWei").staticCall()) as bigint,
    walletOf,
    close: () => provider.destroy(),
  };
}

/** A transaction ended without a receipt. */
export class NoReceiptError extends Error {
  override readonly name = "NoReceiptError";
  readonly code = "NO_RECEIPT";
}

/** Sends a transaction and waits until it is in a block. */
export async function mined(
  contract: ReturnType<Contract["connect"]>,
  method: string,
  parameters: readonly unknown[],
  value = 0n,
): Promise<ContractTransactionReceipt> {
  const overrides = value === 0n ? [] : [{ value }];
  const sent = (await (contract as Contract)
    .getFunction(method)
    .send(...parameters, ...overrides)) as ContractTransactionResponse; // ethers' own answer to send
  const receipt = await sent.wait();
  if (receipt === null) throw new NoReceiptError(`${method} has no receipt`);
  return receipt;
}
