import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Output } from "./compile.ts";

const OWN = ["artifacts", "cache", "coverage", "hardhat.config.ts"];

/**
 * A folder that looks like the project but has artifacts of its own, so that tests can be run on contracts that were changed
 * without touching the project. Needs `hardhat build` once before.
 */
export class Sandbox {
  readonly root = mkdtempSync(join(tmpdir(), "homeostat-contracts-"));

  constructor(configuration: string) {
    for (const name of readdirSync(".")) if (!OWN.includes(name)) symlinkSync(resolve(name), join(this.root, name));
    cpSync("artifacts", join(this.root, "artifacts"), { recursive: true });
    writeFileSync(join(this.root, "hardhat.config.ts"), configuration);
  }

  /** Puts compiled contracts in the place of the project's. */
  install(contracts: Output["contracts"]): void {
    for (const [file, byName] of Object.entries(contracts)) {
      if (!file.startsWith("contracts/")) continue;
      for (const [name, { abi, evm }] of Object.entries(byName)) {
        const path = join(this.root, "artifacts", file, `${name}.json`);
        mkdirSync(dirname(path), { recursive: true });
        const artifact = { ...this.#read(path), contractName: name, sourceName: file, abi };
        const code = { bytecode: `0x${evm.bytecode.object}`, deployedBytecode: `0x${evm.deployedBytecode.object}` };
        writeFileSync(path, JSON.stringify({ ...artifact, ...code }));
      }
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #read(path: string): object {
    try {
      return JSON.parse(readFileSync(path, "utf8")) as object; // an artifact of hardhat's
    } catch {
      return { _format: "hh3-artifact-1", linkReferences: {}, deployedLinkReferences: {}, immutableReferences: {} };
    }
  }
}
