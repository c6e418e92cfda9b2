import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { GUARD } from "../../verifier/chain/interfaces.ts";
import { uptimeReader } from "../../verifier/replay/readUptime.ts";
import { createRpc } from "../../verifier/replay/rpc.ts";
import { answering, words } from "./helpers/answering.ts";

const [GUARD_AT, FEED] = [`0x${"a".repeat(40)}`, `0x${"f".repeat(40)}`];
const BLOCK = 9;

describe("uptimeReader", () => {
  const UPTIME_FEED = GUARD.encodeFunctionData("uptimeFeed");
  const read = async (feed: string, answerOf: (block: number) => string | undefined) => {
    const bound = GUARD.encodeFunctionResult("uptimeFeed", [feed]);
    const rpc = createRpc(answering((call, block) => (call === UPTIME_FEED ? bound : answerOf(block))));
    return (await uptimeReader(rpc, GUARD_AT, BLOCK))(BLOCK);
  };

  it("reads state and beginning before and after a block", async () => {
    const answers = await read(FEED, (block) => words(1n, block === BLOCK ? 1n : 0n, BigInt(block), 0n, 1n));
    expect(answers).to.deep.equal([
      { state: 0n, startedAt: BigInt(BLOCK - 1) },
      { state: 1n, startedAt: BigInt(BLOCK) },
    ]);
  });

  it("takes fewer words than five for nonsense", async () => {
    expect(await read(FEED, () => words(1n, 0n, 5n, 0n))).to.deep.equal(["nonsense", "nonsense"]);
  });

  it("knows nothing when one of the calls fails", async () => {
    expect(await read(FEED, (block) => (block === BLOCK ? words(1n, 0n, 5n, 0n, 1n) : undefined))).to.equal(null);
  });

  it("asks nothing where no feed is bound", async () => {
    expect(await read(ZeroAddress, () => undefined)).to.deep.equal([]);
  });
});
