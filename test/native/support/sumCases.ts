import { SCALAR_FIELD } from "../../../scripts/circuits/bn254.ts";

/** Factors go from its opposite to it. */
export const LARGEST = 24;
/** More than one thread lets wait (16,384), and odd. */
const MANY = 20_001;
const LONG = SCALAR_FIELD / 3n;

/** A multiple of the generator, from -24 to 24, times a scalar. */
export type Term = readonly [factor: number, scalar: bigint];
const repeated = (count: number, term: (index: number) => Term): Term[] =>
  Array.from({ length: count }, (_, i) => term(i));

/** What buckets, waiting points and the sum of the ones can meet. */
export const SUM_CASES: readonly (readonly [title: string, terms: readonly Term[]])[] = [
  ["nothing", []],
  ["a scalar 0", [[5, 0n]]],
  ["a scalar 1", [[5, 1n]]],
  ["a scalar 2", [[5, 2n]]],
  ["the scalar r - 1", [[5, SCALAR_FIELD - 1n]]],
  ["infinity times r - 1", [[0, SCALAR_FIELD - 1n]]],
  [
    "infinity among others",
    [
      [0, 1n],
      [3, LONG],
      [0, LONG],
      [4, 1n],
      [0, 0n],
    ],
  ],
  [
    "equal points in one bucket",
    [
      [5, LONG],
      [5, LONG],
    ],
  ],
  [
    "opposite points in one bucket",
    [
      [5, LONG],
      [-5, LONG],
    ],
  ],
  [
    "three in one bucket, two of them opposite",
    [
      [5, LONG],
      [-5, LONG],
      [7, LONG],
    ],
  ],
  [
    "two ones of equal points",
    [
      [5, 1n],
      [5, 1n],
    ],
  ],
  [
    "two ones of opposite points",
    [
      [5, 1n],
      [-5, 1n],
    ],
  ],
  [
    "ones that equal the rest",
    [
      [2, 2n],
      [4, 1n],
    ],
  ],
  [
    "ones that are opposite to the rest",
    [
      [2, 2n],
      [-4, 1n],
    ],
  ],
  ["thousands of ones", repeated(MANY, (i) => [(i % LARGEST) + 1, 1n])],
  ["thousands of zeros and one long scalar", repeated(MANY, (i) => [7, i === 77 ? LONG : 0n])],
  ["thousands of one scalar and one point", repeated(MANY, () => [7, LONG])],
  ["thousands of one scalar and opposite points", repeated(MANY, (i) => [i % 2 === 0 ? 7 : -7, LONG])],
  ["thousands of r - 1", repeated(MANY, (i) => [(i % LARGEST) + 1, SCALAR_FIELD - 1n])],
  [
    "thousands of scalars of two signs",
    repeated(MANY, (i) => [(i % LARGEST) + 1, i % 2 === 0 ? LONG : SCALAR_FIELD - LONG]),
  ],
  [
    "a skewed choice of scalars",
    repeated(MANY, (i) => [(i % LARGEST) + 1, i % 5 === 0 ? BigInt(i) ** 19n % SCALAR_FIELD : LONG]),
  ],
  ["scalars 2 to 9", repeated(MANY, (i) => [(i % LARGEST) + 1, BigInt(2 + (i % 8))])],
];
