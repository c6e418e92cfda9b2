/**
 * A slow, obvious ledger that shares no code and no formula with the model: cash moves at every trade and at every
 * change of funding, positions are valued at the price. The model's quotes and indices must say the same.
 */
export interface Ledger {
  readonly cash: Map<number, bigint>;
  /** "account/market" -> lots */
  readonly lots: Map<string, bigint>;
}

export const emptyLedger = (): Ledger => ({ cash: new Map(), lots: new Map() });

const add = <K>(map: Map<K, bigint>, key: K, change: bigint): void => void map.set(key, (map.get(key) ?? 0n) + change);

export function pay(ledger: Ledger, account: number, amount: bigint): void {
  add(ledger.cash, account, amount);
}

export function move(ledger: Ledger, market: number, buyer: number, seller: number, lots: bigint, price: bigint): void {
  add(ledger.lots, `${buyer}/${market}`, lots);
  add(ledger.lots, `${seller}/${market}`, -lots);
  add(ledger.cash, buyer, -lots * price);
  add(ledger.cash, seller, lots * price);
}

/** Every holder of a long pays, every holder of a short receives, per lot. */
export function fund(ledger: Ledger, market: number, perLot: bigint): void {
  for (const [key, lots] of ledger.lots) {
    const [account, where] = key.split("/").map(Number);
    if (where === market) add(ledger.cash, account!, -lots * perLot);
  }
}

export function absorb(ledger: Ledger, from: number, to: number, markets: number): void {
  for (let market = 0; market < markets; market++) {
    add(ledger.lots, `${to}/${market}`, ledger.lots.get(`${from}/${market}`) ?? 0n);
    ledger.lots.set(`${from}/${market}`, 0n);
  }
  add(ledger.cash, to, ledger.cash.get(from) ?? 0n);
  ledger.cash.set(from, 0n);
}

/** Whoever holds against the account in the market pays it the least whole amount a lot that leaves it without debt. */
export function shareDeficit(ledger: Ledger, account: number, market: number, prices: readonly bigint[]): void {
  const isFlat = prices.every((_, index) => lotsOf(ledger, account, index) === 0n);
  const own = lotsOf(ledger, account, market);
  const payers = [...ledger.lots].flatMap(([key, lots]): (readonly [number, bigint])[] => {
    const [who = 0, where] = key.split("/").map(Number);
    const pays = where === market && lots !== 0n && (isFlat || (own < 0n ? lots > 0n : lots < 0n));
    return pays ? [[who, lots < 0n ? -lots : lots]] : [];
  });
  while (worth(ledger, account, prices) < 0n) {
    for (const [who, lots] of payers) {
      pay(ledger, who, -lots);
      pay(ledger, account, lots);
    }
  }
}

export function lotsOf(ledger: Ledger, account: number, market: number): bigint {
  return ledger.lots.get(`${account}/${market}`) ?? 0n;
}

/** Cash plus every position at its price. */
export function worth(ledger: Ledger, account: number, prices: readonly bigint[]): bigint {
  return prices.reduce(
    (sum, price, market) => sum + lotsOf(ledger, account, market) * price,
    ledger.cash.get(account) ?? 0n,
  );
}

/** Equity less margin: each position loses the fraction num/den of its price, rounded up per lot. */
export function worthLessMargin(
  ledger: Ledger,
  account: number,
  prices: readonly bigint[],
  num: bigint,
  den: bigint,
): bigint {
  return prices.reduce(
    (sum, price, market) => {
      const lots = lotsOf(ledger, account, market);
      let perLot = (price * num) / den;
      if (perLot * den < price * num) perLot += 1n;
      return sum - (lots < 0n ? -lots : lots) * perLot;
    },
    worth(ledger, account, prices),
  );
}
