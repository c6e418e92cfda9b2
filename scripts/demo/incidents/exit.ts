/** Prover, reporters and owner are gone for good: after the exit delay everyone leaves with a proof made from chain data. */
import { LIMITS } from "../parameters.ts";
import { scriptedMarket } from "../scriptedMarket.ts";
import { identityOf } from "../story/people.ts";
import { marketTime, showExactUsd } from "../units.ts";
import { verifyEverything } from "../verification.ts";
import type { Direction } from "./direction.ts";
import type { Holdings } from "./holdings.ts";
import { COMMON_PROMISES, type Incident } from "./incident.ts";
import { closeAccounts } from "./losses.ts";
import { BLOCK_SEC, EXIT_BLOCKS, HALTED_SEC, PENDING, PEOPLE, SCENES } from "./stories/exitStory.ts";
import { follow, ofHall } from "./wayOut.ts";

export const EXIT: Incident = {
  title: "everybody who ran it is gone",
  about:
    "No prover, no reporter, no owner, no database: only the chain is left. The halt is noted; a week later anyone may lead the guard into Exit, and everyone takes what the last proven state owes them, with a Merkle proof that a command makes from chain data alone.",
  play: {
    market: scriptedMarket([
      { at: "12:00:00", prices: ["200", "25"] },
      { at: "12:02:00", prices: ["200.8", "24.95"] },
    ]),
    scenes: [...SCENES, PENDING],
    limits: LIMITS,
    promises: {
      halted: "without proofs everything was Halted by the clock",
      early: "nobody could enter Exit before its delay and its blocks had passed",
      entered: "after a week anyone could enter Exit, and did",
      shown: "the insurance account and the unproven deposit were shown in the time for that",
      full: "everyone recovered all that the last proven state owes, to the unit",
      vault: "what is left in the vault is what belongs to nobody: the insurance account's",
      conserved: "what everybody has together stayed the same, to the unit",
      ...COMMON_PROMISES,
    },
  },
  isVerifiedOnTheWay: true,
  async perform(direction) {
    const { theatre } = direction;
    for (const scene of SCENES) await direction.scene(scene);
    await direction.announce(marketTime(PENDING.at), PENDING.text);
    await theatre.prover.stop();
    const before = await direction.holdings();
    await direction.act(PENDING.actions);
    const changes = await direction.pass(HALTED_SEC);
    const halted = changes.find(({ causes }) => causes.length > 0);
    direction.saw(
      "halted",
      halted !== undefined,
      `Halted from block ${halted?.block} on: ${halted?.causes.join(", ")}`,
    );

    await enter(direction);
    await register(direction);
    await verifyEverything(theatre); // what is proven; how everyone is paid out of it no proof says
    await leave(direction, before);
    await closeAccounts(direction, before, ["when they vanished", "after Exit"], "left");
  },
};

async function enter(direction: Direction): Promise<void> {
  const { chain, stage } = direction.theatre;
  await follow(direction, { enter: true });
  const early = await direction.refusal("guard", "enterExit", [], direction.addressOf("Hana"));
  direction.saw("early", early === "NotExitable", `entering Exit now is refused: ${early}`);
  await chain.transport.send("hardhat_mine", [toHex(EXIT_BLOCKS), toHex(BLOCK_SEC)]);
  const { haltNotedAt } = await stage.guard.getFunction("alarms").staticCall();
  const delaySec = await stage.guard.getFunction("exitDelaySec").staticCall();
  const text = `A week and ${EXIT_BLOCKS.toLocaleString("en-US")} blocks later.`;
  await direction.announce(Number(haltNotedAt + delaySec), text);
  const view = await follow(direction, { enter: true });
  const exitAt = await stage.guard.getFunction("exitAt").staticCall();
  direction.saw("entered", view.phase === "exitable" && exitAt !== 0n, "the guard is in Exit, by Hana's transaction");
}

async function register(direction: Direction): Promise<void> {
  const { dues, calls } = await follow(direction, { register: true });
  const [deposit] = dues.deposits;
  const amounts = [dues.insurance, deposit?.amount ?? 0n].map(showExactUsd);
  const text = `shown: the insurance account's ${amounts[0]} USD, the unproven deposit's ${amounts[1]}`;
  direction.saw("shown", calls.length === 2 && dues.deposits.length === 1, text);
  const opensAt = await ofHall(direction, "opensAt");
  await direction.announce(Number(opensAt), "A day later the hall may open.");
}

async function leave(direction: Direction, before: Holdings): Promise<void> {
  const { stage } = direction.theatre;
  await follow(direction, {});
  const [backed, owed] = [await ofHall(direction, "backed"), await ofHall(direction, "owed")];
  direction.say(`the hall owes everybody ${showExactUsd(owed)} USD, and pays ${showExactUsd(backed)}`);
  const wallets = new Map<string, bigint>();
  for (const name of PEOPLE)
    wallets.set(name, BigInt(await stage.token.getFunction("balanceOf").staticCall(identityOf(name).address)));
  const complete = PEOPLE.every((name) => wallets.get(name) === before.people.get(name));
  direction.saw("full", complete, `all five have in their wallets what they had in all`);
  const vault = BigInt(await stage.token.getFunction("balanceOf").staticCall(stage.addresses.engine));
  direction.saw("vault", vault === before.insurance, `the vault holds ${showExactUsd(vault)} USD still`);
}

const toHex = (value: number): string => `0x${value.toString(16)}`;
