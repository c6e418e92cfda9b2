/** Who is owed what, as lists that are added up anew each time: slow, and plain enough to be believed. Quote units. */

interface Operation {
  readonly kind: "deposit" | "withdraw";
  readonly amount: bigint;
  /** Whether tokens arrived with it. */
  readonly real: boolean;
  /** Words as logged, and the head before them: what posting it again takes. */
  readonly words: readonly bigint[];
  readonly headBefore: string;
  /** Set when settled. */
  valid?: boolean;
  claim?: number;
}

interface Claim {
  readonly amount: bigint;
  paid: bigint;
  isVoid: boolean;
}

export interface Abandoned {
  readonly operation: Operation;
  readonly fork: number;
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

export class MoneyModel {
  log: Operation[] = [];
  /** Operations settled at each checkpoint in force. */
  checkpoints: number[] = [0];
  readonly claims: Claim[] = [];
  abandoned: Abandoned[] = [];
  forks = 0;
  /** Tokens that ever arrived. */
  arrived = 0n;
  notedAt: bigint | null = null;

  get settled(): number {
    return this.checkpoints.at(-1) ?? 0;
  }

  get paid(): bigint {
    return sum(this.claims.map(({ paid }) => paid));
  }

  get balance(): bigint {
    return this.arrived - this.paid;
  }

  /** What accounts hold after the first `count` operations. */
  liabilitiesAt(count: number): bigint {
    const effects = this.log.slice(0, count).filter(({ valid }) => valid);
    return sum(effects.map(({ kind, amount }) => (kind === "deposit" ? amount : -amount)));
  }

  /** What is left to pay of claims that are owed at a checkpoint. */
  unpaidAt(count: number): bigint {
    const claims = this.log.slice(0, count).flatMap(({ claim }) => (claim === undefined ? [] : [this.claims[claim]!]));
    return sum(claims.map(({ amount, paid }) => amount - paid));
  }

  isShort(): boolean {
    return this.balance < this.liabilitiesAt(this.settled) + this.unpaidAt(this.settled);
  }

  /** Whether the vault can serve the checkpoint and give every deposit after it its place again. */
  isCovered(count: number): boolean {
    const inside = sum(this.log.slice(0, count).map(({ real, amount }) => (real ? amount : 0n)));
    return this.balance >= this.liabilitiesAt(count) + this.unpaidAt(count) + (this.arrived - inside);
  }

  /** Place of the checkpoint that a rollback of a short vault must take, if there is one. */
  target(): number | null {
    for (let place = this.checkpoints.length - 1; place >= 0; place--) {
      if (this.isCovered(this.checkpoints[place]!)) return place;
    }
    return null;
  }

  /** Whether a claim created after the checkpoint was paid, at least in part. */
  isTooLate(place: number): boolean {
    const later = this.log.slice(this.checkpoints[place]);
    const paidLater = later.some(({ claim }) => claim !== undefined && this.claims[claim]!.paid > 0n);
    return paidLater || this.claims.some(({ isVoid, paid }) => isVoid && paid > 0n);
  }

  append(operation: Operation): void {
    this.log.push(operation);
    if (operation.real) this.arrived += operation.amount;
  }

  settle(valid: readonly boolean[]): void {
    for (const [i, isValid] of valid.entries()) {
      const operation = this.log[this.settled + i]!;
      operation.valid = isValid;
      if ((operation.kind === "withdraw") === isValid) {
        operation.claim = this.claims.length;
        this.claims.push({ amount: operation.amount, paid: 0n, isVoid: false });
      }
    }
    this.checkpoints.push(this.settled + valid.length);
  }

  rollBack(place: number): void {
    const from = this.checkpoints[place]!;
    for (const operation of this.log.slice(from)) {
      if (operation.claim !== undefined) this.claims[operation.claim]!.isVoid = true;
      if (operation.real) this.abandoned.push({ operation, fork: this.forks });
    }
    this.log = this.log.slice(0, from);
    this.checkpoints = this.checkpoints.slice(0, place + 1);
    this.forks += 1;
    this.notedAt = null;
  }

  /** An abandoned deposit is in the log again; its tokens arrived before. */
  repost(one: Abandoned, words: readonly bigint[], headBefore: string): void {
    this.abandoned = this.abandoned.filter((other) => other !== one);
    const { kind, amount, real } = one.operation;
    this.log.push({ kind, amount, real, words, headBefore });
  }
}
