import { operationFields } from "../../../verifier/model/operationWords.ts";
import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { Random } from "../../helpers/random.ts";

const MARKETS = 2;
const DEPTH = 3;
const KINDS = ["Noop", "Deposit", "Withdraw", "Trade", "Liquidate", "Backstop", "Recertify", "SetKey", "ShareLoss"];
const FIELDS = [
  "isUnreadable",
  "isFirstA",
  "isFirstB",
  "isSame",
  "nonceA",
  "nonceB",
  "expiry",
  "size",
  "price",
  "amount",
];
const NAMES = [...KINDS.map((kind) => `is${kind}`), ...FIELDS];

const MAIN = `
pragma circom 2.2.0;
include "./DecodeOperation.circom";
template Main(markets, depth) {
    signal input headWord; signal input valueWord;
    Decoded(markets, depth) decoded <== DecodeOperation(markets, depth)(headWord, valueWord);
    signal output fields[${NAMES.length}];
    ${NAMES.map((name, index) => `fields[${index}] <== decoded.${name};`).join("\n    ")}
    signal output market[markets] <== decoded.market;
    signal output indexBitsA[depth] <== decoded.indexBitsA;
    signal output indexBitsB[depth] <== decoded.indexBitsB;
}
component main { public [headWord, valueWord] } = Main(${MARKETS}, ${DEPTH});`;

const HEAD_LIMIT = 1n << 192n;
const VALUE_LIMIT = 1n << 130n;

function expected(headWord: bigint, valueWord: bigint) {
  const fields = operationFields([headWord, valueWord]);
  const { type, market, accountA, accountB } = fields;
  const usesMarket = type === 3 || type === 4 || type === 8;
  const isOutside = type !== 0 && (accountA >= 2 ** DEPTH || accountB >= 2 ** DEPTH);
  const isUnreadable = type >= 9 || (usesMarket && market >= MARKETS) || isOutside;
  const bits = (index: number) => Array.from({ length: DEPTH }, (_, bit) => BigInt(Math.floor(index / 2 ** bit) % 2));
  return {
    fields: [
      ...KINDS.map((_, kind) => BigInt(kind === type)),
      ...[isUnreadable, accountA === 0, accountB === 0, accountA === accountB].map((is) => BigInt(is)),
      ...[fields.nonceA, fields.nonceB, fields.expiry, fields.size, fields.price, fields.amount],
    ],
    market: Array.from({ length: MARKETS }, (_, index) => BigInt(usesMarket && index === market)),
    indexBitsA: bits(accountA),
    indexBitsB: bits(accountB),
  };
}

describe("DecodeOperation", () => {
  let circuit: TestCircuit;

  before(async () => {
    circuit = await testCircuit({ file: "margin/DecodeOperation.circom", text: MAIN });
  });

  const agrees = (headWord: bigint, valueWord: bigint) =>
    circuit.expectPass({ headWord, valueWord }, expected(headWord, valueWord));

  it("reads the zero words and the words of all ones", async () => {
    await agrees(0n, 0n);
    await agrees(HEAD_LIMIT - 1n, VALUE_LIMIT - 1n);
  });

  it("reads every type with every market", async () => {
    for (let low = 0n; low < 256n; low++) await agrees((2n << 8n) | (3n << 40n) | low, low);
  });

  it("tells accounts inside of the tree from accounts outside", async () => {
    for (const account of [0n, 1n, 7n, 8n, 1n << 31n, (1n << 32n) - 1n]) {
      await agrees((account << 8n) | 6n, 0n);
      await agrees((account << 40n) | 6n, 0n);
      await agrees((account << 40n) | (account << 8n) | 6n, 0n);
      await agrees(account << 8n, 0n);
    }
  });

  it("agrees with the model on random words", async () => {
    const random = new Random(51);
    for (let round = 0; round < 40; round++) await agrees(random.bits(192), random.bits(130));
  });

  it("refuses words beyond their widths", async () => {
    await circuit.expectFail({ headWord: HEAD_LIMIT, valueWord: 0n });
    await circuit.expectFail({ headWord: 0n, valueWord: VALUE_LIMIT });
  });
});
