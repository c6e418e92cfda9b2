/** Names of the proving benchmark's figures: `prove.WHAT.SIZE`, and a second measure of the same after it. */

/** Dispatch levels of the native prover. A machine has those that its processor runs. */
export const LEVELS = ["ifma", "adx", "portable"] as const;
export type Level = (typeof LEVELS)[number];

/** Who proves. `peer` is another program, given on the command line. */
export type ProverName = "snarkjs" | "peer" | `native-${Level}`;
export const PROVERS: readonly ProverName[] = ["snarkjs", "peer", ...LEVELS.map((level) => `native-${level}` as const)];

/** A figure, by what it takes to know it. */
export interface Figure {
  readonly name: string;
  readonly kind:
    | "constraints"
    | "witness"
    | "witness.cpu"
    | "wall"
    | "cpu"
    | "memory"
    | "multiplications"
    | "multiply"
    | "limit"
    | "limitRatio"
    | "limitRatio.cpu"
    | "ratio"
    | "ratio.cpu"
    | "peerRatio";
  /** Provers that have to run for it; its own first. */
  readonly needs: readonly ProverName[];
}

/** Every figure of one size, in the order in which they are printed. */
export function figuresOf(size: string): readonly Figure[] {
  const figure = (name: string, kind: Figure["kind"], ...needs: ProverName[]): Figure => ({
    name: `prove.${name}`,
    kind,
    needs,
  });
  return [
    figure(`constraints.${size}`, "constraints"),
    figure(`witness.wasm.${size}`, "witness"),
    figure(`witness.wasm.${size}.cpu`, "witness.cpu"),
    ...PROVERS.flatMap((prover) => [
      figure(`${prover}.${size}`, "wall", prover),
      figure(`${prover}.${size}.cpu`, "cpu", prover),
      ...(prover === "peer" ? [] : [figure(`${prover}.${size}.memory`, "memory", prover)]), // not seen from outside
    ]),
    figure(`ratio.peer.${size}`, "ratio", "peer", "snarkjs"),
    ...LEVELS.flatMap((level) => {
      const native = `native-${level}` as const;
      return [
        figure(`multiplications.${level}.${size}`, "multiplications", native),
        figure(`multiply.${level}.${size}`, "multiply", native),
        figure(`limit.${level}.${size}`, "limit", native),
        figure(`limitRatio.${level}.${size}`, "limitRatio", native),
        figure(`limitRatio.${level}.${size}.cpu`, "limitRatio.cpu", native),
        figure(`ratio.${native}.${size}`, "ratio", native, "snarkjs"),
        figure(`ratio.${native}.${size}.cpu`, "ratio.cpu", native, "snarkjs"),
        figure(`peerRatio.${native}.${size}`, "peerRatio", native, "peer"),
      ];
    }),
  ];
}
