/** `npm run lint`: types, style and formatting of TypeScript and Solidity; every warning is an error. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const SOLIDITY = ["contracts/**/*.sol", "test/**/*.sol"];

const CHECKS: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  { name: "types (tsc)", command: ["tsc", "--noEmit"] },
  { name: "TypeScript style and format (biome)", command: ["biome", "check", "--error-on-warnings", "."] },
  { name: "Solidity format (prettier)", command: ["prettier", "--check", "--log-level=warn", ...SOLIDITY] },
  {
    name: "Solidity style (solhint)",
    command: ["solhint", "--noPoster", "--disc", "--max-warnings=0", "contracts/**/*.sol"],
  },
];

let failed = 0;
for (const { name, command } of CHECKS) {
  const [tool = "", ...toolArguments] = command;
  const binary = join("node_modules", ".bin", tool);
  if (!existsSync(binary)) throw new Error(`${binary} is missing: run npm ci`);
  const started = Date.now();
  const { status } = spawnSync(binary, toolArguments, { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) failed += 1;
  console.log(`${status === 0 ? "ok  " : "FAIL"} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}
process.exitCode = failed === 0 ? 0 : 1;
