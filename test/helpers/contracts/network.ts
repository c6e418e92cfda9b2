/** One in-process chain for the test files of a process; fixtures take it back to where they began. */
import { network } from "hardhat";

export const { ethers, networkHelpers } = await network.create();
