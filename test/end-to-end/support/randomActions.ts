/** Seeded things that people might do: mostly sensible, often too much, sometimes forged. */
import { accountOf, CAST, type Name } from "../../../scripts/demo/story/cast.ts";
import { type Ledger, type LedgerContext, termsOf } from "../../../scripts/demo/story/ledger.ts";
import type { Action } from "../../../scripts/demo/story/story.ts";
import { type Account, isOpen } from "../../../verifier/model/account.ts";
import { health } from "../../../verifier/model/margin.ts";
import { accountAt } from "../../../verifier/model/tree.ts";
import type { Random } from "../../helpers/random.ts";

const FIRST_PEOPLE = 5;

/** The next action: deposits until five people are in; who is below maintenance is dealt with soon; then anything. */
export function randomAction(random: Random, ledger: Ledger, context: LedgerContext): Action {
  const terms = termsOf(ledger, context);
  const accountBy = (name: Name): Account => accountAt(ledger.state.tree, accountOf(name));
  const people = CAST.map(({ name }) => name).filter((name) => isOpen(accountBy(name)));
  const newcomer = CAST[people.length];
  const pickOf = (names: readonly Name[]): Name =>
    names[Number(random.between(0n, BigInt(names.length - 1)))] ?? "Mira";
  if (newcomer !== undefined && (people.length < FIRST_PEOPLE || random.chance(1))) {
    return { type: "deposit", who: newcomer.name, amount: String(random.between(200n, 3000n)) };
  }
  const [who, other] = [pickOf(people), pickOf(people)];
  const market = Number(random.bits(1));

  const insured = accountAt(ledger.state.tree, 0).sizes.findIndex((size) => size !== 0n);
  if (insured >= 0 && random.chance(8)) return { type: "takeover", market: insured, by: who };
  const unhealthy = people.filter((name) => health(accountBy(name), terms) < 0n);
  if (unhealthy.length > 0 && random.chance(8)) {
    const victim = pickOf(unhealthy);
    const held = accountBy(victim).sizes.findIndex((size) => size !== 0n);
    return random.chance(5)
      ? { type: "backstop", who: victim }
      : { type: "liquidate", market: held, who: victim, by: other };
  }
  switch (Number(random.between(0n, 11n))) {
    case 0:
      return { type: "deposit", who, amount: String(random.between(1n, 500n)) };
    case 1:
    case 2:
      return { type: "withdraw", who, amount: String(random.between(1n, 2500n)) };
    case 3:
      return { type: "withdraw", who, amount: "10", forgedBy: other };
    case 4:
      return random.chance(8) ? { type: "liquidate", market, who, by: other } : { type: "backstop", who };
    case 5:
      return { type: "recertify", who, other };
    default: {
      const seller = who === other && random.chance(14) ? pickOf(people.filter((name) => name !== who)) : other;
      const size = market === 0 ? random.between(1n, 60n) : random.between(10n, 600n);
      return { type: "trade", market, buyer: who, seller, size: String(size) };
    }
  }
}
