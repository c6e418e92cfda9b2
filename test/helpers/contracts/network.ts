/** One in-process chain for the test files of a process; fixtures take it back to where they began. */
import { network } from "hardhat";

export const { ethers, networkHelpers } = await network.create();

const restore = networkHelpers.loadFixture.bind(networkHelpers);
/** The chain's clock runs on while other tests run; a fixture's next block comes a second after its last, on a slow machine too. */
networkHelpers.loadFixture = async (fixture) => {
  const loaded = await restore(fixture);
  await networkHelpers.time.setNextBlockTimestamp((await networkHelpers.time.latest()) + 1);
  return loaded;
};
