/** Checks what the exit hall was shown and what it paid: each amount from the last proven state, and from one ratio. */
import { accountValue, insuranceValue } from "../exit/value.ts";
import { accountAt } from "../model/tree.ts";
import type { AccountLeft, DepositReturned, DepositShown, HallOpened, HallRecord } from "../replay/hallHistory.ts";
import { currentOracle, liabilitiesIn, type Replayed } from "../replay/replayed.ts";
import { addressOf, unpaidSum } from "./claims.ts";
import { depositsShown, type HallBook, shareOf } from "./hallBook.ts";
import { unprovenDeposits } from "./unprovenDeposits.ts";
import { CouldNotCheckError, compared, type Finding, held, unknown, violated } from "./verdict.ts";

export interface HallCheck {
  readonly findings: readonly Finding[];
  readonly hall: HallBook;
}

const ONCE = "everything is shown once, and paid once";

export function checkHall(replayed: Replayed, { event }: HallRecord): HallCheck {
  const { hall } = replayed;
  const phase = phaseFinding(replayed, event.name);
  switch (event.name) {
    case "insuranceShown": {
      const derived = insuranceValue(replayed.state, currentOracle(replayed));
      const findings = [
        phase,
        once(hall.insurance !== null),
        compared("hall.insurance", "the insurance account is shown with what it owns", event.value, derived),
      ];
      return { findings, hall: { ...hall, insurance: derived } };
    }
    case "lossShown": {
      const value = worthOf(replayed, event.account);
      const findings = [
        phase,
        once(hall.done.includes(event.account)),
        compared("hall.loss", "a loss is what a bankrupt account lacks", event.loss, value < 0n ? -value : 0n),
      ];
      return {
        findings,
        hall: { ...hall, losses: hall.losses + (value < 0n ? -value : 0n), done: [...hall.done, event.account] },
      };
    }
    case "depositShown":
      return showDeposit(replayed, event, phase);
    case "opened":
      return open(replayed, event, phase);
    case "accountLeft":
      return leave(replayed, event, phase);
    case "depositReturned":
      return giveBack(hall, event, phase);
  }
}

function showDeposit(replayed: Replayed, event: DepositShown, phase: Finding): HallCheck {
  const { hall } = replayed;
  const found = unprovenDeposits(replayed).find(({ head }) => head === event.head);
  const isShown = hall.deposits.some(({ head }) => head === event.head);
  const text = (to: string, amount: bigint) => `${amount} to ${to}`;
  const invariant = "a deposit is shown that no proven state holds, for what arrived, to who made it";
  const due =
    found === undefined
      ? violated("hall.deposit", invariant, text(event.to, event.amount), "no such deposit")
      : event.arrived === null
        ? unknown("hall.deposit", new CouldNotCheckError("the endpoint has no state of that block: what arrived?"))
        : compared("hall.deposit", invariant, text(event.to, event.amount), text(found.owner, event.arrived));
  const { head, to, amount } = event;
  return {
    findings: [phase, once(isShown), due],
    hall: { ...hall, deposits: [...hall.deposits, { head, to, amount, isReturned: false }] },
  };
}

/** Owed is what those with something own, to the unit; backed is what the vault holds of it. */
function open(replayed: Replayed, { backed, owed, held: assets }: HallOpened, phase: Finding): HallCheck {
  const { hall, totalsWord, claims } = replayed;
  const sum = liabilitiesIn(totalsWord) + hall.losses + depositsShown(hall) + unpaidSum(claims);
  const rest = sum - (hall.insurance ?? 0n);
  const derivedOwed = rest > 0n ? rest : 0n;
  const derivedBacked = assets === null || assets > derivedOwed ? derivedOwed : assets;
  const findings = [
    phase,
    once(hall.ratio !== null),
    hall.insurance === null
      ? violated("hall.insurance", "the hall opens when the insurance account was shown", "open", "not shown")
      : held("hall.insurance"),
    compared("hall.owed", "owed is what accounts, deposits and claims own", owed, derivedOwed),
    assets === null
      ? unknown(
          "hall.backed",
          new CouldNotCheckError("the endpoint has no state of that block: what did the vault hold?"),
        )
      : compared("hall.backed", "all that is owed and there is backed", backed, derivedBacked),
  ];
  return {
    findings,
    hall: { ...hall, ratio: { backed: assets === null ? backed : derivedBacked, owed: derivedOwed } },
  };
}

function leave(replayed: Replayed, { account, owner, value, paid }: AccountLeft, phase: Finding): HallCheck {
  const { hall, state } = replayed;
  const derived = worthOf(replayed, account);
  const ownerOf = addressOf(accountAt(state.tree, Number(account)).owner);
  const findings = [
    phase,
    once(hall.done.includes(account)),
    compared("hall.owner", "an account is paid to its owner", owner, ownerOf),
    compared("hall.value", "an account leaves with what the last proven state owes it", value, derived),
    compared("hall.paid", "everyone is paid the same part, rounded down", paid, shareOf(hall, derived)),
  ];
  return { findings, hall: { ...hall, done: [...hall.done, account], paid: hall.paid + paid } };
}

function giveBack(hall: HallBook, { head, to, amount, paid }: DepositReturned, phase: Finding): HallCheck {
  const shown = hall.deposits.find((deposit) => deposit.head === head);
  const text = (who: string, how: bigint) => `${how} to ${who}`;
  const findings = [
    phase,
    once(shown?.isReturned === true),
    compared(
      "hall.returned",
      "a deposit is returned as it was shown",
      text(to, amount),
      shown === undefined ? "not shown" : text(shown.to, shown.amount),
    ),
    compared("hall.paid", "everyone is paid the same part, rounded down", paid, shareOf(hall, shown?.amount ?? 0n)),
  ];
  const deposits = hall.deposits.map((deposit) => (deposit.head === head ? { ...deposit, isReturned: true } : deposit));
  return { findings, hall: { ...hall, deposits, paid: hall.paid + paid } };
}

const once = (isDone: boolean): Finding => compared("hall.once", ONCE, "now", isDone ? "before" : "now");

/** Things are shown in Exit until the hall opens, and paid from then on. */
function phaseFinding({ notes, hall }: Replayed, name: HallRecord["event"]["name"]): Finding {
  const isPayment = name === "accountLeft" || name === "depositReturned";
  const phase = notes.exitAt === 0n ? "not in Exit" : hall.ratio === null ? "showing" : "open";
  return compared("hall.phase", "first all is shown, then all are paid", isPayment ? "open" : "showing", phase);
}

/** What an account owns in the last proven state, signed quote units. @throws {AccountIndexError} outside the tree */
function worthOf(replayed: Replayed, account: bigint): bigint {
  return accountValue(accountAt(replayed.state.tree, Number(account)), replayed.state, currentOracle(replayed));
}
