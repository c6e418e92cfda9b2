/**
 * The sandbox's hardhat.config.ts: no limit of code size, because nothing is optimised; coverage tags go where the worker looks. All
 * tests share one chain: in large blocks the base fee falls, in full ones it rises until the deployer runs out of money.
 */
export const SANDBOX_CONFIGURATION = `import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { defineConfig } from "hardhat/config";

const hits = globalThis.contractHits ?? new Set();
const coverage = {
  id: "contract-coverage",
  hookHandlers: {
    network: async () => ({
      default: async () => ({
        onCoverageData: async (_context, tags) => {
          for (const tag of tags) hits.add(tag);
        },
      }),
    }),
  },
};

export default defineConfig({
  plugins: [toolbox, coverage],
  solidity: "0.8.36",
  networks: { default: { type: "edr-simulated", allowUnlimitedContractSize: true, blockGasLimit: 1_000_000_000 } },
});
`;
