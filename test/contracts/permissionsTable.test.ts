import { expect } from "chai";
import { ethers } from "../helpers/contracts/network.ts";

/** Kinds of operations and actions by number, as OperationWords and Permissions have them. */
const KINDS = {
  Noop: 0,
  Deposit: 1,
  Withdraw: 2,
  Trade: 3,
  Liquidate: 4,
  Backstop: 5,
  Recertify: 6,
  SetKey: 7,
  ShareLoss: 8,
  "the first unknown type": 9,
  "the last unknown type": 15,
  "a proof": 16,
  "payment of a claim": 17,
  "the first number that is nothing": 18,
} as const;

/** Normal, Stressed, Broken, Halted, Exit: A allowed, r restricted, - refused; the table of contracts/README.md. */
const ALWAYS = "AAAA-";
const NEVER = "-----";
const TABLE: Readonly<Record<keyof typeof KINDS, string>> = {
  Noop: NEVER,
  Deposit: ALWAYS,
  Withdraw: "AAAr-",
  Trade: "Arrr-",
  Liquidate: ALWAYS,
  Backstop: ALWAYS,
  Recertify: ALWAYS,
  SetKey: ALWAYS,
  ShareLoss: ALWAYS,
  "the first unknown type": NEVER,
  "the last unknown type": NEVER,
  "a proof": ALWAYS,
  "payment of a claim": "AAA-r",
  "the first number that is nothing": NEVER,
};
const LETTERS = ["-", "r", "A"] as const; // Refused, Restricted, Allowed

describe("the table of permissions", () => {
  let table: Awaited<ReturnType<typeof ethers.deployContract>>;
  before(async () => {
    table = await ethers.deployContract("PermissionsTable");
  });

  for (const [name, kind] of Object.entries(KINDS)) {
    const expected = TABLE[name as keyof typeof KINDS];
    it(`has ${expected} for ${name}`, async () => {
      const states = [0, 1, 2, 3, 4];
      const modes = await Promise.all(states.map((state) => table.getFunction("modeOf").staticCall(kind, state)));
      expect(modes.map((mode) => LETTERS[Number(mode)]).join("")).to.equal(expected);
    });
  }
});
