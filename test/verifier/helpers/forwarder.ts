/** A contract that passes calls on: what a settlement through another contract looks like. */

/** Creation code. Input: the target as a word, then the calldata to pass on. */
export const FORWARDER_CODE =
  "0x601a80600b6000396000f3" + // returns the 26 bytes that follow
  "602036038060206000376000600082600060006000355af15000"; // calldatacopy(0, 32, size - 32); call(gas, input[0], 0, 0, size - 32, 0, 0)
