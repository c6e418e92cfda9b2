import { expect } from "chai";
import type { Contract } from "ethers";
import { now } from "../../helpers/contracts/bench.ts";
import {
  ALL_MARKETS,
  ascending,
  type Consent,
  consentsTo,
  deployCouncil,
  HOUR_SEC,
  LIFT_DELAY_SEC,
  MESSAGE_TYPES,
} from "../../helpers/contracts/council.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

const BROKEN = 2n;
const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

async function withCouncil() {
  const hooks = (await ethers.deployContract("CouncilHooksDouble")) as unknown as Contract;
  const guard = await hooks.getAddress();
  const setup = await deployCouncil(guard);
  const deadline = (await now()) + 10n * 24n * HOUR_SEC;
  const terms = { market: 0n, level: BROKEN, durationSec: 24n * HOUR_SEC, cause: 7n };
  return { ...setup, hooks, guard, deadline, terms };
}
type Setup = Awaited<ReturnType<typeof withCouncil>>;
const fixture = () => networkHelpers.loadFixture(withCouncil);

/** A signed Tighten that is accepted as it stands; each test changes one thing. */
async function signedTighten(
  setup: Setup,
  changes: Record<string, unknown> = {},
  domain: Record<string, unknown> = {},
) {
  const { guard, address, members, deadline, terms, council } = setup;
  const message = { guard, ...terms, nonce: await council.nextNonce!(), deadline, ...changes };
  return consentsTo(address, "Tighten", message, members.slice(0, 2), domain);
}

async function tighten(setup: Setup, consents?: readonly Consent[], changes: Record<string, bigint> = {}) {
  const { market, level, durationSec, cause } = { ...setup.terms, ...changes };
  const signed = consents ?? (await signedTighten(setup, changes));
  return setup.council.tighten!(market, level, durationSec, cause, setup.deadline, signed);
}

async function proposeLift(setup: Setup, market: bigint = setup.terms.market) {
  const { guard, address, members, deadline, council } = setup;
  const message = { guard, market, nonce: await council.nextNonce!(), deadline };
  const consents = await consentsTo(address, "ProposeLift", message, members.slice(1));
  return council.proposeLift!(market, deadline, consents);
}

/** Executes a lift of a market's restriction `id` that was proposed with `nonce`; anyone may. */
async function executeLift({ council, timelock, stranger }: Setup, market: bigint, id: bigint, nonce: bigint) {
  const [targets, values, payloads] = await council.liftCalls!(market, id);
  const salt = ethers.toBeHex(nonce, 32);
  const lock = timelock.connect(stranger) as Contract;
  return lock.executeBatch!([...targets], [...values], [...payloads], ethers.ZeroHash, salt);
}

describe("SecurityCouncil", () => {
  it("tells the guard what two of three signed, whoever sends it", async () => {
    const setup = await fixture();
    const { council, hooks, stranger, address, deadline, terms } = setup;
    const signed = await signedTighten(setup);
    const sent = (council.connect(stranger) as Contract).tighten!(0n, BROKEN, terms.durationSec, 7n, deadline, signed);
    await expect(sent)
      .to.emit(hooks, "TightenCalled")
      .withArgs(address, 0n, BROKEN, terms.durationSec, 7n)
      .and.to.emit(council, "Tightened")
      .withArgs(1n, 0n, BROKEN, terms.durationSec, 7n);
    expect(await council.nextNonce!()).to.equal(2n);
  });

  it("shows wallets the digest that it checks", async () => {
    const { council, terms, deadline, guard, address } = await fixture();
    const { chainId } = await ethers.provider.getNetwork();
    const domain = { name: "Homeostat SecurityCouncil", version: "1", chainId, verifyingContract: address };
    const message = { guard, ...terms, nonce: 1n, deadline };
    const wanted = ethers.TypedDataEncoder.hash(domain, { Tighten: MESSAGE_TYPES.Tighten }, message);
    expect(await council.digestOfTighten!(0n, BROKEN, terms.durationSec, 7n, deadline)).to.equal(wanted);
  });

  it("takes the consent of a member that is a contract, and only while it gives it", async () => {
    const setup = await fixture();
    const [signer] = setup.members;
    const contract = (await ethers.deployContract("ContractMember")) as unknown as Contract;
    const memberAddress = await contract.getAddress();
    const members = ascending([{ address: memberAddress }, signer!]).map(({ address }) => address);
    const council = (await ethers.deployContract("SecurityCouncil", [
      setup.guard,
      members,
      2n,
      LIFT_DELAY_SEC,
    ])) as unknown as Contract;
    const digest = await council.digestOfTighten!(0n, BROKEN, HOUR_SEC, 7n, setup.deadline);
    const message = { guard: setup.guard, ...setup.terms, durationSec: HOUR_SEC, nonce: 1n, deadline: setup.deadline };
    const [own] = await consentsTo(await council.getAddress(), "Tighten", message, [signer!]);
    const consents = members.map((member) => (member === memberAddress ? { member, signature: "0x" } : own!));
    const send = () => council.tighten!(0n, BROKEN, HOUR_SEC, 7n, setup.deadline, consents);
    await expect(send()).to.be.revertedWithCustomError(council, "BadConsent").withArgs(memberAddress, digest);
    await contract.setConsent!(digest, true);
    await expect(send()).to.emit(setup.hooks, "TightenCalled");
  });

  describe("when consents are not what it wants", () => {
    it("refuses fewer than the threshold", async () => {
      const setup = await fixture();
      const one = (await signedTighten(setup)).slice(1);
      await expect(tighten(setup, one)).to.be.revertedWithCustomError(setup.council, "TooFewConsents").withArgs(1n, 2n);
    });

    it("refuses the same member twice, and members out of order", async () => {
      const setup = await fixture();
      const [first, second] = await signedTighten(setup);
      await expect(tighten(setup, [first!, first!]))
        .to.be.revertedWithCustomError(setup.council, "NotAscending")
        .withArgs(first!.member, first!.member);
      await expect(tighten(setup, [second!, first!]))
        .to.be.revertedWithCustomError(setup.council, "NotAscending")
        .withArgs(second!.member, first!.member);
    });

    it("refuses someone who is no member", async () => {
      const setup = await fixture();
      const { members, stranger, guard, address, terms, deadline } = setup;
      const two = ascending([members[0]!, stranger]);
      const consents = await consentsTo(address, "Tighten", { guard, ...terms, nonce: 1n, deadline }, two);
      await expect(tighten(setup, consents))
        .to.be.revertedWithCustomError(setup.council, "NotMember")
        .withArgs(stranger.address);
    });

    it("refuses a member's name under another's signature", async () => {
      const setup = await fixture();
      const [first, second] = await signedTighten(setup);
      await expect(tighten(setup, [first!, { ...second!, signature: first!.signature }])).to.be.revertedWithCustomError(
        setup.council,
        "BadConsent",
      );
    });

    it("refuses the other form of a signature (high s), and short ones", async () => {
      const setup = await fixture();
      const [first, second] = await signedTighten(setup);
      const { r, s, v } = ethers.Signature.from(second!.signature);
      const high = ethers.toBeHex(SECP256K1_ORDER - BigInt(s), 32);
      const malleated = ethers.concat([r, high, v === 27 ? "0x1c" : "0x1b"]);
      const short = ethers.Signature.from(second!.signature).compactSerialized;
      for (const signature of [malleated, short, "0x"]) {
        await expect(tighten(setup, [first!, { ...second!, signature }])).to.be.revertedWithCustomError(
          setup.council,
          "BadConsent",
        );
      }
      await tighten(setup, [first!, second!]);
    });
  });

  describe("when a message is replayed", () => {
    it("refuses the same message again", async () => {
      const setup = await fixture();
      const signed = await signedTighten(setup);
      await tighten(setup, signed);
      await expect(tighten(setup, signed)).to.be.revertedWithCustomError(setup.council, "BadConsent");
    });

    it("refuses a message of a later nonce before its turn", async () => {
      const setup = await fixture();
      const later = await signedTighten(setup, { nonce: 2n });
      await expect(tighten(setup, later)).to.be.revertedWithCustomError(setup.council, "BadConsent");
    });

    it("refuses a message after its deadline, and takes it in the second before", async () => {
      const setup = await fixture();
      const signed = await signedTighten(setup);
      await networkHelpers.time.increaseTo(setup.deadline);
      await expect(tighten(setup, signed))
        .to.be.revertedWithCustomError(setup.council, "DeadlinePassed")
        .withArgs(setup.deadline, setup.deadline + 1n);
      const again = await fixture();
      const fresh = await signedTighten(again);
      await networkHelpers.time.increaseTo(again.deadline - 1n);
      await tighten(again, fresh);
    });

    const elsewhere: readonly (readonly [string, Record<string, unknown>])[] = [
      ["another chain", { chainId: 1n }],
      ["another council", { verifyingContract: `0x${"11".repeat(20)}` }],
      ["another version", { version: "2" }],
      ["another name", { name: "Another" }],
    ];
    for (const [title, domain] of elsewhere) {
      it(`refuses a message for ${title}`, async () => {
        const setup = await fixture();
        const signed = await signedTighten(setup, {}, domain);
        await expect(tighten(setup, signed)).to.be.revertedWithCustomError(setup.council, "BadConsent");
      });
    }

    const other: readonly (readonly [string, Record<string, unknown>])[] = [
      ["guard", { guard: `0x${"22".repeat(20)}` }],
      ["market", { market: 1n }],
      ["level", { level: 3n }],
      ["duration", { durationSec: 1n }],
      ["cause", { cause: 8n }],
      ["deadline", { deadline: 2n ** 40n }],
    ];
    for (const [field, change] of other) {
      it(`refuses a message that was signed with another ${field}`, async () => {
        const setup = await fixture();
        const signed = await signedTighten(setup, change);
        await expect(tighten(setup, signed)).to.be.revertedWithCustomError(setup.council, "BadConsent");
      });
    }

    it("refuses consent to one action for another", async () => {
      const setup = await fixture();
      await tighten(setup);
      const message = { guard: setup.guard, market: 0n, nonce: 2n, deadline: setup.deadline };
      const consents = await consentsTo(setup.address, "ProposeLift", message, setup.members.slice(0, 2));
      await expect(setup.council.cancelLift!(ethers.ZeroHash, setup.deadline, consents)).to.be.revertedWithCustomError(
        setup.council,
        "BadConsent",
      );
    });
  });

  it("keeps the nonce when the guard refuses", async () => {
    const setup = await fixture();
    await setup.hooks.setRefusing!(true);
    const signed = await signedTighten(setup);
    await expect(tighten(setup, signed)).to.be.revertedWithCustomError(setup.hooks, "Refused");
    await setup.hooks.setRefusing!(false);
    await tighten(setup, signed);
  });

  describe("when it wants to end a restriction early", () => {
    it("can only by the timelock, after its delay, by anyone's transaction", async () => {
      const setup = await fixture();
      const { council, hooks, timelock } = setup;
      await tighten(setup);
      const sent = await proposeLift(setup);
      const readyAt = (await now()) + LIFT_DELAY_SEC;
      const [targets, values, payloads] = await council.liftCalls!(0n, 1n);
      const operation = await timelock.hashOperationBatch!(
        [...targets],
        [...values],
        [...payloads],
        ethers.ZeroHash,
        ethers.toBeHex(2n, 32),
      );
      await expect(sent).to.emit(council, "LiftProposed").withArgs(1n, 0n, operation, readyAt);
      await networkHelpers.time.increaseTo(readyAt - 2n);
      await expect(executeLift(setup, 0n, 1n, 2n)).to.be.revertedWithCustomError(
        timelock,
        "TimelockUnexpectedOperationState",
      );
      await networkHelpers.time.increaseTo(readyAt);
      await expect(executeLift(setup, 0n, 1n, 2n))
        .to.emit(hooks, "LiftCalled")
        .withArgs(await timelock.getAddress(), 0n);
    });

    it("cannot keep a lift in store for a later restriction of that market, or of all", async () => {
      for (const later of [0n, ALL_MARKETS]) {
        const setup = await fixture();
        await tighten(setup);
        await proposeLift(setup);
        await networkHelpers.time.increase(LIFT_DELAY_SEC);
        await tighten(setup, undefined, { market: later });
        await expect(executeLift(setup, 0n, 1n, 2n))
          .to.be.revertedWithCustomError(setup.council, "NotTheLastRestriction")
          .withArgs(0n, 1n, 3n);
      }
    });

    it("does not mind a later restriction of another market, unless all are to be lifted", async () => {
      const setup = await fixture();
      await tighten(setup);
      await tighten(setup, undefined, { market: 1n });
      await proposeLift(setup);
      await networkHelpers.time.increase(LIFT_DELAY_SEC);
      await executeLift(setup, 0n, 1n, 3n);

      const other = await fixture();
      await tighten(other, undefined, { market: ALL_MARKETS });
      await proposeLift(other, ALL_MARKETS);
      await tighten(other);
      await networkHelpers.time.increase(LIFT_DELAY_SEC);
      await expect(executeLift(other, ALL_MARKETS, 1n, 2n))
        .to.be.revertedWithCustomError(other.council, "NotTheLastRestriction")
        .withArgs(ALL_MARKETS, 1n, 3n);
    });

    it("cannot propose to end what it never restricted", async () => {
      const setup = await fixture();
      await expect(proposeLift(setup))
        .to.be.revertedWithCustomError(setup.council, "NotTheLastRestriction")
        .withArgs(0n, 0n, 0n);
    });

    it("can withdraw the proposal, which then cannot be executed", async () => {
      const setup = await fixture();
      await tighten(setup);
      const receipt = await (await proposeLift(setup)).wait();
      const { operation } = setup.council.interface.parseLog(receipt.logs[0])!.args;
      const message = { guard: setup.guard, operation, nonce: 3n, deadline: setup.deadline };
      const consents = await consentsTo(setup.address, "CancelLift", message, setup.members.slice(0, 2));
      await expect(setup.council.cancelLift!(operation, setup.deadline, consents))
        .to.emit(setup.council, "LiftCancelled")
        .withArgs(operation);
      await networkHelpers.time.increase(LIFT_DELAY_SEC);
      await expect(executeLift(setup, 0n, 1n, 2n)).to.be.revertedWithCustomError(
        setup.timelock,
        "TimelockUnexpectedOperationState",
      );
    });
  });

  describe("its timelock", () => {
    it("has no administrator but itself, one proposer, and anyone as executor", async () => {
      const { timelock, address, deployer, members } = await fixture();
      const lock = await timelock.getAddress();
      const [proposer, canceller, executor] = [
        await timelock.PROPOSER_ROLE!(),
        await timelock.CANCELLER_ROLE!(),
        await timelock.EXECUTOR_ROLE!(),
      ];
      const granted = await timelock.queryFilter(timelock.filters.RoleGranted!());
      const roles = granted.map((event) =>
        [...(event as unknown as { args: [string, string, string] }).args].slice(0, 2),
      );
      expect(roles).to.deep.equal([
        [ethers.ZeroHash, lock],
        [proposer, address],
        [canceller, address],
        [executor, ethers.ZeroAddress],
      ]);
      for (const { address: nobody } of [deployer, ...members])
        expect(await timelock.hasRole!(ethers.ZeroHash, nobody)).to.equal(false);
    });

    it("lets nobody schedule, change its delay or its roles: no message of the council reaches it", async () => {
      const { timelock, council, members, deployer } = await fixture();
      const payload = timelock.interface.encodeFunctionData("updateDelay", [0n]);
      for (const caller of [deployer, ...members]) {
        const lock = timelock.connect(caller) as Contract;
        const self = await timelock.getAddress();
        await expect(
          lock.schedule!(self, 0n, payload, ethers.ZeroHash, ethers.ZeroHash, LIFT_DELAY_SEC),
        ).to.be.revertedWithCustomError(timelock, "AccessControlUnauthorizedAccount");
        await expect(lock.updateDelay!(0n)).to.be.revertedWithCustomError(timelock, "TimelockUnauthorizedCaller");
        await expect(lock.grantRole!(await timelock.PROPOSER_ROLE!(), caller.address)).to.be.revertedWithCustomError(
          timelock,
          "AccessControlUnauthorizedAccount",
        );
      }
      const acting = council.interface.fragments
        .filter((fragment) => fragment.type === "function")
        .map((fragment) => fragment as unknown as { name: string; stateMutability: string })
        .filter(({ stateMutability }) => !["view", "pure"].includes(stateMutability))
        .map(({ name }) => name);
      expect(acting.sort()).to.deep.equal(["cancelLift", "proposeLift", "tighten"]);
    });
  });

  describe("its constructor", () => {
    const bad: readonly (readonly [string, string, (members: readonly string[]) => readonly unknown[]])[] = [
      ["threshold", "1", (members) => [members, 1n, LIFT_DELAY_SEC]],
      ["threshold", "4", (members) => [members, 4n, LIFT_DELAY_SEC]],
      ["liftDelaySec", `${LIFT_DELAY_SEC - 1n}`, (members) => [members, 2n, LIFT_DELAY_SEC - 1n]],
      ["liftDelaySec", `${30n * 24n * HOUR_SEC + 1n}`, (members) => [members, 2n, 30n * 24n * HOUR_SEC + 1n]],
      ["members", "33", () => [Array.from({ length: 33 }, (_, i) => ethers.toBeHex(i + 1, 20)), 2n, LIFT_DELAY_SEC]],
    ];
    for (const [name, value, rest] of bad) {
      it(`refuses ${name} ${value}`, async () => {
        const { members, guard, council } = await fixture();
        const factory = await ethers.getContractFactory("SecurityCouncil");
        await expect(factory.deploy(guard, ...rest(members.map(({ address }) => address))))
          .to.be.revertedWithCustomError(council, "BadCouncil")
          .withArgs(name, BigInt(value));
      });
    }

    it("refuses no guard, the zero address as a member, and a member named twice", async () => {
      const { members, guard, council } = await fixture();
      const [first, second] = members.map(({ address }) => address);
      const factory = await ethers.getContractFactory("SecurityCouncil");
      await expect(factory.deploy(ethers.ZeroAddress, [first, second], 2n, LIFT_DELAY_SEC))
        .to.be.revertedWithCustomError(council, "BadCouncil")
        .withArgs("guard", 0n);
      for (const list of [
        [ethers.ZeroAddress, first],
        [first, first],
        [second, first],
      ]) {
        await expect(factory.deploy(guard, list, 2n, LIFT_DELAY_SEC)).to.be.revertedWithCustomError(
          council,
          "NotAscending",
        );
      }
    });
  });
});
