import { expect } from "chai";
import { ZeroHash } from "ethers";
import { GUARD, TOKEN } from "../../verifier/chain/interfaces.ts";
import { createRpc } from "../../verifier/replay/rpc.ts";
import { vaultAt } from "../../verifier/replay/vaultAt.ts";
import { answering, words } from "./helpers/answering.ts";

const address = (digit: string) => `0x${digit.repeat(40)}`;
const [GUARD_AT, ENGINE_AT, TOKEN_AT, STRANGER] = ["a", "b", "c", "d"].map(address) as [string, string, string, string];
const BLOCK = 9;
const AFTER = 100n;

/** A transfer of the token, at a place in the block. */
function transfer(logIndex: number, from: string, to: string, value: bigint) {
  const { data, topics } = TOKEN.encodeEventLog("Transfer", [from, to, value]);
  const place = { blockNumber: `0x${BLOCK}`, blockHash: ZeroHash, transactionHash: ZeroHash };
  return { ...place, address: TOKEN_AT, topics, data, logIndex: `0x${logIndex}` };
}

/** After the block the vault holds 100. */
const ANSWERS: Readonly<Record<string, string>> = {
  [GUARD.encodeFunctionData("engine")]: GUARD.encodeFunctionResult("engine", [ENGINE_AT]),
  [GUARD.encodeFunctionData("token")]: GUARD.encodeFunctionResult("token", [TOKEN_AT]),
  [TOKEN.encodeFunctionData("balanceOf", [ENGINE_AT])]: words(AFTER),
};

describe("vaultAt", () => {
  for (const { title, logs, held } of [
    { title: "the balance after the block", logs: [], held: AFTER },
    { title: "that less what came later", logs: [transfer(6, STRANGER, ENGINE_AT, 30n)], held: 70n },
    { title: "that and what left later", logs: [transfer(6, ENGINE_AT, STRANGER, 30n)], held: 130n },
    { title: "unmoved by what came before", logs: [transfer(4, STRANGER, ENGINE_AT, 30n)], held: AFTER },
    { title: "unmoved by what others move", logs: [transfer(6, STRANGER, GUARD_AT, 30n)], held: AFTER },
    { title: "unmoved by what it sends to itself", logs: [transfer(6, ENGINE_AT, ENGINE_AT, 30n)], held: AFTER },
  ]) {
    it(`is ${title}`, async () => {
      const at = { blockNumber: BLOCK, logIndex: 5 };
      expect(await vaultAt(createRpc(answering((data) => ANSWERS[data], logs)), GUARD_AT, at)).to.equal(held);
    });
  }

  it("is not known when the endpoint does not answer", async () => {
    const mute = createRpc(answering(() => undefined));
    expect(await vaultAt(mute, GUARD_AT, { blockNumber: BLOCK, logIndex: 5 })).to.equal(null);
  });
});
