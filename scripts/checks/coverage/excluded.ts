/** Titles of tests that measure gas: their figures mean nothing on contracts that are changed or not optimised. */
export const GAS_TITLES = /\bgas\b/i;
