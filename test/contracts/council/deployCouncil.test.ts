import { expect } from "chai";
import { Contract } from "ethers";
import { type CouncilConfig, checkCouncil } from "../../../scripts/deploy/council.ts";
import { DeployError } from "../../../scripts/deploy/errors.ts";
import { deployBench } from "../../helpers/contracts/bench.ts";
import { ascending } from "../../helpers/contracts/council.ts";
import { ethers } from "../../helpers/contracts/network.ts";

const address = (byte: string): string => `0x${byte.repeat(20)}`;
const [FIRST, SECOND, THIRD] = [address("11"), address("22"), address("33")];
const VALID: CouncilConfig = { members: [FIRST, SECOND, THIRD], threshold: 2 };

async function refusal(act: () => unknown): Promise<DeployError> {
  try {
    await act();
  } catch (thrown) {
    if (thrown instanceof DeployError) return thrown;
    throw thrown;
  }
  throw new Error("nothing was refused");
}

describe("a deployment with a council", () => {
  it("binds guard, council and timelock to each other, whatever the order of the members", async () => {
    const { at, guard } = await deployBench({ newCouncil: { ...VALID, members: [THIRD, FIRST, SECOND] } });
    const council = new Contract(
      at.council,
      (await ethers.getContractFactory("SecurityCouncil")).interface,
      ethers.provider,
    );
    expect([await guard.council!(), await guard.timelock!()]).to.deep.equal([at.council, at.timelock]);
    expect([await council.guard!(), await council.timelock!()]).to.deep.equal([at.guard, at.timelock]);
    expect(await ethers.provider.getCode(at.timelock)).to.not.equal("0x");
    expect(await council.threshold!()).to.equal(2n);
    for (const { address: member } of ascending([FIRST, SECOND, THIRD].map((each) => ({ address: each }))))
      expect(await council.isMember!(member), member).to.equal(true);
  });

  it("has none by default", async () => {
    const { at, guard } = await deployBench();
    expect([at.council, at.timelock, await guard.council!()]).to.deep.equal(
      new Array<string>(3).fill(ethers.ZeroAddress),
    );
  });

  const table: readonly (readonly [string, Partial<CouncilConfig>])[] = [
    ["newCouncil.members", { members: [FIRST, "nobody"] }],
    ["newCouncil.members", { members: [FIRST, SECOND, FIRST.toUpperCase().replace("0X", "0x")] }],
    ["newCouncil.members", { members: [FIRST, SECOND, ethers.ZeroAddress] }],
    ["newCouncil.members", { members: Array.from({ length: 33 }, (_, i) => ethers.toBeHex(i + 1, 20)) }],
    ["newCouncil.threshold", { threshold: 1 }],
    ["newCouncil.threshold", { threshold: 4 }],
    ["newCouncil.threshold", { threshold: 2.5 }],
    ["newCouncil.liftDelaySec", { liftDelaySec: 6 * 3600 - 1 }],
    ["newCouncil.liftDelaySec", { liftDelaySec: 30 * 86_400 + 1 }],
    ["newCouncil.liftDelaySec", { liftDelaySec: 7 * 3600 + 0.5 }],
  ];
  for (const [field, changes] of table) {
    it(`names ${field} when it is wrong: ${JSON.stringify(changes).slice(0, 60)}`, async () => {
      checkCouncil(VALID);
      const refused = await refusal(() => checkCouncil({ ...VALID, ...changes }));
      expect([refused.code, refused.field]).to.deep.equal(["DEPLOY_CONFIG", field]);
    });
  }

  it("is refused before anything is deployed: a wrong council, or two of them", async () => {
    const wrong = await refusal(() => deployBench({ newCouncil: { ...VALID, threshold: 1 } }));
    expect(wrong.field).to.equal("newCouncil.threshold");
    const both = await refusal(() => deployBench({ newCouncil: VALID, council: { council: FIRST, timelock: SECOND } }));
    expect(both.field).to.equal("newCouncil");
  });
});
