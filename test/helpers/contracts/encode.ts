/** The words of guard and engine written a second time, slowly and plainly, apart from contracts and model. */
import { solidityPackedKeccak256 } from "ethers";
import { FIELD_ORDER } from "../fieldOrder.ts";

export interface MarketPrices {
  readonly mark: bigint;
  readonly median: bigint;
  readonly fundingIndex: bigint;
  readonly maintenanceRate: bigint;
  readonly initialRate: bigint;
  readonly updatedAt: bigint;
  readonly breakerUntil: bigint;
}

/** Packs [value, width] pairs, the lowest first. */
export function pack(fields: readonly (readonly [bigint, bigint])[]): bigint {
  let [word, position] = [0n, 0n];
  for (const [value, width] of fields) {
    if (value < 0n || value >= 2n ** width) throw new RangeError(`${value} does not fit ${width} bits`);
    word += value * 2n ** position;
    position += width;
  }
  return word;
}

export function priceWord(prices: MarketPrices): bigint {
  const { mark, median, fundingIndex, maintenanceRate, initialRate, updatedAt, breakerUntil } = prices;
  const index = fundingIndex + 2n ** 25n;
  return pack([
    [mark, 27n],
    [median, 27n],
    [index, 26n],
    [maintenanceRate, 20n],
    [initialRate, 20n],
    [updatedAt, 40n],
    [breakerUntil, 40n],
  ]);
}

/** Bounds in ticks; undefined where nobody has a position. */
export interface Bounds {
  readonly long?: bigint;
  readonly short?: bigint;
}

export function boxOf(markets: readonly Bounds[]): bigint {
  const lane = (bound: bigint | undefined, sign: bigint) => (bound === undefined ? 0n : sign * bound + 2n ** 28n);
  return pack(markets.flatMap(({ long, short }) => [[lane(long, 1n), 31n] as const, [lane(short, -1n), 31n] as const]));
}

export function totalsOf(liabilities: bigint, insurance = 0n, deficit = 0n): bigint {
  return pack([
    [liabilities, 63n],
    [insurance, 63n],
    [deficit, 76n],
  ]);
}

export function lossOf(markets: readonly { readonly long: bigint; readonly short: bigint }[]): bigint {
  return pack(
    markets.flatMap(({ long, short }) => [[long + 2n ** 25n, 26n] as const, [short + 2n ** 25n, 26n] as const]),
  );
}

/** Padding counts as valid. @param unauthorised count; without it that of the slots */
export function outcomeOf(
  valid: readonly boolean[],
  operations: number,
  unauthorised?: bigint,
  unauthorisedSlots: readonly number[] = [],
): bigint {
  const mask = Array.from({ length: operations }, (_, i) => ((valid[i] ?? true) ? 2n ** BigInt(i) : 0n));
  return pack([
    [mask.reduce((sum, bit) => sum + bit, 0n), 16n],
    [unauthorised ?? BigInt(unauthorisedSlots.length), 32n],
    [unauthorisedSlots.reduce((sum, slot) => sum + 2n ** BigInt(slot), 0n), 16n],
  ]);
}

/** What a valid operation adds to the liabilities: deposits come, withdrawals go. */
export function flowOf(words: readonly bigint[]): bigint {
  const amount = ((words[1] ?? 0n) / 2n ** 67n) % 2n ** 63n;
  const kind = (words[0] ?? 0n) % 16n;
  if (!isReadable(words)) return 0n;
  return kind === 1n ? amount : kind === 2n ? -amount : 0n;
}

const isReadable = (words: readonly bigint[]) =>
  (words[0] ?? 0n) < 2n ** 192n &&
  (words[1] ?? 0n) < 2n ** 130n &&
  (words[2] ?? 0n) < 2n ** 241n &&
  words.every((word) => word < FIELD_ORDER);

/** The circuit's words of a batch: unreadable operations and padding are zeros. */
export function batchWords(operations: readonly (readonly bigint[])[], slots: number): readonly bigint[] {
  const zeros = new Array<bigint>(9).fill(0n);
  return Array.from({ length: slots }, (_, i) => {
    const words = operations[i] ?? zeros;
    return isReadable(words) ? words : zeros;
  }).flat();
}

export function challengeOf(words: readonly bigint[], dataCommitment: bigint): bigint {
  const all = [...words, dataCommitment];
  return (
    BigInt(
      solidityPackedKeccak256(
        all.map(() => "uint256"),
        all,
      ),
    ) / 256n
  );
}

/** The sum of words[i] * challenge^i, term by term. */
export function evaluate(words: readonly bigint[], challenge: bigint): bigint {
  let [sum, power] = [0n, 1n];
  for (const word of words) {
    sum = (sum + word * power) % FIELD_ORDER;
    power = (power * challenge) % FIELD_ORDER;
  }
  return sum;
}

export interface Proof {
  readonly a: readonly [bigint, bigint];
  readonly b: readonly [readonly [bigint, bigint], readonly [bigint, bigint]];
  readonly c: readonly [bigint, bigint];
}

/** What MockVerifierComparesSignals accepts for these signals. */
export function proofOf(signals: readonly bigint[], behaviour = 0n): Proof {
  const digest = BigInt(
    solidityPackedKeccak256(
      signals.map(() => "uint256"),
      signals,
    ),
  );
  return {
    a: [digest, behaviour],
    b: [
      [1n, 2n],
      [3n, 4n],
    ],
    c: [5n, 6n],
  };
}

export function chainHead(before: string, words: readonly bigint[]): string {
  return solidityPackedKeccak256(["bytes32", ...words.map(() => "uint256")], [before, ...words]);
}
