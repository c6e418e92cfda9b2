import { Interface } from "ethers";
import { TOKEN_ABI } from "../../verifier/chain/abi.ts";
import { causeNumber } from "../../verifier/check/incidentCauses.ts";
import { deficitRule, type RollbackFacts, type RollbackRule, vaultRule } from "../../verifier/check/rollbackRules.ts";
import type { ChainClient } from "../chain/client.ts";
import { ENGINE, GUARD } from "../chain/events.ts";
import { LedgerMismatchError } from "../service/errors.ts";
import { foldCheckpoints, type Link, type ProvenChain } from "./foldCheckpoints.ts";
import { readGuardEvents } from "./readGuardEvents.ts";

const TOKEN = new Interface(TOKEN_ABI);

/** A rollback that a rule allows: the arguments of the guard's rollBack. */
export interface RollbackPlan {
  readonly cause: bigint;
  readonly target: Link;
  /** Everything that was proven after the target. */
  readonly later: readonly Link[];
}

/** What can be done now, and what each rule says. */
export interface RollbackOutlook {
  readonly plan: RollbackPlan | null;
  /** Each cause by name, and why its rule does not hold; null where it does. */
  readonly rules: Readonly<Record<"vaultShort" | "deficit", string | null>>;
  /** The vault is short and nobody has noted it: a note is the first step. */
  readonly isNoteDue: boolean;
  readonly facts: RollbackFacts;
}

/**
 * Rebuilds the checkpoints from events, compares them with the guard's, and asks the rules.
 * @param fromBlock block of the guard's deployment, or an earlier one
 * @throws {LedgerMismatchError} when the events do not give the checkpoints that the guard holds
 */
export async function planRollback(
  client: ChainClient,
  guard: string,
  fromBlock: number,
  signal: AbortSignal,
): Promise<RollbackOutlook> {
  const head = await client.blockByNumber("latest", signal);
  if (head === null) throw new LedgerMismatchError("newest block", "none", "one");
  const asker = askAt(client, head.hash, signal);
  const engine = String(await asker(GUARD, guard, "engine")).toLowerCase();
  const events = await readGuardEvents(client, { guard, engine }, { fromBlock, head }, signal);
  const chain = foldCheckpoints(events);
  const claimed = BigInt(String(await asker(GUARD, guard, "checkpointHead")));
  const derived = chain.links.at(-1)?.head ?? 0n;
  if (claimed !== derived) throw new LedgerMismatchError("head of the checkpoints", claimed, derived);
  const facts = await readFacts(asker, { guard, engine }, chain, BigInt(head.timestamp));
  return outlook(chain, facts);
}

function outlook(chain: ProvenChain, facts: RollbackFacts): RollbackOutlook {
  const [vault, deficit] = [vaultRule(facts), deficitRule(facts)];
  const planOf = (cause: "vaultShort" | "deficit", { target }: RollbackRule): RollbackPlan | string => {
    const at = chain.links.findIndex(({ checkpoint }) => checkpoint === target);
    const link = chain.links[at];
    if (link === undefined) return "no target";
    const { claimCount } = link.checkpoint;
    if (chain.paidBelow > claimCount) return `claim ${chain.paidBelow - 1n} was paid, and was made after the target`;
    return { cause: causeNumber(cause), target: link, later: chain.links.slice(at + 1) };
  };
  const answers = {
    vaultShort: vault.why ?? planOf("vaultShort", vault),
    deficit: deficit.why ?? planOf("deficit", deficit),
  };
  const plans = Object.values(answers).filter((answer) => typeof answer !== "string");
  const reason = (answer: RollbackPlan | string): string | null => (typeof answer === "string" ? answer : null);
  const newest = chain.links.at(-1)?.checkpoint;
  const short = newest !== undefined && vaultRule({ ...facts, vaultShortSince: 1n }).why !== "the vault is not short";
  return {
    plan: plans[0] ?? null,
    rules: { vaultShort: reason(answers.vaultShort), deficit: reason(answers.deficit) },
    isNoteDue: short && facts.vaultShortSince === 0n,
    facts,
  };
}

type Asker = (contract: Interface, address: string, name: string, args?: readonly unknown[]) => Promise<unknown>;

/** Asks contracts at one block; an answer of several values comes as a list. */
function askAt(client: ChainClient, blockHash: string, signal: AbortSignal): Asker {
  return async (contract, to, name, args = []) => {
    const data = contract.encodeFunctionData(name, args);
    const answer = contract.decodeFunctionResult(name, await client.call({ to, data }, { blockHash }, signal));
    return answer.length === 1 ? answer[0] : [...answer];
  };
}

async function readFacts(
  ask: Asker,
  { guard, engine }: { readonly guard: string; readonly engine: string },
  chain: ProvenChain,
  time: bigint,
): Promise<RollbackFacts> {
  const integer = async (name: string): Promise<bigint> => BigInt(String(await ask(GUARD, guard, name)));
  const breaches: bigint[] = [];
  for (let market = 0; market < Number(await integer("markets")); market++) {
    const since = await ask(GUARD, guard, "breachSince", [market]);
    breaches.push(...[since].flat().map((value) => BigInt(String(value))));
  }
  const token = String(await ask(GUARD, guard, "token"));
  const held = BigInt(String(await ask(TOKEN, token, "balanceOf", [engine])));
  const arrivals = [await ask(ENGINE, engine, "arrivals")].flat().map((value) => BigInt(String(value)));
  const { rolledBackAt, paidTotal, vaultShortSince } = chain;
  return {
    checkpoints: chain.links.map(({ checkpoint }) => checkpoint),
    time,
    haltCureSec: await integer("haltCureSec"),
    deficitSince: await integer("deficitSince"),
    ...{ breaches, vaultShortSince, rolledBackAt, paidTotal },
    vault: { held, arrived: arrivals.reduce((sum, value) => sum + value, 0n) },
  };
}
