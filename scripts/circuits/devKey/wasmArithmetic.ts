import { FIELD_BYTES, inverseMod, SCALAR_FIELD } from "../bn254.ts";
import { domainPower, type R1cs } from "../r1cs.ts";
import type { GroupName, KeyArithmetic, KeyScalars } from "./arithmetic.ts";
import { FixedBase } from "./fixedBase.ts";
import { Kernel } from "./kernel.ts";
import { lagrangeAt } from "./lagrange.ts";
import { evaluateQap, type QapAtTau } from "./qap.ts";
import type { SetupSecrets } from "./seed.ts";

/** C becomes (beta * A + alpha * B + C) * scale in the wires of a range. */
function combine(
  kernel: Kernel,
  qap: QapAtTau,
  range: { readonly from: number; readonly to: number },
  secrets: SetupSecrets,
  scale: bigint,
): void {
  const { field } = kernel;
  const alpha = kernel.element(secrets.alpha * scale);
  const beta = kernel.element(secrets.beta * scale);
  const scaleBy = kernel.element(scale);
  const term = kernel.allocate(FIELD_BYTES);
  for (let wire = range.from; wire < range.to; wire++) {
    const offset = wire * FIELD_BYTES;
    const target = qap.c + offset;
    field.frm_mul(target, scaleBy, target);
    field.frm_mul(qap.a + offset, beta, term);
    field.frm_add(target, term, target);
    field.frm_mul(qap.b + offset, alpha, term);
    field.frm_add(target, term, target);
  }
}

/** ffjavascript's WebAssembly, which every machine has. Multiplications of one group share one table. */
export class WasmArithmetic implements KeyArithmetic {
  readonly name = "WebAssembly";
  private readonly kernel: Kernel;
  private readonly tables = new Map<GroupName, FixedBase>();

  private constructor(kernel: Kernel) {
    this.kernel = kernel;
  }

  static async create(): Promise<WasmArithmetic> {
    return new WasmArithmetic(await Kernel.create());
  }

  evaluate(circuit: R1cs, secrets: SetupSecrets): KeyScalars {
    const { kernel } = this;
    const { wires, publicSignals } = circuit;
    const power = domainPower(circuit);
    const deltaInverse = inverseMod(secrets.delta, SCALAR_FIELD);
    const qap = evaluateQap(kernel, circuit, secrets.tau);
    combine(kernel, qap, { from: 0, to: publicSignals + 1 }, secrets, 1n);
    combine(kernel, qap, { from: publicSignals + 1, to: wires }, secrets, deltaInverse);
    const h = lagrangeAt(kernel, secrets.tau, power + 1, { odd: true, scale: deltaInverse });
    const { pointer, bytes } = qap.coefficients;
    return {
      a: this.integers(qap.a, wires),
      b: this.integers(qap.b, wires),
      k: this.integers(qap.c, wires),
      h: this.integers(h, 2 ** power),
      coefficients: kernel.bytes(pointer, bytes).slice(),
    };
  }

  multiply(group: GroupName, scalars: Uint8Array): Uint8Array {
    const table =
      this.tables.get(group) ?? new FixedBase(this.kernel, this.kernel[group], scalars.length / FIELD_BYTES);
    this.tables.set(group, table);
    return table.multiply(scalars);
  }

  private integers(pointer: number, count: number): Uint8Array {
    this.kernel.field.frm_batchFromMontgomery(pointer, count, pointer);
    return this.kernel.bytes(pointer, count * FIELD_BYTES).slice();
  }
}
