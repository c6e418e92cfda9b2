/** The few calls of snarkjs that the proving child makes; the package ships no types. */
declare module "snarkjs" {
  interface MemoryFile {
    type: "mem";
    data?: Uint8Array;
  }
  interface SnarkjsProof {
    pi_a: string[];
    pi_b: string[][];
    pi_c: string[];
  }
  const wtns: {
    calculate(inputs: unknown, wasm: MemoryFile, witness: MemoryFile): Promise<void>;
  };
  const groth16: {
    prove(zkey: MemoryFile, witness: MemoryFile): Promise<{ proof: SnarkjsProof; publicSignals: string[] }>;
    verify(verificationKey: unknown, publicSignals: string[], proof: SnarkjsProof): Promise<boolean>;
  };
  const curves: { getCurveFromName(name: string): Promise<{ terminate(): Promise<void> }> };
}
