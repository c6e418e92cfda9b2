import { ethers, networkHelpers } from "../network.ts";

/** Unix seconds of the first block of the story; some day that has not come, and is below 2^32. */
const BEGINNING = 2_000_000_000;
const BLOCK_SEC = 2;

/** The chain's clock, which stands still between transactions. */
export interface FrozenTime {
  /** Lets the next transaction happen so many seconds later. */
  wait(seconds: number): Promise<void>;
}

/** Gives every block from now on a time that does not depend on the machine's clock. */
export async function freezeTime(): Promise<FrozenTime> {
  let now = BEGINNING;
  const { provider } = ethers;
  const send = provider.send.bind(provider);
  await networkHelpers.time.increaseTo(now);
  provider.send = async (method: string, parameters: readonly unknown[] = []) => {
    if (method === "eth_sendTransaction" || method === "eth_sendRawTransaction") {
      now += BLOCK_SEC;
      await send("evm_setNextBlockTimestamp", [now]);
    }
    return send(method, [...parameters]);
  };
  return {
    async wait(seconds) {
      now += seconds;
      await networkHelpers.time.increaseTo(now);
    },
  };
}
