declare module "circomlibjs" {
  /** A field element in the library's own representation. */
  type Element = Uint8Array & { readonly element: unique symbol };

  /** EdDSA over BabyJubjub with Poseidon: the scheme that the circuits follow. */
  export function buildEddsa(): Promise<{
    readonly F: { e(value: bigint): Element; toObject(value: Element): bigint };
    prv2pub(secret: Uint8Array): Element[];
    signPoseidon(secret: Uint8Array, message: Element): { readonly R8: Element[]; readonly S: bigint };
  }>;

  /** Poseidon with the constants of circomlib. */
  export function buildPoseidon(): Promise<
    ((inputs: readonly bigint[]) => Element) & { readonly F: { toObject(value: Element): bigint } }
  >;
}
