/** Reads what a fork of the log abandoned: operations as they were logged, with the chain's head before each. */
import { nextHead } from "../../../prover/service/applyEvents.ts";
import { EMPTY_HEAD } from "../../../prover/service/view.ts";
import type { Stage } from "../stage/contracts.ts";

export interface AbandonedOperation {
  readonly headBefore: string;
  /** Nine words. */
  readonly words: readonly bigint[];
}

/** Of the log's first fork, oldest first; none when it never forked. */
export async function abandonedOperations({ engine, addresses }: Stage): Promise<readonly AbandonedOperation[]> {
  const [fork] = await engine.queryFilter("LogForked", addresses.genesisBlock);
  if (fork === undefined) return [];
  const { fromIndex } = argsOf(engine, fork);
  const operations: AbandonedOperation[] = [];
  let head = EMPTY_HEAD;
  for (const log of await engine.queryFilter("OperationLogged", addresses.genesisBlock, fork.blockNumber)) {
    const { index, words } = argsOf(engine, log);
    const operation = { headBefore: head, words: [...words].map(BigInt) };
    if (index >= fromIndex) operations.push(operation);
    head = nextHead(head, operation.words);
  }
  return operations;
}

function argsOf({ interface: abi }: Stage["engine"], { topics, data }: { topics: readonly string[]; data: string }) {
  const parsed = abi.parseLog({ topics, data });
  if (parsed === null) throw new RangeError("the engine's own event cannot be read");
  return parsed.args;
}
