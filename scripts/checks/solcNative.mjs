#!/usr/bin/env node
// What native forge asks of a compiler (--version, --standard-json), answered by soljson.js of the npm package `solc`.
import { readFileSync } from "node:fs";
import solc from "solc";

const compilerArguments = process.argv.slice(2);
if (compilerArguments.includes("--version")) {
  console.log("solc, the solidity compiler commandline interface");
  console.log(`Version: ${solc.version().replace(/\.Emscripten\.clang$/, ".Linux.g++")}`);
} else if (compilerArguments.includes("--standard-json")) {
  process.stdout.write(solc.compile(readFileSync(0, "utf8")));
} else {
  console.error(`not understood: ${compilerArguments.join(" ")}`);
  process.exitCode = 2;
}
