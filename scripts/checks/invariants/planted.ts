import { readFileSync } from "node:fs";
import type { ForgeTest } from "./forge.ts";

const PROMISE = /@custom:fails (.+)\ncontract (\w+) /g;

/** What a file of test/planted promises: this contract fails with this reason. */
export interface Planted {
  readonly contract: string;
  readonly reason: string;
}

/** @throws {Error} when a file promises nothing */
export function plantedIn(file: string): readonly Planted[] {
  const promises = [...readFileSync(file, "utf8").matchAll(PROMISE)];
  if (promises.length === 0)
    throw new Error(`${file} plants nothing: write "/// @custom:fails REASON" above its contract`);
  return promises.map(([, reason = "", name = ""]) => ({ contract: `${file}:${name}`, reason: reason.trim() }));
}

/** Whether some test of the contract failed for the promised reason. */
export const isNoticed = ({ contract, reason }: Planted, tests: readonly ForgeTest[]): boolean =>
  tests.some((test) => test.contract === contract && !test.passed && test.reason.includes(reason));
