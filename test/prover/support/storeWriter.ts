import { writeSync } from "node:fs";
import { openStore } from "../../../prover/store/store.ts";
import { emptyAccount } from "../../../verifier/model/account.ts";
import { IDENTITY, RING } from "./storeFixture.ts";

/**
 * Process of the crash tests: takes blocks in for ever and says so after each, until it is killed.
 * Every fifth block it first drops the last two, as a reorganisation does.
 */
const store = openStore(process.argv[2] ?? "", IDENTITY, RING);
for (let turn = 0; ; turn++) {
  const head = store.blocks.ring().at(-1);
  if (head !== undefined && turn % 5 === 4) store.rewindTo(head.number - 2);
  const parent = store.blocks.ring().at(-1);
  const number = (parent?.number ?? 0) + 1;
  store.transaction(() => {
    store.blocks.append({ number, hash: `${number}:${process.pid}:${turn}`, parentHash: parent?.hash ?? "" });
    const position = store.operations.count();
    store.operations.append({ position, blockNumber: number, words: new Array<bigint>(9).fill(1n), head: "0x" });
    const version = {
      settled: position + 1,
      blockNumber: number,
      provenAt: number,
      stateRoot: 1n,
      sumQuote: 0n,
      insurance: 0n,
    };
    const changed = new Map(
      Array.from({ length: 20 }, (_, index) => [index, { ...emptyAccount(2), quote: BigInt(number) }]),
    );
    store.versions.append({ ...version, markets: [0n], liabilities: 0n }, changed);
  });
  writeSync(1, `${number}\n`);
}
