import { id, keccak256, toUtf8Bytes } from "ethers";
import type { Transport } from "../../../prover/chain/transport.ts";

/** A block of the scripted chain; `salt` tells branches apart. */
export interface FakeBlock {
  readonly number: number;
  readonly hash: string;
  readonly parentHash: string;
  readonly logs: readonly { readonly address: string; readonly topic: string }[];
}

export const WATCHED = `0x${"ab".repeat(20)}`;
export const TOPIC = id("Scripted(uint256)");
const FULL_BLOOM = `0x${"f".repeat(512)}`;
const EMPTY_BLOOM = `0x${"0".repeat(512)}`;
const hex = (value: number): string => `0x${value.toString(16)}`;

/** A scripted chain: one canonical branch, and every block ever made, by hash. */
export class FakeChain {
  canonical: FakeBlock[] = [];
  readonly byHash = new Map<string, FakeBlock>();
  /** Replaces answers: return undefined to answer truly. */
  lie: (method: string, params: readonly unknown[]) => unknown = () => undefined;
  calls = 0;

  constructor() {
    this.mine("genesis", 0);
  }

  get head(): FakeBlock {
    return this.canonical[this.canonical.length - 1]!;
  }

  mine(salt: string, logCount: number): FakeBlock {
    const parent = this.canonical.at(-1);
    const number = parent === undefined ? 0 : parent.number + 1;
    const parentHash = parent?.hash ?? `0x${"0".repeat(64)}`;
    const block: FakeBlock = {
      number,
      parentHash,
      hash: keccak256(toUtf8Bytes(`${salt}:${number}:${parentHash}`)),
      logs: Array.from({ length: logCount }, () => ({ address: WATCHED, topic: TOPIC })),
    };
    this.canonical.push(block);
    this.byHash.set(block.hash, block);
    return block;
  }

  /** Drops the newest blocks of the canonical branch; they stay reachable by hash. */
  drop(depth: number): void {
    this.canonical = this.canonical.slice(0, this.canonical.length - depth);
  }

  transport(): Transport {
    return {
      label: "fake",
      send: async (method, params) => {
        this.calls++;
        const lie = this.lie(method, params);
        if (lie !== undefined) return lie;
        return this.answer(method, params);
      },
    };
  }

  private answer(method: string, params: readonly unknown[]): unknown {
    switch (method) {
      case "eth_blockNumber":
        return hex(this.head.number);
      case "eth_getBlockByNumber":
        return this.header(this.canonical[Number(params[0])]);
      case "eth_getBlockByHash":
        return this.header(this.byHash.get(String(params[0])));
      case "eth_getLogs": {
        const block = this.byHash.get((params[0] as { blockHash: string }).blockHash);
        if (block === undefined) throw { code: -32000, message: "unknown block" };
        return block.logs.map((_, index) => this.log(block, index));
      }
      default:
        throw { code: -32601, message: `no method ${method}` };
    }
  }

  header(block: FakeBlock | undefined): Record<string, unknown> | null {
    if (block === undefined) return null;
    return {
      number: hex(block.number),
      hash: block.hash,
      parentHash: block.parentHash,
      timestamp: hex(1_700_000_000 + block.number),
      logsBloom: block.logs.length > 0 ? FULL_BLOOM : EMPTY_BLOOM,
    };
  }

  log(block: FakeBlock, index: number): Record<string, unknown> {
    const log = block.logs[index]!;
    return {
      address: log.address,
      topics: [log.topic],
      data: "0x",
      blockNumber: hex(block.number),
      blockHash: block.hash,
      transactionHash: block.hash,
      transactionIndex: "0x0",
      logIndex: hex(index),
    };
  }
}

/** Small seeded generator, uniform in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
