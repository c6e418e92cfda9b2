/** What a round may claim. */
import { edit, editRound, withElement } from "../helpers/edit.ts";
import type { Lie } from "./lie.ts";

export const roundLies: readonly Lie[] = [
  {
    title: "a breaker that no event of the round tells of",
    change: (h) => edit(h, "round", 2, (r) => ({ ...r, incidents: [] })),
    complaint: "round 3: round.incidents: incidents begin and end when they do: length",
  },
  {
    title: "a skipped round number",
    change: (h) => editRound(h, 1, { round: 3n }),
    complaint: "round 3: round.number: rounds follow one another",
  },
  {
    title: "another time",
    change: (h) => editRound(h, 1, { timestamp: h.head.time }),
    complaint: "round 2: round.timestamp: the time is the median of the counted reports",
  },
  {
    title: "another oracle root",
    change: (h) => editRound(h, 1, { newOracleRoot: 7n }),
    complaint: "round 2: round.newOracleRoot: the oracle root is the one that the reports force",
  },
  {
    title: "another commitment",
    change: (h) => editRound(h, 1, { dataCommitment: 7n }),
    complaint: "round 2: round.dataCommitment: the commitment is to the reports in the calldata",
  },
  {
    title: "another price word",
    change: (h) => edit(h, "round", 1, (r) => ({ ...r, priceWords: withElement(r.priceWords, 0, (w) => w + 1n) })),
    complaint: "round 2: round.priceWords: the price words are those that the reports force, element 0",
  },
  {
    title: "a changed report, whose signature fails",
    change: (h) => edit(h, "round", 1, (r) => ({ ...r, words: withElement(r.words, 0, (w) => w + (1n << 40n)) })),
    complaint: "round 2: round.quorum: a quorum of reporters signed newer reports",
  },
  {
    title: "a report too few",
    change: (h) => edit(h, "round", 1, (r) => ({ ...r, words: r.words.map((w, i) => (i < 4 ? 0n : w)) })),
    complaint: "round 2: round.quorum: a quorum of reporters signed newer reports",
  },
  {
    title: "a word above the field's order",
    change: (h) => edit(h, "round", 1, (r) => ({ ...r, words: withElement(r.words, 0, () => 1n << 255n) })),
    complaint: "round 2: round.words: the words make a round",
  },
  {
    title: "an event that says something else",
    change: (h) => edit(h, "round", 1, (r) => ({ ...r, event: { ...r.event, timestamp: 1n } })),
    complaint: "round 2: round.event: the event repeats the calldata, element 1",
  },
  {
    title: "a proof of something else",
    change: (h) => edit(h, "round", 1, (r) => ({ ...r, proof: { ...r.proof, a: [1n, 2n] } })),
    complaint: "round 2: round.proof: the proof proves the claimed signals",
  },
  {
    title: "a round left out",
    change: (h) => edit(h, "round", 0, () => null),
    complaint: "operation 2: operation.round: an operation carries the round in force when it was logged",
  },
];
