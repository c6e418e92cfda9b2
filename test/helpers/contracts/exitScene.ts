import { Contract, type Signer } from "ethers";
import { HALL_ABI } from "../../../verifier/chain/hallAbi.ts";
import { type AccountOpening, openingOf } from "../../../verifier/exit/opening.ts";
import { emptyAccount } from "../../../verifier/model/account.ts";
import { createHasher, type Hasher } from "../../../verifier/model/hasher.ts";
import { type State, stateRoot } from "../../../verifier/model/state.ts";
import { emptyTree, setAccount } from "../../../verifier/model/tree.ts";
import { type Bench, CALM, deployBench, FEE_WEI, LIMITS, now, PROFILE } from "./bench.ts";
import { lossOf, type MarketPrices, totalsOf } from "./encode.ts";
import { ethers, networkHelpers } from "./network.ts";

/** Who owns what: quote units and lots per market. Sizes of all holdings of a scene sum to zero in each market. */
export interface Holding {
  readonly owner: string;
  readonly quote: bigint;
  readonly sizes: readonly [bigint, bigint];
}

export interface SceneOptions {
  /** Accounts 1, 2, ... */
  readonly holdings: readonly Holding[];
  /** Account 0; its owner is ignored. */
  readonly insuranceAccount?: Pick<Holding, "quote" | "sizes">;
  readonly insurance?: bigint;
  readonly losses?: readonly [Losses, Losses];
  readonly prices?: readonly [MarketPrices, MarketPrices];
  /** A withdrawal of so much is settled and becomes claim 0, of Alice's. */
  readonly claim?: bigint;
  readonly token?: string;
  /** Logs deposits without tokens too: contracts/mocks/BuggyEngine.sol. */
  readonly isEngineBuggy?: boolean;
}

interface Losses {
  readonly long: bigint;
  readonly short: bigint;
}

/** A guard whose proven state is a real one, with a vault that holds exactly what it owes. */
export interface Scene {
  readonly bench: Bench;
  readonly hall: Contract;
  readonly hasher: Hasher;
  readonly state: State;
  readonly opening: (index: number) => AccountOpening;
  /** What a holding is worth, written down plainly; signed quote units. */
  readonly worth: (index: number) => bigint;
  readonly liabilities: bigint;
}

export const PRICES: readonly [MarketPrices, MarketPrices] = [
  { ...CALM, mark: 1000n, median: 990n, fundingIndex: 3n },
  { ...CALM, mark: 50n, median: 51n, fundingIndex: -2n },
];
export const LOSSES: readonly [Losses, Losses] = [
  { long: 4n, short: -1n },
  { long: 0n, short: -7n },
];
const NOBODY = { quote: 0n, sizes: [0n, 0n] } as const;
const SAFEST_LANE = 1n; // a bound that no price reaches: nothing here is about certificates

export async function makeScene(options: SceneOptions): Promise<Scene> {
  const { insurance = 0n, losses = LOSSES, prices = PRICES, claim = 0n, token } = options;
  const hasher = await createHasher();
  const all = [options.insuranceAccount ?? NOBODY, ...options.holdings];
  const owners = [ethers.ZeroAddress, ...options.holdings.map(({ owner }) => owner)];
  const state = stateOf(hasher, all, owners, insurance, losses);
  const worth = (index: number) => {
    const { quote, sizes } = all[index] ?? NOBODY;
    return [0, 1].reduce((sum, m) => {
      const size = sizes[m]!;
      const loss = size > 0n ? losses[m]!.long : losses[m]!.short;
      return sum + size * (prices[m]!.mark - prices[m]!.fundingIndex - loss);
    }, quote);
  };
  const liabilities = all.reduce((sum, _, index) => sum + worth(index), insurance);

  const buggy = { engineContract: { source: "mocks/BuggyEngine.sol", name: "BuggyEngine" } };
  const bench = await deployBench({
    ...(token === undefined ? {} : { token }),
    ...(options.isEngineBuggy === true ? buggy : {}),
  });
  await bench.deposit(bench.alice, liabilities + claim);
  if (claim > 0n) {
    const engine = bench.engine.connect(bench.alice) as Contract;
    const signature = { r8x: 1n, r8y: 2n, s: 3n };
    await engine.withdraw!(1n, claim, 1n, (await now()) + 1000n, signature, { value: FEE_WEI });
  }
  await bench.settle(claim > 0n ? 2 : 1, {
    box: state.tree.root.box,
    lossWord: lossOf(losses),
    update: { newStateRoot: stateRoot(hasher, state), totalsWord: totalsOf(liabilities, insurance) },
  });
  await bench.submitRound({ markets: prices });
  const hall = new Contract(bench.at.exitHall, HALL_ABI, bench.deployer);
  return { bench, hall, hasher, state, worth, liabilities, opening: (index) => openingOf(hasher, state, index) };
}

/** Takes tokens out of the vault, as only a broken engine could. */
export async function drainVault({ at, token, bob }: Bench, amount: bigint): Promise<void> {
  await networkHelpers.impersonateAccount(at.engine);
  await networkHelpers.setBalance(at.engine, 10n ** 18n);
  const engine = (await ethers.getSigner(at.engine)) as unknown as Signer;
  await (token.connect(engine) as Contract).transfer!(await bob.getAddress(), amount);
}

/** The guard halts for want of prices, somebody notes it, and it lasts until Exit begins. */
export async function enterExit({ bench: { guard } }: Pick<Scene, "bench">): Promise<void> {
  await networkHelpers.time.increase(LIMITS.roundDeadlineSec + 1);
  await guard.noteHalt!();
  await networkHelpers.mine(LIMITS.exitBlocks);
  await networkHelpers.time.increase(LIMITS.exitDelaySec);
  await guard.enterExit!();
}

/** The hall opens: insurance and losses are shown, and the time to show them is over. */
export async function openHall(scene: Scene, bankrupt: readonly number[] = []): Promise<void> {
  await enterExit(scene);
  await scene.hall.showInsurance!(scene.opening(0));
  for (const index of bankrupt) await scene.hall.showLoss!(scene.opening(index));
  await networkHelpers.time.increaseTo(await scene.hall.opensAt!());
  await scene.hall.open!();
}

/** An operation of the log as the hall is shown it: its raw words, the chain's head before it, and the head that it made. */
export interface Logged {
  readonly words: readonly bigint[];
  readonly before: string;
  readonly head: string;
}

/** One that is in the log. */
export async function loggedAt(bench: Pick<Bench, "engine" | "logged">, operation: number): Promise<Logged> {
  const [words = []] = await bench.logged(operation, 1);
  const { headBefore, headAfter } = await bench.engine.headsOf!(operation, 1);
  return { words, before: headBefore, head: headAfter };
}

function stateOf(
  hasher: Hasher,
  all: readonly Pick<Holding, "quote" | "sizes">[],
  owners: readonly string[],
  insurance: bigint,
  losses: readonly [Losses, Losses],
): State {
  const { depth, markets } = PROFILE;
  const tree = all.reduce(
    (tree, { quote, sizes }, index) => {
      const lanes = sizes.flatMap((size) => [size > 0n ? SAFEST_LANE : 0n, size < 0n ? SAFEST_LANE : 0n]);
      const key = { keyX: 100n + BigInt(index), keyY: 200n + BigInt(index), nonce: BigInt(index) };
      const account = { ...emptyAccount(markets), ...key, owner: BigInt(owners[index]!), quote, sizes, lanes };
      return quote === 0n && sizes.every((size) => size === 0n) ? tree : setAccount(hasher, tree, index, account);
    },
    emptyTree(hasher, depth, markets),
  );
  const interest = (m: number) => all.reduce((sum, { sizes }) => sum + (sizes[m]! > 0n ? sizes[m]! : 0n), 0n);
  return {
    tree,
    sumQuote: all.reduce((sum, { quote }) => sum + quote, 0n),
    insurance,
    markets: losses.map(({ long, short }, m) => ({ openInterest: interest(m), lossLong: long, lossShort: short })),
  };
}
