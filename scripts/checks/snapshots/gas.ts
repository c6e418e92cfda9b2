import type { Contract, Interface, TransactionReceipt, TransactionResponse } from "ethers";
import { type Bench, deployBench } from "../../../test/helpers/contracts/bench.ts";
import { freezeTime } from "../../../test/helpers/contracts/gas/frozenTime.ts";
import { liveThrough } from "../../../test/helpers/contracts/gas/gasStory.ts";
import { ethers } from "../../../test/helpers/contracts/network.ts";

const MODIFYING = new Set(["nonpayable", "payable"]);

/**
 * Gas of every external function of guard and engine with its log, on mock verifiers: of a transaction the dearest in a fixed story,
 * of a view an estimate afterwards. Time, addresses and calldata are the same in every run.
 * @throws {Error} when a function that changes something does not occur in the story
 */
export async function externalGas(): Promise<Readonly<Record<string, Readonly<Record<string, number | string>>>>> {
  const time = await freezeTime();
  const [, council, timelock] = await Promise.all(
    (await ethers.getSigners()).slice(0, 3).map((signer) => signer.getAddress()),
  );
  const bench = await deployBench({ council: { council: council ?? "", timelock: timelock ?? "" } });
  await liveThrough(bench, time);
  const { guard, engine } = bench;
  const sent = await transactionGas({ [bench.at.guard]: guard.interface, [bench.at.engine]: engine.interface });
  return { Homeostat: await gasOf(guard, sent, bench), MarginEngine: await gasOf(engine, sent, bench) };
}

/** Gas of the dearest successful transaction by "address signature". */
async function transactionGas(interfaces: Readonly<Record<string, Interface>>): Promise<ReadonlyMap<string, number>> {
  const dearest = new Map<string, number>();
  for (let block = await ethers.provider.getBlockNumber(); block > 0; --block) {
    const found = await ethers.provider.getBlock(block, true);
    for (const { to, data, hash } of (found?.prefetchedTransactions ?? []) as readonly TransactionResponse[]) {
      const receipt: TransactionReceipt | null = await ethers.provider.getTransactionReceipt(hash);
      const name = to === null ? undefined : interfaces[to]?.getFunction(data.slice(0, 10))?.format();
      if (name === undefined || receipt?.status !== 1) continue;
      const key = `${to} ${name}`;
      dearest.set(key, Math.max(dearest.get(key) ?? 0, Number(receipt.gasUsed)));
    }
  }
  return dearest;
}

async function gasOf(contract: Contract, sent: ReadonlyMap<string, number>, bench: Bench) {
  const address = await contract.getAddress();
  const rows: Record<string, number | string> = {};
  for (const fragment of contract.interface.fragments) {
    if (!isFunction(fragment)) continue;
    const name = fragment.format();
    if (MODIFYING.has(fragment.stateMutability)) {
      const gas = sent.get(`${address} ${name}`);
      if (gas === undefined) throw new Error(`the story in gasStory.ts has no successful ${name}`);
      rows[name] = gas;
    } else {
      const given = fragment.inputs.map(({ type }) =>
        type === "address" ? bench.at.engine : type === "bytes32" ? `0x${"0".repeat(64)}` : 0n,
      );
      rows[name] = await contract
        .getFunction(name)
        .estimateGas(...given)
        .then(Number, () => "reverts");
    }
  }
  return rows;
}

function isFunction(fragment: { readonly type: string }): fragment is import("ethers").FunctionFragment {
  return fragment.type === "function";
}
