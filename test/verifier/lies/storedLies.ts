/** What the contracts may answer at the head. */
import type { History } from "../../../verifier/replay/history.ts";
import { editStored, editVerifier, withElement } from "../helpers/edit.ts";
import type { Lie } from "./lie.ts";

const stored = "the guard stores what the replay derives";

export const storedLies: readonly Lie[] = [
  {
    title: "another chain's domain",
    change: (h) => editStored(h, { domain: 1n }),
    complaint: "head: stored.domain: signatures and proofs are bound to this guard on this chain",
  },
  {
    title: "other reporters",
    change: (h) => editStored(h, { reporterSetRoot: 1n }),
    complaint: "head: stored.reporterSetRoot: proofs are bound to the published reporters",
  },
  {
    title: "a batch size of another circuit",
    change: (h) => editStored(h, { shape: withElement(h.stored.shape, 1, (size) => size + 1n) }),
    complaint: "head: stored.shape: the guard's sizes are the circuits', element 1",
  },
  {
    title: "another time until a price is stale",
    change: (h) => editStored(h, { staleSec: 3_600n }),
    complaint: "head: stored.staleSec: the guard and the circuit agree when a price is stale",
  },
  ...(
    [
      "round",
      "roundTimestamp",
      "oracleRoot",
      "nextRoundTvl",
      "stateRoot",
      "box",
      "totalsWord",
      "lossWord",
      "settled",
      "unpaidClaims",
    ] as const
  ).map((name) => ({
    title: `another ${name}`,
    change: (h: History) => editStored(h, { [name]: h.stored[name] + 1n }),
    complaint: `head: stored.${name}: ${stored}`,
  })),
  {
    title: "another chain of proven states",
    change: (h) => editStored(h, { checkpointHead: 7n }),
    complaint: "head: stored.checkpointHead: the hash chain of proven states is the guard's",
  },
  {
    title: "an incident contained earlier than it was",
    change: (h) =>
      editStored(h, {
        incidents: withElement(h.stored.incidents, 0, (i) => ({ ...i, containedAt: i.containedAt + 1n })),
      }),
    complaint: `head: stored.incidents: ${stored}, element 0`,
  },
  {
    title: "another price word",
    change: (h) => editStored(h, { priceWords: withElement(h.stored.priceWords, 1, (w) => w + 1n) }),
    complaint: `head: stored.priceWords: ${stored}, element 1`,
  },
  {
    title: "a wider margin buffer",
    change: (h) => editStored(h, { buffers: withElement(h.stored.buffers, 0, (b) => b + 1n) }),
    complaint: "head: stored.buffers: the margin buffer follows from box and mark, element 0",
  },
  {
    title: "an operation that no event shows",
    change: (h) => editStored(h, { operationCount: 8n }),
    complaint: "head: stored.operationCount: every operation of the log was seen",
  },
  {
    title: "a claim that is marked unpaid",
    change: (h) => editStored(h, { claims: withElement(h.stored.claims, 0, (c) => ({ ...c, paid: false })) }),
    complaint: `head: stored.claims: ${stored}, element 0`,
  },
  {
    title: "a claim that is payable too early",
    change: (h) =>
      editStored(h, {
        claims: withElement(h.stored.claims, 1, (c) => ({ ...c, payableAt: c.payableAt - 1n })),
      }),
    complaint: `head: stored.claims: ${stored}, element 1`,
  },
  {
    title: "a vault that is noted short although nobody noted it",
    change: (h) => editStored(h, { vaultShortSince: 1n }),
    complaint: `head: stored.vaultShortSince: ${stored}`,
  },
  {
    title: "an exit hall that is open although nobody entered Exit",
    change: (h) =>
      editStored(h, {
        hall: {
          ...{ isOpen: true, backed: 1n, owed: 1n, insurance: 0n, losses: 0n, deposits: 0n },
          ...{ accountsDone: 0, depositsOpen: 0 },
        },
      }),
    complaint: `head: stored.hall: ${stored}, element 0`,
  },
  {
    title: "a vault that is one unit short",
    change: (h) => editStored(h, { vaultBalance: 60_000n + 90_000n - 5_000n + 777n - 1n }),
    complaint: "head: stored.vault: the vault covers liabilities and unpaid claims",
  },
  ...(["OracleRound", "MarginBatch"] as const).flatMap((circuit): readonly Lie[] => [
    {
      title: `a ${circuit} verifier of another key`,
      change: (h) => editVerifier(h, circuit, { keyDigest: "00" }),
      complaint: `head: key.${circuit}: the contract names the key that the circuit's build gives`,
    },
    {
      title: `a ${circuit} verifier without a digest`,
      change: (h) => editVerifier(h, circuit, { keyDigest: null }),
      complaint: `head: key.${circuit}: the contract names the key that the circuit's build gives`,
    },
    {
      title: `a ${circuit} verifier that only names the key`,
      change: (h) => editVerifier(h, circuit, { code: "0x6001" }),
      complaint: `head: key.${circuit}.code: the contract's code holds every number of the key`,
    },
  ]),
];
