/** What every program on real circuits and contracts needs first: circuits, keys, compiled contracts. All cached. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildProfile } from "./circuits/build.ts";

const say = (text: string): void => console.error(`[set-up] ${text}`);

/**
 * Builds the circuits and dev keys of a profile and compiles the contracts, unless they are there already.
 * @throws {Error} when the contracts do not compile
 */
export async function prepare(profile = "dev"): Promise<void> {
  await buildProfile(profile, { onProgress: say });
  compileContracts();
}

function compileContracts(): void {
  const hardhat = join("node_modules", "hardhat", "dist", "src", "cli.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [hardhat, "build", "--quiet", "--no-tests"], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the contracts do not compile:\n${stdout}${stderr}`);
}
