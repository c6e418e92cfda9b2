/** The rules by which the proven state may go back, and to where. @see contracts/guard/Rollback.sol */
import { type Checkpoint, neededAt } from "./checkpoints.ts";

/** What the rules look at. Times in unix seconds, 0 for what is not; amounts in quote units. */
export interface RollbackFacts {
  /** Every proven state of the branch in force, from genesis to the newest. */
  readonly checkpoints: readonly Checkpoint[];
  /** Time of the block that would go back. */
  readonly time: bigint;
  readonly haltCureSec: bigint;
  readonly deficitSince: bigint;
  /** Since when breaches and bankruptcies of markets last. */
  readonly breaches: readonly bigint[];
  /** When the vault was noted short. */
  readonly vaultShortSince: bigint;
  readonly rolledBackAt: bigint;
  /** What was ever paid to claims. */
  readonly paidTotal: bigint;
  /** What the vault holds, and the tokens of all deposits ever. */
  readonly vault: { readonly held: bigint; readonly arrived: bigint };
}

/** Where a rule leads; or why it does not hold. */
export type RollbackRule =
  | { readonly target: Checkpoint; readonly why?: undefined }
  | { readonly target: null; readonly why: string };

/** A proven deficit outlasted twice the halting cure time: back to before the first breach that is still there. */
export function deficitRule(facts: Omit<RollbackFacts, "vault">): RollbackRule {
  const { deficitSince, rolledBackAt, checkpoints, time } = facts;
  if (deficitSince === 0n) return no("there is no deficit");
  const end = deficitSince + 2n * facts.haltCureSec;
  if (end >= time) return no(`the deficit must last until after ${end}`);
  const times = [deficitSince, ...facts.breaches].filter((since) => since !== 0n);
  const [since = deficitSince] = times.toSorted((left, right) => (left < right ? -1 : 1));
  if (since <= rolledBackAt) return no(`the incident since ${since} was answered at ${rolledBackAt}`);
  const target = checkpoints.filter(({ provenAt }) => provenAt < since).at(-1);
  return earlier(target, checkpoints, `nothing was proven before ${since}`);
}

/** The vault was noted short for longer than the halting cure time: back to the last state that it covers. */
export function vaultRule(facts: RollbackFacts): RollbackRule {
  const { checkpoints, vault, paidTotal, vaultShortSince, time } = facts;
  const newest = checkpoints.at(-1);
  if (newest === undefined || vault.held >= neededAt(newest, paidTotal, newest.arrived))
    return no("the vault is not short");
  if (vaultShortSince === 0n) return no("nobody has noted that the vault is short");
  const end = vaultShortSince + facts.haltCureSec;
  if (end >= time) return no(`the vault must be short until after ${end}`);
  const target = checkpoints.filter((one) => vault.held >= neededAt(one, paidTotal, vault.arrived)).at(-1);
  return earlier(target, checkpoints, "the vault covers no earlier state either");
}

function earlier(target: Checkpoint | undefined, checkpoints: readonly Checkpoint[], why: string): RollbackRule {
  return target === undefined || target === checkpoints.at(-1) ? no(why) : { target };
}

const no = (why: string): RollbackRule => ({ target: null, why });
