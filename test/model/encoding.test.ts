import { expect } from "chai";
import { AbiCoder, keccak256, solidityPacked } from "ethers";
import fc from "fast-check";
import { packBox, unpackBox } from "../../verifier/model/account.ts";
import { domainOf } from "../../verifier/model/domain.ts";
import { FIELD, fromField, toField } from "../../verifier/model/field.ts";
import { decodeOperation, encodeOperation, type Operation, operationMessage } from "../../verifier/model/operation.ts";
import { canonicalWords, encodeFields, NOOP_WORDS, operationFields } from "../../verifier/model/operationWords.ts";
import { decodeOracle, encodeOracle } from "../../verifier/model/oracle.ts";
import { decodeReport, encodeReport } from "../../verifier/model/report.ts";
import { challengeOf, evaluateWords, hashWords } from "../../verifier/model/words.ts";
import { hasher, oracleWith } from "../helpers/model/instance.ts";

const bits = (width: number) => fc.bigInt(0n, 2n ** BigInt(width) - 1n);
const element = fc.bigInt(0n, FIELD - 1n);
const account = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const marketIndex = fc.integer({ min: 0, max: 15 });
const logged = { round: bits(40), loggedAt: bits(40), sender: bits(160), restricted: fc.boolean() };
const signature = fc.record({ r8x: element, r8y: element, s: element });
const key = fc.record({ x: element, y: element });
const limits = { nonce: bits(40), expiry: bits(40), signature };

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ ...logged, type: fc.constant("noop" as const) }),
  fc.record({ ...logged, type: fc.constant("deposit" as const), account, amount: bits(63), owner: element, key }),
  fc.record({
    ...logged,
    type: fc.constant("withdraw" as const),
    account,
    amount: bits(63),
    owner: element,
    ...limits,
  }),
  fc.record({
    ...logged,
    type: fc.constant("trade" as const),
    market: marketIndex,
    buyer: account,
    seller: account,
    size: bits(40),
    price: bits(27),
    fee: bits(63),
    buyerNonce: bits(40),
    sellerNonce: bits(40),
    expiry: bits(40),
    buyerSignature: signature,
    sellerSignature: signature,
  }),
  fc.record({
    ...logged,
    type: fc.constant("liquidate" as const),
    market: marketIndex,
    account,
    liquidator: account,
    size: bits(40),
    limit: bits(27),
    ...limits,
  }),
  fc.record({ ...logged, type: fc.constant("backstop" as const), account }),
  fc.record({ ...logged, type: fc.constant("recertify" as const), account, other: account }),
  fc.record({ ...logged, type: fc.constant("setKey" as const), account, owner: element, key }),
  fc.record({ ...logged, type: fc.constant("shareLoss" as const), market: marketIndex }),
);

describe("operations as words", () => {
  it("come back as they went", () => {
    const property = fc.property(operation, (given) => {
      const words = encodeOperation(given);
      expect(canonicalWords(words)).to.equal(words);
      expect(decodeOperation(words)).to.deep.equal(given);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it("have fields whatever they hold, and the fields give the words again", () => {
    const rest = fc.array(element, { minLength: 6, maxLength: 6 });
    const property = fc.property(bits(192), bits(130), bits(241), rest, (w0, w1, w2, others) => {
      const words = [w0, w1, w2, ...others];
      expect(encodeFields(operationFields(words))).to.deep.equal(words);
      const decoded = decodeOperation(words);
      expect(decoded.type === "unknown").to.equal((w0 & 15n) > 8n);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it("lie at the offsets of the specification", () => {
    const fields = {
      ...operationFields(NOOP_WORDS),
      type: 3,
      market: 1,
      accountA: 2,
      accountB: 3,
      nonceA: 4n,
      nonceB: 5n,
      expiry: 6n,
      size: 7n,
      price: 8n,
      amount: 9n,
      round: 10n,
      loggedAt: 11n,
      sender: 12n,
      restricted: true,
    };
    const [w0, w1, w2] = encodeFields(fields);
    expect(w0).to.equal(
      3n + 1n * 2n ** 4n + 2n * 2n ** 8n + 3n * 2n ** 40n + 4n * 2n ** 72n + 5n * 2n ** 112n + 6n * 2n ** 152n,
    );
    expect(w1).to.equal(7n + 8n * 2n ** 40n + 9n * 2n ** 67n);
    expect(w2).to.equal(10n + 11n * 2n ** 40n + 12n * 2n ** 80n + 2n ** 240n);
  });

  const full = [2n ** 192n - 1n, 2n ** 130n - 1n, 2n ** 241n - 1n, ...new Array<bigint>(6).fill(FIELD - 1n)];
  it("are canonical up to the last value of each range", () => expect(canonicalWords(full)).to.equal(full));

  for (const [at, value] of [
    [0, 2n ** 192n],
    [1, 2n ** 130n],
    [2, 2n ** 241n],
    ...Array.from({ length: 9 }, (_, index) => [index, FIELD]),
  ] as [number, bigint][]) {
    it(`are replaced by a noop when word ${at} is ${value === FIELD ? "the field's order" : "one above its range"}`, () => {
      expect(canonicalWords(full.with(at, value))).to.deep.equal(NOOP_WORDS);
    });
  }

  it("are replaced by a noop when they are not nine", () => {
    expect(canonicalWords([])).to.deep.equal(NOOP_WORDS);
    expect(canonicalWords(new Array<bigint>(10).fill(1n))).to.deep.equal(NOOP_WORDS);
  });

  it("are signed over domain, w0 and w1 only", () => {
    const message = operationMessage(hasher, 5n, full);
    expect(message).to.equal(hasher.hash([5n, full[0]!, full[1]!]));
  });

  for (const bad of [
    { amount: 2n ** 63n },
    { amount: -1n },
    { account: 2 ** 32 },
    { owner: FIELD },
    { round: 2n ** 40n },
  ]) {
    it(`refuse to be made of ${Object.entries(bad).flat().join(" = ")}`, () => {
      const good = { type: "deposit" as const, account: 1, amount: 1n, owner: 1n, key: { x: 0n, y: 0n } };
      expect(() => encodeOperation({ ...good, ...bad }))
        .to.throw()
        .with.property("code", "OPERATION_RANGE");
    });
  }
});

describe("reports as words", () => {
  it("come back as they went", () => {
    const signed = fc.bigInt(-(2n ** 20n), 2n ** 20n - 1n);
    const property = fc.property(
      bits(40),
      fc.array(fc.tuple(bits(27), signed), { minLength: 1, maxLength: 4 }),
      (timestamp, markets) => {
        const report = {
          timestamp,
          prices: markets.map(([price]) => price),
          fundingRates: markets.map(([, rate]) => rate),
        };
        expect(decodeReport(encodeReport(report), markets.length)).to.deep.equal(report);
      },
    );
    fc.assert(property, { numRuns: 200 });
  });

  it("are none when they have bits above the last market", () => {
    expect(decodeReport(2n ** 136n - 1n, 2)).not.to.equal(undefined);
    expect(decodeReport(2n ** 136n, 2)).to.equal(undefined);
  });

  it("refuse to be made of values that do not fit", () => {
    const good = { timestamp: 1n, prices: [1n], fundingRates: [0n] };
    for (const bad of [
      { timestamp: 2n ** 40n },
      { prices: [2n ** 27n] },
      { fundingRates: [2n ** 20n] },
      { fundingRates: [-(2n ** 20n) - 1n] },
    ]) {
      expect(() => encodeReport({ ...good, ...bad }))
        .to.throw()
        .with.property("code", "REPORT_RANGE");
    }
  });
});

describe("oracle states as words", () => {
  it("come back as they went", () => {
    const values = fc.record({
      mark: bits(27),
      median: bits(27),
      fundingIndex: fc.bigInt(-(2n ** 25n) + 1n, 2n ** 25n - 1n),
      maintenanceRate: bits(20),
      initialRate: bits(20),
      updatedAt: bits(40),
      breakerUntil: bits(40),
      variance: bits(32),
      weight: bits(28),
      fundingFraction: bits(36),
      anchor: bits(27),
      anchorAt: bits(40),
      breakerLevel: bits(2),
    });
    const property = fc.property(values, values, (first, second) => {
      const state = oracleWith(first, second);
      expect(decodeOracle(encodeOracle(state))).to.deep.equal(state);
    });
    fc.assert(property, { numRuns: 200 });
  });

  it("refuse values that do not fit", () => {
    for (const bad of [
      { mark: 2n ** 27n },
      { fundingIndex: 2n ** 25n },
      { fundingIndex: -(2n ** 25n) },
      { breakerUntil: 2n ** 40n },
      { weight: 2n ** 28n },
      { variance: -1n },
      { anchor: 2n ** 27n },
      { anchorAt: 2n ** 40n },
      { breakerLevel: 4n },
    ]) {
      expect(() => encodeOracle(oracleWith(bad)))
        .to.throw()
        .with.property("code", "ORACLE_RANGE");
    }
  });
});

describe("words in general", () => {
  const list = fc.array(element, { minLength: 1, maxLength: 80 });

  it("hash by sixteen at first and fifteen more each time", () => {
    const words = Array.from({ length: 47 }, (_, index) => BigInt(index + 1));
    const first = hasher.hash(words.slice(0, 16));
    const second = hasher.hash([first, ...words.slice(16, 31)]);
    const third = hasher.hash([second, ...words.slice(31, 46)]);
    expect(hashWords(hasher, words.slice(0, 16))).to.equal(first);
    expect(hashWords(hasher, words.slice(0, 31))).to.equal(second);
    expect(hashWords(hasher, words)).to.equal(hasher.hash([third, 47n]));
    expect(hashWords(hasher, [9n])).to.equal(hasher.hash([9n]));
  });

  it("evaluate as the polynomial that they are", () => {
    const property = fc.property(list, element, (words, at) => {
      let [sum, power] = [0n, 1n];
      for (const word of words) [sum, power] = [(sum + word * power) % FIELD, (power * at) % FIELD];
      expect(evaluateWords(words, at)).to.equal(sum);
    });
    fc.assert(property, { numRuns: 100 });
  });

  it("give the challenge that a contract computes", () => {
    const property = fc.property(list, element, (words, commitment) => {
      const packed = solidityPacked(new Array<string>(words.length + 1).fill("uint256"), [...words, commitment]);
      expect(challengeOf(words, commitment)).to.equal(BigInt(keccak256(packed)) >> 8n);
    });
    fc.assert(property, { numRuns: 50 });
  });

  it("give the domain that a contract computes", () => {
    const guard = `0x${"ab".repeat(20)}`;
    const encoded = AbiCoder.defaultAbiCoder().encode(["uint256", "address"], [31337n, guard]);
    expect(domainOf(31337n, guard)).to.equal(BigInt(keccak256(encoded)) >> 8n);
  });

  it("carry signed values as field elements and back", () => {
    const property = fc.property(fc.bigInt(-(2n ** 250n), 2n ** 250n), (value) => fromField(toField(value)) === value);
    fc.assert(property);
  });

  it("pack lanes into boxes and back", () => {
    const property = fc.property(fc.array(bits(31), { minLength: 8, maxLength: 8 }), (lanes) => {
      expect(unpackBox(packBox(lanes), 8)).to.deep.equal(lanes);
    });
    fc.assert(property);
  });
});
