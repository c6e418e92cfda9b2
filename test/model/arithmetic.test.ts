import { expect } from "chai";
import fc from "fast-check";
import { bitsOf, divideDown, divideUp, isInt, isUint, squareRootDown } from "../../verifier/model/arithmetic.ts";

const integer = fc.bigInt(-(2n ** 200n), 2n ** 200n);

describe("arithmetic", () => {
  for (const [numerator, down, up] of [
    [-7n, -4n, -3n],
    [-6n, -3n, -3n],
    [-1n, -1n, 0n],
    [0n, 0n, 0n],
    [1n, 0n, 1n],
    [7n, 3n, 4n],
  ] as const) {
    it(`divides ${numerator} by 2 down to ${down} and up to ${up}`, () => {
      expect([divideDown(numerator, 2n), divideUp(numerator, 2n)]).to.deep.equal([down, up]);
    });
  }

  it("divides down and up to the integers around the quotient", () => {
    const property = fc.property(integer, fc.bigInt(1n, 2n ** 100n), (numerator, denominator) => {
      const [down, up] = [divideDown(numerator, denominator), divideUp(numerator, denominator)];
      return (
        down * denominator <= numerator &&
        (down + 1n) * denominator > numerator &&
        up * denominator >= numerator &&
        (up - 1n) * denominator < numerator
      );
    });
    fc.assert(property);
  });

  it("takes the square root down", () => {
    const property = fc.property(fc.bigInt(0n, 2n ** 300n), (value) => {
      const root = squareRootDown(value);
      return root * root <= value && (root + 1n) * (root + 1n) > value;
    });
    fc.assert(property);
    for (const [value, root] of [
      [0n, 0n],
      [1n, 1n],
      [2n, 1n],
      [3n, 1n],
      [4n, 2n],
      [2n ** 80n - 1n, 2n ** 40n - 1n],
      [2n ** 80n, 2n ** 40n],
    ] as const) {
      expect(squareRootDown(value)).to.equal(root);
    }
  });

  it("knows the ends of ranges", () => {
    expect([isUint(-1n, 8n), isUint(0n, 8n), isUint(255n, 8n), isUint(256n, 8n)]).to.deep.equal([
      false,
      true,
      true,
      false,
    ]);
    expect([isInt(-256n, 8n), isInt(-255n, 8n), isInt(255n, 8n), isInt(256n, 8n)]).to.deep.equal([
      false,
      true,
      true,
      false,
    ]);
  });

  it("cuts bits out of words", () => expect(bitsOf(0xabcdn, 4n, 8n)).to.equal(0xbcn));
});
