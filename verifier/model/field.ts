/** Order of the BN254 scalar field, in which circuits compute. */
export const FIELD = 21888242871839275222246405745257275088548364400416034343698204186575808495617n;

const HALF = FIELD >> 1n;

/**
 * The field element of a signed integer.
 * @param value any integer
 * @returns value mod FIELD, in [0, FIELD)
 */
export function toField(value: bigint): bigint {
  const rest = value % FIELD;
  return rest < 0n ? rest + FIELD : rest;
}

/**
 * The signed integer of smallest magnitude behind a field element.
 * @param element in [0, FIELD)
 * @returns integer in [-(FIELD-1)/2, (FIELD-1)/2]
 */
export function fromField(element: bigint): bigint {
  return element > HALF ? element - FIELD : element;
}

/** Whether a value is a canonical field element. */
export function isFieldElement(value: bigint): boolean {
  return value >= 0n && value < FIELD;
}
