/** Names of the proving benchmark's figures: `prove.WHAT.SIZE`, and a second measure of the same after it. */

/** Dispatch levels of the native prover. A machine has those that its processor runs. */
export const LEVELS = ["ifma", "adx", "portable"] as const;
export type Level = (typeof LEVELS)[number];

/** Ways of the native prover: a level, and the two fast ones with precomputed tables of the key. */
export type Way = Level | `${"ifma" | "adx"}-tables`;
export const WAYS: readonly Way[] = [...LEVELS, "ifma-tables", "adx-tables"];

/** Who proves. `peer` is another program, given on the command line. */
export type ProverName = "snarkjs" | "peer" | `native-${Way}`;
export const PROVERS: readonly ProverName[] = ["snarkjs", "peer", ...WAYS.map((way) => `native-${way}` as const)];

/** What computes witnesses: circom's wasm, or its C++ on our own runtime. */
export const CALCULATORS = ["wasm", "native"] as const;
export type Calculator = (typeof CALCULATORS)[number];

/** A figure, by what it takes to know it. */
export interface Figure {
  readonly name: string;
  readonly kind:
    | "constraints"
    | `witness.${Calculator}`
    | `witness.${Calculator}.cpu`
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
    | "peerRatio"
    | "witnessShare";
  /** Provers that have to run for it; its own first. */
  readonly needs: readonly ProverName[];
}

/**
 * Every figure of one size, in the order in which they are printed.
 * @param size label of the size
 * @param extras whether those too that need tables of the key or a native witness calculator
 */
export function figuresOf(size: string, extras = true): readonly Figure[] {
  const calculators = extras ? CALCULATORS : (["wasm"] as const);
  const ways = extras ? WAYS : LEVELS;
  const provers = PROVERS.filter((prover) => extras || !prover.endsWith("-tables"));
  const figure = (name: string, kind: Figure["kind"], ...needs: ProverName[]): Figure => ({
    name: `prove.${name}`,
    kind,
    needs,
  });
  return [
    figure(`constraints.${size}`, "constraints"),
    ...calculators.flatMap((calculator) => [
      figure(`witness.${calculator}.${size}`, `witness.${calculator}`),
      figure(`witness.${calculator}.${size}.cpu`, `witness.${calculator}.cpu`),
    ]),
    ...provers.flatMap((prover) => [
      figure(`${prover}.${size}`, "wall", prover),
      figure(`${prover}.${size}.cpu`, "cpu", prover),
      ...(prover === "peer" ? [] : [figure(`${prover}.${size}.memory`, "memory", prover)]), // not seen from outside
    ]),
    figure(`ratio.peer.${size}`, "ratio", "peer", "snarkjs"),
    ...ways.flatMap((way) => {
      const native = `native-${way}` as const;
      return [
        figure(`multiplications.${way}.${size}`, "multiplications", native),
        figure(`multiply.${way}.${size}`, "multiply", native),
        figure(`limit.${way}.${size}`, "limit", native),
        figure(`limitRatio.${way}.${size}`, "limitRatio", native),
        figure(`limitRatio.${way}.${size}.cpu`, "limitRatio.cpu", native),
        figure(`ratio.${native}.${size}`, "ratio", native, "snarkjs"),
        figure(`ratio.${native}.${size}.cpu`, "ratio.cpu", native, "snarkjs"),
        figure(`peerRatio.${native}.${size}`, "peerRatio", native, "peer"),
        ...(extras ? [figure(`witnessShare.${native}.${size}`, "witnessShare", native)] : []),
      ];
    }),
  ];
}
