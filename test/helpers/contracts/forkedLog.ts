import type { Contract, Signer } from "ethers";
import { chainHead } from "./encode.ts";
import { ethers, networkHelpers } from "./network.ts";

export type Words = readonly bigint[];

/** Words of an operation of the given type whose second word is `tag`. The log writes the third. */
export const wordsOf = (type: bigint, tag: bigint): Words => [type, tag, 0n, 0n, 0n, 0n, 0n, 0n, 0n];
export const recertify = (tag: bigint): Words => wordsOf(6n, tag);
export const depositOf = (amount: bigint): Words => wordsOf(1n, amount * 2n ** 67n);

export const ZERO_HEAD = `0x${"00".repeat(32)}`;

/** Heads of the chain: `heads[i]` after the first i operations. */
export function headsOver(operations: readonly Words[]): readonly string[] {
  const heads = [ZERO_HEAD];
  for (const words of operations) heads.push(chainHead(heads.at(-1) ?? ZERO_HEAD, words));
  return heads;
}

/** A log whose guard does as the test says: settles at will, and cuts the log. */
export interface ForkedLog {
  readonly log: Contract;
  readonly double: Contract;
  /** Sends as the guard. */
  readonly asGuard: Contract;
  readonly by: Signer;
  settleTo(count: bigint): Promise<void>;
  /** Words as they were logged, the latest of each index. */
  logged(): Promise<readonly Words[]>;
}

export async function deployForkedLog(): Promise<ForkedLog> {
  const double = (await ethers.deployContract("GuardDouble", [2n])) as unknown as Contract;
  const address = await double.getAddress();
  const log = (await ethers.deployContract("HostileEngine", [address])) as unknown as Contract;
  await networkHelpers.impersonateAccount(address);
  await networkHelpers.setBalance(address, 10n ** 18n);
  const asGuard = log.connect(await ethers.getSigner(address)) as Contract;
  const [, by] = await ethers.getSigners();
  const settleTo = async (count: bigint) => {
    await double.setProven!(0n, count);
  };
  const logged = async () => {
    const words: Words[] = [];
    for (const event of await log.queryFilter(log.filters.OperationLogged!())) {
      const { args } = event as unknown as { args: { index: bigint; words: bigint[] } };
      words[Number(args.index)] = [...args.words];
    }
    return words.slice(0, Number(await log.operationCount!()));
  };
  return { log, double, asGuard, by: by as unknown as Signer, settleTo, logged };
}
