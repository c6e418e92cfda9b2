/** A guard on a real chain that everybody leaves: what the hall said and paid is read and checked again. */
import { expect } from "chai";
import { leaveGuard } from "../../verifier/exit/leaveGuard.ts";
import { createHasher } from "../../verifier/model/hasher.ts";
import type { VerdictReport } from "../../verifier/replay/report.ts";
import { verifyHistory } from "../../verifier/replay/verifyHistory.ts";
import { faulty } from "./helpers/faultyRpc.ts";
import { chain, LocalGuard } from "./helpers/localGuard.ts";

const DAY_SEC = 86_400;

function complaints({ entries }: VerdictReport): readonly string[] {
  return entries.flatMap(({ what, findings }) =>
    findings.flatMap(({ check, verdict }) => {
      if (verdict.status === "holds" || /\.proof$|^key\./.test(check)) return [];
      return [`${what}: ${check}: ${verdict.status === "violated" ? verdict.invariant : verdict.cause.message}`];
    }),
  );
}

const wait = async (seconds: number, blocks = 1) => {
  await chain.send("hardhat_mine", [`0x${blocks.toString(16)}`]);
  await chain.send("evm_increaseTime", [seconds]);
  await chain.send("hardhat_mine", ["0x1"]);
};

describe("verifyHistory of a guard in Exit", () => {
  let guard: LocalGuard;
  const follow = async (wanted: { enter?: true; register?: true }) => {
    const view = await leaveGuard({
      provider: chain,
      guard: guard.at.guard,
      fromBlock: guard.at.genesisBlock,
      ...{ enter: wanted.enter === true, register: wanted.register === true },
    });
    const [from] = (await chain.send("eth_accounts", [])) as readonly string[];
    for (const { to, data } of view.calls)
      await chain.send("eth_sendTransaction", [{ from, to, data, gas: "0x1000000" }]);
    return view;
  };
  const verify = (provider: typeof chain = chain) =>
    verifyHistory({ provider, guard: guard.at.guard, keys: null, fromBlock: guard.at.genesisBlock });

  before(async () => {
    guard = await LocalGuard.deploy(await createHasher(), "accepting");
    await guard.live(); // its last operation is a deposit that nobody settles
    await guard.withdraw(0, 7_000n, 3n);
    await guard.settle(1);
    await guard.settle(1);
    await guard.deposit(1, 345n);
    await wait(7_200);
    await follow({ enter: true });
    await wait(7 * DAY_SEC, 25_200);
    await follow({ enter: true });
    await follow({ register: true });
    await wait(DAY_SEC);
    await follow({});
  });

  it("holds when everybody was paid", async () => {
    const report = await verify();
    expect(complaints(report)).to.deep.equal([]);
    const said = report.entries.filter(({ what }) => what.startsWith("exit hall")).map(({ what }) => what);
    expect(said).to.deep.equal([
      "exit hall: insuranceShown",
      "exit hall: depositShown",
      "exit hall: opened",
      "exit hall: accountLeft 1",
      "exit hall: accountLeft 2",
      "exit hall: depositReturned",
    ]);
  });

  it("cannot be checked when the endpoint leaves out what the hall paid", async () => {
    const hall = guard.at.exitHall.toLowerCase();
    const answer = await verify(
      faulty(chain, "eth_getLogs", (logs) =>
        (logs as readonly { address: string; logIndex: string }[]).filter(
          ({ address }, i, all) => address.toLowerCase() !== hall || i < all.length - 1,
        ),
      ),
    );
    expect(answer.status).to.equal("unknown");
    expect(complaints(answer)[0]).to.match(
      /the endpoint lists 0 deposits|the endpoint lists 1 deposits|leaves out log/,
    );
  });
});
