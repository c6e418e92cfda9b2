import { createRequire } from "node:module";
import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { defineConfig } from "hardhat/config";

// The compiler is soljson.js of the npm package `solc`: nothing is downloaded.
const soljson = createRequire(import.meta.url).resolve("solc/soljson.js");

export default defineConfig({
  plugins: [toolbox],
  paths: { tests: { mocha: "./test", solidity: "./test/solidity" } },
  solidity: {
    profiles: {
      default: {
        version: "0.8.36",
        path: soljson,
        settings: { optimizer: { enabled: true, runs: 1000000 }, viaIR: true, evmVersion: "cancun" },
      },
    },
  },
});
