import type { CircuitSource } from "./compileCircuit.ts";

const COMMENT = /\/\*[\s\S]*?\*\/|\/\/.*/g;
const DECLARATION = /signal (input|output)\s*(\{[^}]*\})?\s*([^;]*);/g;
const SIGNAL = /(\w+)((?:\[[^\]]*\])*)\s*(?:,|$)/g;

/**
 * A main component around a template, since a main component may not have tagged inputs: the same inputs and outputs,
 * with tags claimed and not checked, so that a test can hand in what a caller could not.
 * @param circom source of the file that has the template
 */
export function wrapTemplate(
  { file, template, parameters = [], tags = {} }: CircuitSource,
  circom: string,
  visibility: "public" | "private",
): string {
  const name = template ?? file.replace(/^.*\/|\.circom$/g, "");
  const pattern = new RegExp(`template\\s+${name}\\(([^)]*)\\)\\s*\\{([\\s\\S]*?)\\n\\}`);
  const [, names = "", body = ""] = pattern.exec(circom.replace(COMMENT, "")) ?? [];

  const published: string[] = [];
  const inputs: string[] = [];
  const outputs: string[] = [];
  for (const [, direction, tag, list = ""] of body.matchAll(DECLARATION)) {
    for (const [, signal = "", size = ""] of (list.split("<==")[0] ?? "").trim().matchAll(SIGNAL)) {
      if (direction === "input") published.push(signal);
      if (direction === "output") outputs.push(`signal output ${signal}${size} <== inner.${signal};`);
      else if (tag === undefined) inputs.push(`signal input ${signal}${size}; inner.${signal} <== ${signal};`);
      else inputs.push(...taggedInput(signal, size, tag, tags[signal] ?? tags["*"]));
    }
  }
  return [
    "pragma circom 2.2.0;",
    `include "./${file.replace(/^.*\//, "")}";`,
    `template Main(${names}) {`,
    `component inner = ${name}(${names});`,
    ...inputs,
    ...outputs,
    "}",
    `component main ${visibility === "public" ? `{public [${published.join(", ")}]}` : ""} = Main(${parameters.join(", ")});`,
  ].join("\n");
}

function taggedInput(signal: string, size: string, tag: string, width: number | undefined): string[] {
  if (width === undefined) throw new RangeError(`no tag width given for input ${signal}`);
  const claim = tag.includes("maxabs") ? "maxabs" : "maxbit";
  return [
    `signal input ${signal}${size}; signal {${claim}} ${signal}_${size}; ${signal}_.${claim} = ${width};`,
    `${signal}_ <== ${signal}; inner.${signal} <== ${signal}_;`,
  ];
}
