import type { Contract, Signer } from "ethers";
import { factoryOf } from "../../scripts/deploy/artifacts.ts";

/** The guard's answers, from everything allowed to nothing. @see contracts/interfaces/HomeostatTypes.sol Status */
export const STATUSES = ["Normal", "Stressed", "Broken", "Halted", "Exit"] as const;
export type StatusName = (typeof STATUSES)[number];

/** A bit of the mask that haltCauses() answers while a double is halted. */
const ANY_CAUSE = 1n;

/** A guard that says what a test tells it to say. */
export interface GuardDouble {
  /** What a protocol's constructor takes as its guard. */
  readonly address: string;
  /** For everything else that it can be told. @see contracts/testing/GuardDouble.sol */
  readonly contract: Contract;
  /** Brings a market into a state: of that market up to Broken, of all in Halted and Exit. */
  bringInto(market: number, status: StatusName): Promise<void>;
  /** Sets a market's mark and median, ticks. */
  price(market: number, mark: bigint, median?: bigint): Promise<void>;
  /**
   * The states in which a call goes through: for each state the double is brought there and the call simulated. Ends in Normal.
   * @param call a simulation, such as `() => vault.withdraw.staticCall(1n)`
   */
  gateOf(market: number, call: () => Promise<unknown>): Promise<readonly StatusName[]>;
}

/**
 * Deploys a GuardDouble, for the tests of a protocol that is gated by a guard. Local chains only.
 * @param artifacts folder of the compiled contracts
 */
export async function deployGuardDouble(
  signer: Signer,
  markets: number,
  artifacts = "artifacts",
): Promise<GuardDouble> {
  const factory = factoryOf(artifacts, "testing/GuardDouble.sol", "GuardDouble", signer);
  const deployed = await factory.deploy(markets);
  await deployed.waitForDeployment();
  const contract = deployed as Contract; // the factory cannot know its contract's functions
  const tell = async (name: string, ...values: readonly unknown[]): Promise<void> => {
    await (await contract.getFunction(name)(...values)).wait();
  };

  async function bringInto(market: number, status: StatusName): Promise<void> {
    const level = STATUSES.indexOf(status);
    await tell("setStatus", market, level < STATUSES.indexOf("Halted") ? level : 0);
    await tell("setHaltCauses", status === "Halted" ? ANY_CAUSE : 0n);
    await tell("setExit", status === "Exit");
  }

  return {
    address: await contract.getAddress(),
    contract,
    bringInto,
    price: (market, mark, median = mark) => tell("setPrice", market, mark, median),
    async gateOf(market, call) {
      const passing: StatusName[] = [];
      for (const status of STATUSES) {
        await bringInto(market, status);
        const went = await call().then(
          () => true,
          () => false,
        );
        if (went) passing.push(status);
      }
      await bringInto(market, "Normal");
      return passing;
    },
  };
}
