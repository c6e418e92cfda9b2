import { type Interface, keccak256, toUtf8Bytes } from "ethers";
import { ENGINE, GUARD } from "../../../prover/chain/events.ts";
import type { Transport } from "../../../prover/chain/transport.ts";
import { nextHead } from "../../../prover/service/applyEvents.ts";
import { type Constants, EMPTY_HEAD } from "../../../prover/service/view.ts";
import { makeGenesis } from "../../../scripts/deploy/genesis.ts";
import { applyBatch } from "../../../verifier/model/batch.ts";
import { encodeOperation } from "../../../verifier/model/operation.ts";
import { decodeOracle } from "../../../verifier/model/oracle.ts";
import { genesisState, type State, stateRoot } from "../../../verifier/model/state.ts";
import { reporterKeys, roundParameters } from "../../helpers/roundScenario.ts";

export const GUARD_ADDRESS = `0x${"a1".repeat(20)}`;
export const ENGINE_ADDRESS = `0x${"e1".repeat(20)}`;
const START_SEC = 1_760_000_000;
const BLOCK_SEC = 12;
const hex = (value: number | bigint): string => `0x${value.toString(16)}`;

/** Guard and engine after a block. */
interface World {
  readonly log: readonly { readonly words: readonly bigint[]; readonly head: string }[];
  readonly settled: number;
  readonly state: State;
  readonly versions: ReadonlyMap<number, State>;
  readonly forks: number;
}

interface Block {
  readonly number: number;
  readonly hash: string;
  readonly parentHash: string;
  readonly world: World;
  readonly logs: readonly { readonly address: string; readonly topics: readonly string[]; readonly data: string }[];
}

/** A chain of blocks by script, on which a guard says what the model forces. Nothing is sent to it. */
export class ScriptedGuard {
  canonical: Block[] = [];
  readonly byHash = new Map<string, Block>();
  readonly parameters;
  /** Replaces answers: return undefined to answer truly. */
  lie: (method: string, params: readonly unknown[]) => unknown = () => undefined;
  private readonly constants: Constants;
  private readonly genesis;

  constructor(constants: Constants) {
    const { hasher, profile } = constants;
    this.constants = constants;
    this.parameters = roundParameters(profile);
    const keys = reporterKeys(profile.reporters).map((key) => key.publicKey);
    const opening = { timestamp: BigInt(START_SEC), prices: [100_000n, 50_000n] };
    this.genesis = makeGenesis(hasher, profile, this.parameters, keys, opening);
    const state = genesisState(hasher, profile);
    const { stateRoot: root, oracleRoot, oracleParameters, marginParameters, reporterKeys: words } = this.genesis;
    const { oracleWords } = this.genesis;
    const world = { log: [], settled: 0, state, versions: new Map([[0, state]]), forks: 0 };
    this.mine("first", world, [
      log(GUARD, "Genesis", root, oracleRoot, oracleParameters, marginParameters, words, oracleWords),
    ]);
  }

  get head(): Block {
    return this.canonical[this.canonical.length - 1]!;
  }

  /** A block in which an account is paid in. */
  deposit(account: number, amount: bigint, salt = ""): void {
    const { world } = this.head;
    const { x, y } = reporterKeys(2)[account % 2]!.publicKey;
    const loggedAt = BigInt(START_SEC + BLOCK_SEC * (this.head.number + 1));
    const operation = { type: "deposit", account, amount, owner: BigInt(account) + 5n, key: { x, y } } as const;
    const words = encodeOperation({ ...operation, round: 0n, loggedAt, sender: 7n });
    const head = nextHead(world.log.at(-1)?.head ?? EMPTY_HEAD, words);
    const logs = [log(ENGINE, "OperationLogged", world.log.length, words)];
    this.mine(salt, { ...world, log: [...world.log, { words, head }] }, logs);
  }

  /** A block that settles the next operations. */
  batch(count: number): void {
    const { world } = this.head;
    const { hasher, profile, domain } = this.constants;
    const operations = world.log.slice(world.settled, world.settled + count).map(({ words }) => words);
    const context = { hasher, profile, domain, parameters: this.parameters };
    const { next, signals } = applyBatch(world.state, decodeOracle(this.genesis.oracleWords), operations, context);
    const settled = world.settled + count;
    const versions = new Map([...world.versions, [settled, next]]);
    const { newStateRoot, outcomeWord, totalsWord, box, lossWord } = signals;
    const parts = [world.settled, count, 0, newStateRoot, outcomeWord, totalsWord];
    this.mine("", { ...world, state: next, settled, versions }, [
      log(GUARD, "BatchProven", ...parts, box, lossWord, 0),
    ]);
  }

  /** A block in which the guard goes back to an earlier number of settled operations. @param lies what it says wrongly */
  rollBack(settled: number, lies: { readonly stateRoot?: bigint; readonly abandonedHead?: string } = {}): void {
    const { world } = this.head;
    const state = world.versions.get(settled) ?? world.state;
    const forks = world.forks + 1;
    const root = lies.stateRoot ?? stateRoot(this.constants.hasher, state);
    const abandonedHead = lies.abandonedHead ?? world.log.at(-1)?.head ?? EMPTY_HEAD;
    const versions = new Map([...world.versions].filter(([version]) => version <= settled));
    this.mine("", { log: world.log.slice(0, settled), settled, state, versions, forks }, [
      log(ENGINE, "LogForked", forks, settled, world.log.length - settled, abandonedHead),
      log(GUARD, "RolledBack", 4, settled, world.settled, root, 0, 0),
    ]);
  }

  mine(salt = "", world: World = this.head.world, logs: Block["logs"] = []): void {
    const parent = this.canonical.at(-1);
    const number = parent === undefined ? 0 : parent.number + 1;
    const parentHash = parent?.hash ?? `0x${"0".repeat(64)}`;
    const hash = keccak256(toUtf8Bytes(`${salt}:${number}:${parentHash}:${JSON.stringify(logs)}`));
    const block = { number, hash, parentHash, world, logs };
    this.canonical.push(block);
    this.byHash.set(hash, block);
  }

  /** Drops the newest blocks of the canonical branch. */
  drop(depth: number): void {
    this.canonical = this.canonical.slice(0, this.canonical.length - depth);
  }

  transport(): Transport {
    return {
      label: "scripted",
      send: async (method, params) => this.lie(method, params) ?? this.answer(method, params),
    };
  }

  private answer(method: string, params: readonly unknown[]): unknown {
    switch (method) {
      case "eth_blockNumber":
        return hex(this.head.number);
      case "eth_getBlockByNumber":
        return header(this.canonical[Number(params[0])]);
      case "eth_getBlockByHash":
        return header(this.byHash.get(String(params[0])));
      case "eth_getLogs":
        return this.logsOf((params[0] as { blockHash: string }).blockHash);
      case "eth_call":
        return this.call(params[0] as { to: string; data: string }, (params[1] as { blockHash: string }).blockHash);
      default:
        throw { code: -32601, message: `no method ${method}` };
    }
  }

  private logsOf(hash: string): unknown {
    const { number, logs } = this.byHash.get(hash)!;
    const place = { blockNumber: hex(number), blockHash: hash, transactionHash: hash, transactionIndex: "0x0" };
    return logs.map((entry, index) => ({ ...entry, ...place, logIndex: hex(index) }));
  }

  private call({ to, data }: { to: string; data: string }, hash: string): string {
    const { world } = this.byHash.get(hash)!;
    const contract: Interface = to === GUARD_ADDRESS ? GUARD : ENGINE;
    const name = contract.parseTransaction({ data })!.name;
    const root = stateRoot(this.constants.hasher, world.state);
    const answers: Record<string, readonly unknown[]> = {
      stateRoot: [root],
      oracleRoot: [this.genesis.oracleRoot],
      settled: [world.settled],
      round: [0],
      nextRoundTvl: [0],
      operationCount: [world.log.length],
      entryOf: [world.log.at(-1)?.head ?? EMPTY_HEAD, 0, 0],
    };
    return contract.encodeFunctionResult(name, answers[name]!);
  }
}

function log(contract: Interface, name: string, ...values: readonly unknown[]): Block["logs"][number] {
  const { topics, data } = contract.encodeEventLog(name, values);
  return { address: contract === GUARD ? GUARD_ADDRESS : ENGINE_ADDRESS, topics, data };
}

function header(block: Block | undefined): unknown {
  if (block === undefined) return null;
  const { number, hash, parentHash, logs } = block;
  const logsBloom = `0x${(logs.length > 0 ? "f" : "0").repeat(512)}`;
  return { number: hex(number), hash, parentHash, timestamp: hex(START_SEC + BLOCK_SEC * number), logsBloom };
}
