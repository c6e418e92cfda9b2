pragma circom 2.2.0;

include "../margin/MarginBatch.circom";

// markets, depth, operations of the profile "large" in circuits/profiles.json; the signals are described in MarginBatch.circom.
component main {
    public [
        oldStateRoot, newStateRoot, oracleRoot, domain, dataCommitment, challenge, evaluation,
        outcomeWord, box, totalsWord, lossWord
    ]
} = MarginBatch(4, 24, 16);
