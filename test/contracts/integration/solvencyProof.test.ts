import { expect } from "chai";
import type { Contract } from "ethers";
import { deployGuardDouble } from "../../../contracts/testing/guardDouble.ts";
import { now } from "../../helpers/contracts/bench.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

const ENGINE = `0x${"e1".repeat(20)}`;
const [HELD, OWED, CLAIMS] = [1_050_000n, 900_000n, 100_000n]; // 1.05 dollars for one owed
const MAX_AGE_SEC = 3600;
/** 0.0004 ether for a dollar, 18 decimals. */
const RATE = 4n * 10n ** 14n;
/** ERC-165 identifier: the functions' selectors, combined. */
const SIGNATURES = [
  "getProtocolAssets()",
  "getProtocolLiabilities()",
  "getSolvencyRatio()",
  "verifySolvency()",
  "getSolvencyHistory(uint256,uint256)",
  "updateAssets(address[],uint256[],uint256[])",
  "updateLiabilities(address[],uint256[],uint256[])",
];

async function withProof() {
  const [deployer] = await ethers.getSigners();
  const double = await deployGuardDouble(deployer!, 1);
  const guard = double.contract;
  const token = (await ethers.deployContract("TestToken")) as unknown as Contract;
  const address = await token.getAddress();
  await guard.setVault!(ENGINE, address, OWED, CLAIMS);
  await token.mint!(ENGINE, HELD);
  const rate = (await ethers.deployContract("SettableFeed", [18])) as unknown as Contract;
  await rate.set!(RATE, 0n, await now());
  const proof = (await ethers.deployContract("HomeostatSolvencyProof", [
    double.address,
    await rate.getAddress(),
    MAX_AGE_SEC,
  ])) as unknown as Contract;
  return { double, guard, token, address, rate, proof };
}
const fixture = () => networkHelpers.loadFixture(withProof);

describe("HomeostatSolvencyProof", () => {
  it("shows the vault's balance and what proofs say that it owes, claims included, with their values in ether", async () => {
    const { proof, address, guard } = await fixture();
    const provenAt = await now();
    await guard.setRound!(7n, provenAt);
    const at = await now();
    const weiOf = (amount: bigint) => (amount * RATE) / 10n ** 6n;
    expect(await proof.getProtocolAssets!()).to.deep.equal([[address], [HELD], [weiOf(HELD)], at]);
    expect(await proof.getProtocolLiabilities!()).to.deep.equal([
      [address],
      [OWED + CLAIMS],
      [weiOf(OWED + CLAIMS)],
      provenAt,
    ]);
    expect(await proof.getSolvencyRatio!()).to.equal(10_500n);
    expect(await proof.verifySolvency!()).to.deep.equal([true, 10_500n]);
  });

  it("finds a vault solvent that covers what it owes to the unit, and one unit less insolvent, rounded down", async () => {
    const { proof, guard } = await fixture();
    await guard.setVault!(ENGINE, await guard.token!(), HELD - CLAIMS, CLAIMS);
    expect(await proof.verifySolvency!()).to.deep.equal([true, 10_000n]);
    await guard.setVault!(ENGINE, await guard.token!(), HELD - CLAIMS + 1n, CLAIMS);
    expect(await proof.verifySolvency!()).to.deep.equal([false, 9_999n]);
  });

  it("finds a vault that owes nothing solvent", async () => {
    const { proof, guard } = await fixture();
    await guard.setVault!(ENGINE, await guard.token!(), 0n, 0n);
    expect(await proof.verifySolvency!()).to.deep.equal([true, ethers.MaxUint256]);
  });

  for (const [name, causes, solvent] of [
    ["late proofs", 1n, false],
    ["late rounds", 2n, false],
    ["a short vault", 4n, false],
    ["a lasting deficit", 8n, false],
    ["a lasting bankruptcy", 16n, false],
    ["a flood", 32n, true],
    ["a council's caution", 64n, true],
  ] as const) {
    it(`is ${solvent ? "solvent" : "not shown to be solvent"} during a halt by ${name}`, async () => {
      const { proof, guard } = await fixture();
      await guard.setHaltCauses!(causes);
      expect((await proof.verifySolvency!())[0]).to.equal(solvent);
    });
  }

  it("is not shown to be solvent in Exit", async () => {
    const { proof, double } = await fixture();
    await double.bringInto(0, "Exit");
    expect((await proof.verifySolvency!())[0]).to.equal(false);
  });

  it("gives no values without a positive, fresh price in ether, but ratios still", async () => {
    const { proof, rate } = await fixture();
    const updatedAt = await now();
    for (const answer of [0n, -1n]) {
      await rate.set!(answer, 0n, updatedAt);
      await expect(proof.getProtocolAssets!())
        .to.be.revertedWithCustomError(proof, "NoEtherPrice")
        .withArgs(answer, updatedAt);
    }
    await rate.set!(RATE, 0n, updatedAt);
    await networkHelpers.time.increaseTo(updatedAt + BigInt(MAX_AGE_SEC));
    await proof.getProtocolLiabilities!();
    await networkHelpers.time.increaseTo(updatedAt + BigInt(MAX_AGE_SEC) + 1n);
    await expect(proof.getProtocolLiabilities!())
      .to.be.revertedWithCustomError(proof, "NoEtherPrice")
      .withArgs(RATE, updatedAt);
    expect(await proof.getSolvencyRatio!()).to.equal(10_500n);
  });

  it("takes a whole token for an ether when it has no feed", async () => {
    const { double } = await fixture();
    const proof = await ethers.deployContract("HomeostatSolvencyProof", [double.address, ethers.ZeroAddress, 0]);
    expect((await proof.getProtocolAssets!())[2]).to.deep.equal([(HELD * 10n ** 18n) / 10n ** 6n]);
  });

  it("keeps what anyone recorded, once a second, and finds it by time, both ends included", async () => {
    const { proof, guard, address, token } = await fixture();
    const times: bigint[] = [];
    for (const extra of [0n, 50_000n, 100_000n]) {
      await guard.setVault!(ENGINE, address, OWED + extra, CLAIMS);
      const at = (await now()) + 10n;
      await networkHelpers.time.setNextBlockTimestamp(at);
      await expect(proof.record!())
        .to.emit(proof, "SolvencyMetricsUpdated")
        .withArgs(HELD, OWED + extra + CLAIMS, (HELD * 10_000n) / (OWED + extra + CLAIMS), at);
      times.push(at);
    }
    const [first, second, third] = times as [bigint, bigint, bigint];
    const all = await proof.getSolvencyHistory!(0n, ethers.MaxUint256);
    expect([...all[0]]).to.deep.equal(times);
    expect([...all[1]]).to.deep.equal([10_500n, 10_000n, 9_545n]);
    expect(all[2].map((entry: [unknown, bigint[]]) => entry[1][0])).to.deep.equal([HELD, HELD, HELD]);
    expect(all[3].map((entry: [unknown, bigint[], unknown, bigint]) => [entry[1][0], entry[3]])).to.deep.equal([
      [1_000_000n, first],
      [1_050_000n, second],
      [1_100_000n, third],
    ]);
    const timesOf = async (from: bigint, to: bigint) => [...(await proof.getSolvencyHistory!(from, to))[0]];
    expect(await timesOf(second, second)).to.deep.equal([second]);
    expect(await timesOf(first + 1n, third)).to.deep.equal([second, third]);
    expect(await timesOf(first, third - 1n)).to.deep.equal([first, second]);
    expect(await timesOf(third + 1n, ethers.MaxUint256)).to.deep.equal([]);
    expect(await timesOf(third, first)).to.deep.equal([]);
    expect(await timesOf(2n ** 255n, ethers.MaxUint256)).to.deep.equal([]);
    await token.mint!(ENGINE, ethers.MaxUint256 - HELD * 10n);
    await proof.record!();
    const last = await proof.getSolvencyHistory!(third + 1n, ethers.MaxUint256);
    expect([last[2][0][1][0], last[3][0][1][0]]).to.deep.equal([2n ** 104n - 1n, 1_100_000n]);
  });

  it("records one entry a second, and warns of a ratio below full cover only", async () => {
    const { proof, guard, address } = await fixture();
    await expect(proof.record!()).to.not.emit(proof, "RiskAlert");
    await guard.setVault!(ENGINE, address, 2n * HELD, 0n);
    const at = (await now()) + 5n;
    await networkHelpers.time.setNextBlockTimestamp(at);
    await expect(proof.record!()).to.emit(proof, "RiskAlert").withArgs("CRITICAL", 5_000n, 10_000n, at);
    await expect(proof.record!.staticCall({ blockTag: "latest" }))
      .to.be.revertedWithCustomError(proof, "AlreadyRecorded")
      .withArgs(at);
  });

  it("lets nobody bring figures", async () => {
    const { proof } = await fixture();
    const [caller] = await ethers.getSigners();
    for (const name of ["updateAssets", "updateLiabilities"])
      await expect(proof[name]!([], [], []))
        .to.be.revertedWithCustomError(proof, "OnlyProofsUpdate")
        .withArgs(caller!.address);
  });

  it("says by ERC-165 that it speaks ERC-7893", async () => {
    const { proof } = await fixture();
    const selectors = SIGNATURES.map((signature) => BigInt(ethers.id(signature).slice(0, 10)));
    const id = ethers.toBeHex(
      selectors.reduce((left, right) => left ^ right),
      4,
    );
    expect(await proof.supportsInterface!(id)).to.equal(true);
    expect(await proof.supportsInterface!("0x01ffc9a7")).to.equal(true);
    expect(await proof.supportsInterface!("0xffffffff")).to.equal(false);
  });

  it("is not made with a feed of any age, or for a token of more than 18 decimals", async () => {
    const { double, rate, proof } = await fixture();
    const factory = await ethers.getContractFactory("HomeostatSolvencyProof");
    await expect(factory.deploy(double.address, await rate.getAddress(), 0))
      .to.be.revertedWithCustomError(proof, "BadSolvencyProof")
      .withArgs("maximumAgeSec", 0n);
    const odd = await ethers.deployContract("SettableFeed", [19]); // answers decimals() as a token would
    await double.contract.setVault!(ENGINE, await odd.getAddress(), 0n, 0n);
    await expect(factory.deploy(double.address, ethers.ZeroAddress, 0))
      .to.be.revertedWithCustomError(proof, "BadSolvencyProof")
      .withArgs("decimals", 19n);
  });
});
