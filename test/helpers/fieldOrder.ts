/** Order of the BN254 scalar field, over which the circuits are written. */
export const FIELD_ORDER = 21888242871839275222246405745257275088548364400416034343698204186575808495617n;

/** The field element of an integer, negative ones included. */
export function toFieldElement(value: bigint): bigint {
  return ((value % FIELD_ORDER) + FIELD_ORDER) % FIELD_ORDER;
}
