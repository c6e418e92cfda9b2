declare module "circom_runtime" {
  /** Loads a compiled witness program. */
  export function WitnessCalculatorBuilder(
    code: Uint8Array,
    options?: { readonly memorySize?: number },
  ): Promise<{
    calculateWitness(input: Readonly<Record<string, readonly bigint[]>>, sanityCheck?: number): Promise<bigint[]>;
  }>;
}
