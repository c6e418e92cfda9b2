import { readFileSync } from "node:fs";
import { expect } from "chai";
import { WitnessCalculatorBuilder } from "circom_runtime";
import { type CircuitSource, type CompiledCircuit, compileCircuit, compileMain } from "./compileCircuit.ts";
import { FIELD_ORDER, toFieldElement } from "./fieldOrder.ts";
import { type ConstraintSystem, countConstraints, firstBrokenRow, parseConstraintSystem } from "./r1cs.ts";

/** Values of input signals: an integer (negative ones are taken into the field) or nested lists of them. */
export type SignalValue = bigint | number | readonly SignalValue[];
export type CircuitInput = Readonly<Record<string, SignalValue>>;

/**
 * A compiled circuit under test. The witness program runs without its own assertions, so whatever `expectFail` sees
 * refused is refused by the constraints.
 */
export class TestCircuit {
  readonly #files: CompiledCircuit;
  #calculator: Awaited<ReturnType<typeof WitnessCalculatorBuilder>> | undefined;
  #wires: ReadonlyMap<string, number> | undefined;
  #system: ConstraintSystem | undefined;

  constructor(files: CompiledCircuit) {
    this.#files = files;
  }

  /** The constraints, read when first needed. */
  get system(): ConstraintSystem {
    this.#system ??= parseConstraintSystem(readFileSync(this.#files.r1cs));
    return this.#system;
  }

  /** Number of constraints at -O2, as the compiler wrote them. */
  get constraintCount(): number {
    return countConstraints(readFileSync(this.#files.bareR1cs));
  }

  /** Computes the witness; it need not satisfy the constraints. */
  async witness(input: CircuitInput): Promise<bigint[]> {
    this.#calculator ??= await WitnessCalculatorBuilder(withoutAssertions(readFileSync(this.#files.wasm)), {
      memorySize: MEMORY_PAGES,
    });
    const fields = Object.fromEntries(Object.entries(input).map(([name, value]) => [name, flatten(value)]));
    return this.#calculator.calculateWitness(fields, 0);
  }

  /** Whether a witness satisfies every constraint. */
  satisfies(witness: readonly bigint[]): boolean {
    return firstBrokenRow(this.system, witness) < 0;
  }

  /** Value of a signal of the wrapped template in a witness, for instance "out" or "out[2]". */
  read(witness: readonly bigint[], signal: string): bigint {
    return witness[this.wireOf(signal)]!;
  }

  /** Wire of a signal of main; @throws {RangeError} when the optimiser removed it. */
  wireOf(signal: string): number {
    const wire = this.names.get(`main.${signal}`);
    if (wire === undefined || wire < 0) throw new RangeError(`no wire carries ${signal}`);
    return wire;
  }

  /** Every name of every wire. */
  get names(): ReadonlyMap<string, number> {
    this.#wires ??= readSymbols(readFileSync(this.#files.sym, "utf8"));
    return this.#wires;
  }

  /** Asserts that the input is provable and that the named outputs have these values; returns the witness. */
  async expectPass(input: CircuitInput, outputs: CircuitInput = {}): Promise<readonly bigint[]> {
    const witness = await this.witness(input);
    const row = firstBrokenRow(this.system, witness);
    expect(row, `constraint ${row} does not hold`).to.equal(-1);
    for (const [name, value] of Object.entries(outputs)) {
      if (Array.isArray(value))
        value.forEach((item, i) => {
          this.#expectSignal(witness, `${name}[${i}]`, item);
        });
      else this.#expectSignal(witness, name, value as bigint | number); // not a list
    }
    return witness;
  }

  /** Asserts that the constraints refuse the input. */
  async expectFail(input: CircuitInput): Promise<void> {
    expect(this.satisfies(await this.witness(input)), "the constraints accept the input").to.equal(false);
  }

  /** Asserts that the input is provable, and that no witness with the named signal changed alone is. */
  async expectBound(input: CircuitInput, signal: string): Promise<void> {
    const witness = [...(await this.expectPass(input))];
    const wire = this.wireOf(signal);
    witness[wire] = (witness[wire]! + 1n) % FIELD_ORDER;
    expect(this.satisfies(witness), `${signal} can be changed`).to.equal(false);
  }

  #expectSignal(witness: readonly bigint[], name: string, value: SignalValue): void {
    expect(this.read(witness, name), name).to.equal(toFieldElement(BigInt(value as bigint | number))); // leaf of the outputs
  }
}

const MEMORY_PAGES = 2000;

/** Compiles a template (cached) and makes it testable. */
export async function testCircuit(source: CircuitSource): Promise<TestCircuit> {
  return new TestCircuit(await compileCircuit(source));
}

/** Compiles an instance of circuits/main (cached) and makes it testable; at level 0 nothing is merged, so every name has its wire. */
export async function testMain(file: string, level: 0 | 2 = 2): Promise<TestCircuit> {
  return new TestCircuit(await compileMain(file, level));
}

/** Number of constraints of a template at -O2. */
export async function constraintCount(source: CircuitSource): Promise<number> {
  return (await testCircuit(source)).constraintCount;
}

/**
 * The witness program with every failed `===` ignored: the compiler ends those with "return 4", that is i32.const 4 and
 * return, which become three no-operations.
 */
function withoutAssertions(wasm: Buffer): Buffer {
  const patched = Buffer.from(wasm);
  const failure = Buffer.from([0x41, 0x04, 0x0f]);
  for (let at = patched.indexOf(failure); at >= 0; at = patched.indexOf(failure, at)) patched.fill(0x01, at, at + 3);
  return patched;
}

function flatten(value: SignalValue): bigint[] {
  return Array.isArray(value) ? value.flatMap(flatten) : [toFieldElement(BigInt(value as bigint | number))]; // not a list
}

function readSymbols(text: string): ReadonlyMap<string, number> {
  const wires = new Map<string, number>();
  for (const line of text.split("\n")) {
    const [, wire, , name] = line.split(",");
    if (name !== undefined) wires.set(name, Number(wire));
  }
  return wires;
}
