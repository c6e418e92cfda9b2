/** Test files that measure gas: their figures mean nothing on contracts that are changed or not optimised. */
export const GAS_TESTS: readonly string[] = ["gas.test.ts"];
