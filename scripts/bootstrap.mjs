// Gets what the programs need: Node 22 and the locked dependencies. Everything else they build themselves.
// Says what it does on standard error, so that `--json` output stays clean.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** Exact version of the private Node: 22 is the fastest line for field arithmetic in WebAssembly, and runs TypeScript. */
const NODE_VERSION = "22.23.3";
const STAMP = join(ROOT, "node_modules", ".homeostat-installed");

const say = (text) => console.error(`[set-up] ${text}`);

function fail(text) {
  say(text);
  process.exit(2);
}

/** True for a Node that strips types and is not of the slower lines 24 and later. */
function isSuitable(version) {
  const [major, minor] = version.replace(/^v/, "").split(".").map(Number);
  return major === 22 && minor >= 18;
}

/** npm's own script, so that npm runs under the Node we choose: under an older one it skips Hardhat's native part. */
function npmScript() {
  const besideNode = join(dirname(process.execPath), "..", "lib", "node_modules", "npm", "bin", "npm-cli.js");
  const onPath = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "npm"));
  const links = onPath.filter((path) => existsSync(path)).map((path) => realpathSync(path));
  const found = [process.env.npm_execpath, besideNode, ...links].find(
    (path) => path?.endsWith(".js") && existsSync(path),
  );
  if (found !== undefined) return found;
  return fail("npm was not found. Install npm (it comes with Node) and run the command again.");
}

function npm(node, cwd, npmArguments) {
  const result = spawnSync(node, [npmScript(), ...npmArguments, "--loglevel=error", "--no-audit", "--no-fund"], {
    cwd,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}` },
  });
  if (result.status !== 0)
    fail(`npm ${npmArguments[0]} failed in ${cwd}. Is the package registry reachable? Then run the command again.`);
}

function privateNode() {
  const home = join(ROOT, ".node", NODE_VERSION);
  const binary = join(home, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(binary)) return binary;
  say(`this is Node ${process.version}; fetching Node ${NODE_VERSION} into .node/ (once, some 10 s)`);
  const partial = `${home}.${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  writeFileSync(join(partial, "package.json"), "{}\n");
  npm(process.execPath, partial, ["install", `node@${NODE_VERSION}`, "--foreground-scripts"]);
  if (existsSync(binary)) rmSync(partial, { recursive: true, force: true });
  else renameSync(partial, home);
  return binary;
}

function installDependencies(node) {
  const digest = createHash("sha256")
    .update(readFileSync(join(ROOT, "package-lock.json")))
    .update(NODE_VERSION)
    .digest("hex");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === digest) return;
  say("installing the locked dependencies (once, some 30 s)");
  // Not `npm ci`: it refuses a lock file whose optional packages for other platforms are not all to be had. Versions are as locked.
  npm(node, ROOT, ["install", "--no-save"]);
  writeFileSync(STAMP, digest);
}

/**
 * Makes the machine ready.
 * @returns the Node binary to run programs with, and the environment to give them
 */
export async function bootstrap() {
  const major = Number(process.version.slice(1).split(".")[0]);
  if (major < 20)
    fail(`Node ${process.version} is too old: Homeostat needs Node 20 or later to start (and then gets its own).`);
  const node = isSuitable(process.version) ? process.execPath : privateNode();
  installDependencies(node);
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}`,
    HARDHAT_DISABLE_TELEMETRY_PROMPT: "true",
  };
  return { node, env };
}
