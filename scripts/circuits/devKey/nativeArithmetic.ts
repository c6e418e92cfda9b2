import type { Addon } from "../../../prover/native/addon.ts";
import type { LevelName } from "../../../prover/native/levelName.ts";
import { inverseMod, SCALAR_FIELD, toLittleEndian } from "../bn254.ts";
import type { R1cs } from "../r1cs.ts";
import type { GroupName, KeyArithmetic, KeyScalars } from "./arithmetic.ts";
import { GENERATORS } from "./generators.ts";
import type { SetupSecrets } from "./seed.ts";

/** The native prover's field and curve code, on every processor. */
export class NativeArithmetic implements KeyArithmetic {
  readonly name: string;
  private readonly addon: Addon;
  private readonly level: LevelName;

  constructor(addon: Addon, level: LevelName) {
    this.name = `native (${level})`;
    this.addon = addon;
    this.level = level;
  }

  evaluate(circuit: R1cs, { tau, alpha, beta, delta }: SetupSecrets): KeyScalars {
    const { body, wires, constraints, publicSignals } = circuit;
    const secrets = Buffer.concat([tau, alpha, beta, inverseMod(delta, SCALAR_FIELD)].map(toLittleEndian));
    return this.addon.keyScalars(this.level, body, wires, constraints, publicSignals, secrets);
  }

  multiply(group: GroupName, scalars: Uint8Array): Uint8Array {
    return this.addon.fixedBase(this.level, group, GENERATORS[group], scalars, 0);
  }
}
