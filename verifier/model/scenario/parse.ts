import type { z } from "zod";
import { checkParameters } from "../checkParameters.ts";
import { PROFILES, type Profile, quorum } from "../profile.ts";
import { formatPath, ScenarioError, within } from "./errors.ts";
import { type Scenario, scenarioSchema } from "./schema.ts";

/** A scenario whose values fit together. */
export interface ParsedScenario {
  readonly scenario: Scenario;
  readonly profile: Profile;
}

/**
 * Parses the text of a scenario file.
 * @throws {ScenarioError} naming the path in the file
 */
export function parseScenario(text: string): ParsedScenario {
  const result = scenarioSchema.safeParse(parseJson(text));
  if (!result.success) throw describe(result.error.issues);
  const scenario = result.data;
  const profile =
    typeof scenario.profile === "string" ? PROFILES[scenario.profile] : { name: "explicit", ...scenario.profile };
  if (quorum(profile) > profile.reporters)
    throw new ScenarioError("profile.faulty", "2 * faulty + 1 reporters are needed");
  within("parameters", () => checkParameters(scenario.parameters, profile.markets));
  const { prices, timestamp } = scenario.genesis;
  if (prices.length !== profile.markets) throw new ScenarioError("genesis.prices", `has ${profile.markets} prices`);
  if (timestamp >> 40n !== 0n) throw new ScenarioError("genesis.timestamp", "is below 2^40");
  checkAccounts(scenario, profile);
  return { scenario, profile };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ScenarioError("", `is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function checkAccounts({ accounts }: Scenario, profile: Profile): void {
  accounts.forEach(({ name, index }, at) => {
    const others = accounts.slice(0, at);
    if (others.some((other) => other.name === name))
      throw new ScenarioError(`accounts[${at}].name`, `"${name}" is taken`);
    if (others.some((other) => other.index === index))
      throw new ScenarioError(`accounts[${at}].index`, `${index} is taken`);
    if (index >= 2 ** profile.depth) throw new ScenarioError(`accounts[${at}].index`, `is below 2^${profile.depth}`);
  });
}

type Issue = z.core.$ZodIssue;

/** The first issue, looking into unions for the alternative that came furthest. */
function describe(issues: readonly Issue[], prefix: readonly PropertyKey[] = []): ScenarioError {
  const [issue] = issues;
  if (issue === undefined) return new ScenarioError(formatPath(prefix), "is not valid");
  const path = [...prefix, ...issue.path];
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const furthest = [...issue.errors].sort((one, other) => progressOf(other) - progressOf(one))[0];
    if (furthest !== undefined && progressOf(furthest) > 0) return describe(furthest, path);
  }
  if (issue.code === "invalid_union")
    return new ScenarioError(formatPath(path), "matches none of the forms allowed here");
  return new ScenarioError(formatPath(path), issue.message);
}

/** How deep an alternative fits; one that misses all its own keys does not count. */
function progressOf(issues: readonly Issue[]): number {
  const unknownKeys = issues.some((issue) => issue.code === "unrecognized_keys" && issue.path.length === 0);
  const depth = Math.max(
    ...issues.map((issue) => (issue.code === "invalid_union" ? issue.path.length + 1 : issue.path.length)),
  );
  return unknownKeys && issues.length > 1 ? 0 : depth + (unknownKeys ? 0 : 1);
}
