import { type Account, packBox } from "../../verifier/model/account.ts";
import type { BatchContext, BatchResult } from "../../verifier/model/batch.ts";
import { hashWaiting, widestBox } from "../../verifier/model/node.ts";
import { encodeOracle, type OracleState } from "../../verifier/model/oracle.ts";
import { marginParameterWords, oracleParameterWords } from "../../verifier/model/parameters.ts";
import type { State } from "../../verifier/model/state.ts";
import type { Opening } from "../../verifier/model/tree.ts";
import { hashWords } from "../../verifier/model/words.ts";
import type { CircuitInputs } from "./roundInputs.ts";

/**
 * The inputs with which circuits/main/MarginBatch_<profile>.circom proves a batch.
 * @param state the state before the batch
 * @param oracle the oracle state that the batch is judged at
 * @param result what the model made of the batch
 */
export function batchInputs(
  state: State,
  oracle: OracleState,
  { hasher, parameters }: Pick<BatchContext, "hasher" | "parameters">,
  result: BatchResult,
): CircuitInputs {
  const [timeWord = 0n, ...marketWords] = encodeOracle(oracle);
  const openings = [...result.steps.flatMap(({ legA, legB }): Opening[] => [legA, legB]), result.closing];
  hashWaiting(openings.flatMap(({ siblings }) => siblings)); // all in one call, before they are read below
  return {
    ...result.signals,
    words: result.steps.map((step) => step.words),
    oracleParametersHash: hashWords(hasher, oracleParameterWords(parameters.oracle)),
    marginParameters: marginParameterWords(parameters.margin),
    timeWord,
    priceWords: marketWords.filter((_, index) => index % 2 === 0),
    riskWords: marketWords.filter((_, index) => index % 2 === 1),
    oldTreeHash: state.tree.root.hash,
    oldTreeBox: state.tree.root.box,
    oldSumQuote: state.sumQuote,
    oldInsurance: state.insurance,
    oldOpenInterest: state.markets.map((market) => market.openInterest),
    oldLossLong: state.markets.map((market) => market.lossLong),
    oldLossShort: state.markets.map((market) => market.lossShort),
    accounts: openings.map(({ account }) => accountFields(account)),
    boxes: openings.map(pathBoxes),
    siblingHashes: openings.map(({ siblings }) => siblings.map((sibling) => sibling.hash)),
    siblingBoxes: openings.map(({ siblings }) => siblings.map((sibling) => sibling.box)),
  };
}

/** The fields of an account in the circuit's order, signed values as they are. */
export function accountFields({ owner, keyX, keyY, nonce, quote, sizes }: Account): readonly bigint[] {
  return [owner, keyX, keyY, nonce, quote, ...sizes];
}

/** Packed boxes of an opened leaf and of its ancestors below the root, leaf first. */
export function pathBoxes({ account, siblings }: Opening): readonly bigint[] {
  const boxes = [packBox(account.lanes)];
  for (const sibling of siblings.slice(0, -1)) boxes.push(widestBox(boxes.at(-1) ?? 0n, sibling.box));
  return boxes;
}
