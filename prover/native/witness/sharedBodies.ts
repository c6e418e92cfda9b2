/** A body of C++ text, and the declarations before it, which are equal where bodies share a function. */
export interface BodyText {
  readonly head: string;
  readonly text: string;
}

/** Which function is a body's, and the numbers that it takes where bodies of its shape differ. */
export interface BodyUse {
  readonly index: number;
  readonly parameters: readonly number[];
}

const NUMBER = /(?<![\w.])\d+\b/g;
const MOST_PARAMETERS = 24; // with more, a function of its own is faster and hardly longer

/**
 * Finds bodies that differ only in a few numbers: templates that circom instantiates for every round of a hash. They get one
 * function, which reads `parameter[i]` where they differ.
 */
export function shareBodies(bodies: readonly BodyText[]): {
  readonly functions: readonly BodyText[];
  /** For each body. */
  readonly uses: readonly BodyUse[];
} {
  const groups = new Map<string, number[]>();
  for (const [index, { head, text }] of bodies.entries()) {
    const shape = `${head}\n${text.replace(NUMBER, "#")}`;
    groups.set(shape, [...(groups.get(shape) ?? []), index]);
  }
  const functions: BodyText[] = [];
  const uses: BodyUse[] = [];
  for (const members of groups.values()) {
    const head = bodies[members[0] ?? 0]?.head ?? "";
    const texts = members.map((member) => bodies[member]?.text ?? "");
    const numbers = texts.map((text) => (text.match(NUMBER) ?? []).map(Number));
    const [first = []] = numbers;
    const differing = first.flatMap((value, at) => (numbers.every((each) => each[at] === value) ? [] : [at]));
    if (differing.length > MOST_PARAMETERS) {
      for (const [at, member] of members.entries()) {
        uses[member] = { index: functions.length, parameters: [] };
        functions.push({ head, text: texts[at] ?? "" });
      }
      continue;
    }
    const names = new Map(differing.map((at, index) => [at, `parameter[${index}]`]));
    let at = 0;
    const text = (texts[0] ?? "").replace(NUMBER, (value) => names.get(at++) ?? value);
    for (const [index, member] of members.entries()) {
      const parameters = differing.map((position) => numbers[index]?.[position] ?? 0);
      uses[member] = { index: functions.length, parameters };
    }
    functions.push({ head, text });
  }
  return { functions, uses };
}
