// Runs one of the project's TypeScript programs on a bare machine: `node scripts/run.mjs FILE.ts [arguments]`.
// Plain JavaScript on purpose: it is what Node 20 can run before anything is installed.
import { spawn } from "node:child_process";
import { bootstrap } from "./bootstrap.mjs";

const [program, ...programArguments] = process.argv.slice(2);
if (program === undefined) {
  console.error("usage: node scripts/run.mjs FILE.ts [arguments]");
  process.exit(2);
}

const { node, env } = await bootstrap();
const child = spawn(node, ["--disable-warning=ExperimentalWarning", program, ...programArguments], {
  stdio: "inherit",
  env,
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(`could not start ${node}: ${error.message}`);
  process.exit(2);
});
child.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 128 + 15));
