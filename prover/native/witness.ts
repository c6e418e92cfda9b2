import { ProofRefusedError } from "../proving/errors.ts";

/** What circom 2 exports from a circuit's wasm. Field elements pass through a shared place of eight words. */
interface CircuitExports {
  readonly memory: WebAssembly.Memory;
  init(sanityCheck: number): void;
  getSharedRWMemoryStart(): number;
  getInputSignalSize(hashHigh: number, hashLow: number): number;
  setInputSignal(hashHigh: number, hashLow: number, position: number): void;
  getInputSize(): number;
  getWitnessSize(): number;
  getWitness(index: number): void;
  getRawPrime(): void;
  getMessageChar(): number;
}

const FIELD_BYTES = 32;
const HEADER_BYTES = 76; // "wtns", version, sections; section 1: 12 + 40 bytes; the head of section 2

/** FNV-1a, 64 bits: how circom names inputs. */
function hashOf(name: string): readonly [high: number, low: number] {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(name)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return [Number(hash >> 32n), Number(hash & 0xffff_ffffn)];
}

export const flatten = (value: unknown): bigint[] =>
  Array.isArray(value) ? value.flatMap(flatten) : [BigInt(value as bigint | number | string)]; // BigInt refuses the rest

/** Computes witnesses of one circuit; its wasm is compiled once, and each witness has a memory of its own, wiped afterwards. */
export class WitnessCalculator {
  readonly #circuit: string;
  readonly #module: WebAssembly.Module;

  private constructor(circuit: string, module: WebAssembly.Module) {
    this.#circuit = circuit;
    this.#module = module;
  }

  static async of(circuit: string, wasm: Uint8Array<ArrayBuffer>): Promise<WitnessCalculator> {
    return new WitnessCalculator(circuit, await WebAssembly.compile(wasm));
  }

  /**
   * @param inputs field elements by name, nested in arrays as the circuit declares them
   * @returns the bytes of a .wtns file; whoever takes it wipes it
   * @throws {ProofRefusedError} when a constraint fails, an integer is divided by zero or an input is unknown, missing or of another
   * size; names no value
   */
  async calculate(inputs: Readonly<Record<string, unknown>>): Promise<Uint8Array> {
    const places: string[] = [];
    let exports: CircuitExports | undefined;
    const message = (): string => {
      let text = "";
      for (let c = exports?.getMessageChar() ?? 0; c !== 0; c = exports?.getMessageChar() ?? 0)
        text += String.fromCharCode(c);
      return text;
    };
    const runtime = {
      exceptionHandler: (code: number): never => {
        throw this.#refusal(
          code === 4 ? `a constraint fails in ${places.join(" in ")}` : `the generator's error ${code}`,
        );
      },
      printErrorMessage: (): void => {
        const [, template, line] = /Error in template (\w+) line: (\d+)/.exec(message()) ?? [];
        if (template !== undefined) places.push(`${template}:${line}`);
      },
      writeBufferMessage: (): void => void message(),
      showSharedRWMemory: (): void => {},
    };
    const instance = await WebAssembly.instantiate(this.#module, { runtime });
    exports = instance.exports as unknown as CircuitExports; // names and arities as circom 2 exports them
    try {
      exports.init(0);
      this.#setInputs(exports, inputs);
      return readWitness(exports);
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) throw this.#refusal(error.message); // such as "divide by zero"
      throw error;
    } finally {
      new Uint8Array(exports.memory.buffer).fill(0);
    }
  }

  #refusal = (reason: string): ProofRefusedError => new ProofRefusedError(this.#circuit, `no witness: ${reason}`);

  #setInputs(exports: CircuitExports, inputs: Readonly<Record<string, unknown>>): void {
    const start = exports.getSharedRWMemoryStart();
    exports.getRawPrime();
    const prime = readElement(exports.memory, start);
    let given = 0;
    for (const [name, value] of Object.entries(inputs)) {
      const [high, low] = hashOf(name);
      const elements = flatten(value);
      const size = exports.getInputSignalSize(high, low);
      if (size <= 0 && elements.length > 0) throw this.#refusal(`Signal ${name} not found`);
      if (elements.length < size) throw this.#refusal(`Not enough values for input signal ${name}`);
      if (elements.length > size) throw this.#refusal(`Too many values for input signal ${name}`);
      for (const [position, element] of elements.entries()) {
        writeElement(exports.memory, start, ((element % prime) + prime) % prime);
        exports.setInputSignal(high, low, position);
        given++;
      }
    }
    if (given < exports.getInputSize()) throw this.#refusal("Not all inputs have been set");
  }
}

function readElement(memory: WebAssembly.Memory, at: number): bigint {
  const words = new BigUint64Array(memory.buffer.slice(at, at + FIELD_BYTES));
  return words.reduceRight((value, word) => (value << 64n) | word, 0n);
}

function writeElement(memory: WebAssembly.Memory, at: number, value: bigint): void {
  const view = new DataView(memory.buffer, at, FIELD_BYTES);
  for (let word = 0; word < 4; word++)
    view.setBigUint64(8 * word, (value >> BigInt(64 * word)) & 0xffff_ffff_ffff_ffffn, true);
}

/** The witness as a .wtns file, version 2. */
function readWitness(exports: CircuitExports): Uint8Array {
  const [start, count] = [exports.getSharedRWMemoryStart(), exports.getWitnessSize()];
  const file = new Uint8Array(HEADER_BYTES + count * FIELD_BYTES);
  const view = new DataView(file.buffer);
  file.set(new TextEncoder().encode("wtns"));
  for (const [offset, value] of [
    [4, 2],
    [8, 2],
    [12, 1],
    [16, 40],
    [24, FIELD_BYTES],
    [60, count],
    [64, 2],
  ] as const)
    view.setUint32(offset, value, true);
  view.setBigUint64(68, BigInt(count * FIELD_BYTES), true);
  const shared = new Uint8Array(exports.memory.buffer, start, FIELD_BYTES);
  exports.getRawPrime();
  file.set(shared, 28);
  for (let index = 0; index < count; index++) {
    exports.getWitness(index); // no memory grows from here on
    file.set(shared, HEADER_BYTES + index * FIELD_BYTES);
  }
  return file;
}
