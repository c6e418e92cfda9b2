import { createRequire } from "node:module";
import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { defineConfig } from "hardhat/config";

// The compiler is soljson.js of the npm package `solc`: nothing is downloaded.
const soljson = createRequire(import.meta.url).resolve("solc/soljson.js");

/** @param runs more of them cost code and save gas; the guard is near the 24,576 bytes that a contract may have */
const compiledFor = (runs: number) => ({
  version: "0.8.36",
  path: soljson,
  settings: {
    optimizer: { enabled: true, runs },
    viaIR: true,
    evmVersion: "cancun",
  },
});

export default defineConfig({
  plugins: [toolbox],
  paths: { tests: { mocha: "./test", solidity: "./test/solidity" } },
  // quick here; native forge runs the same files for longer, see foundry.toml
  test: {
    solidity: {
      fuzz: { runs: 256 },
      invariant: { runs: 24, depth: 24, failOnRevert: true },
    },
  },
  solidity: {
    profiles: {
      default: {
        compilers: [compiledFor(1_000_000)],
        overrides: {
          "contracts/Homeostat.sol": compiledFor(200),
          // the engine and two faults: too long for one contract otherwise
          "contracts/mocks/BuggyEngine.sol": compiledFor(200),
        },
      },
    },
  },
});
