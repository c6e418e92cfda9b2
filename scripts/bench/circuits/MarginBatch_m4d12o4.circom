pragma circom 2.2.0;

include "../../../circuits/margin/MarginBatch.circom";

// 4 markets, depth 12, 4 operations, see scripts/bench/provers/sizes.ts. The public list is that of circuits/main.
component main {
    public [
        oldStateRoot, newStateRoot, oracleRoot, domain, dataCommitment, challenge, evaluation,
        outcomeWord, box, totalsWord, lossWord
    ]
} = MarginBatch(4, 12, 4);
