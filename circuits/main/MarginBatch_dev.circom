pragma circom 2.2.0;

include "../margin/MarginBatch.circom";

// markets, depth, operations of the profile "dev" in circuits/profiles.json; the signals are described in MarginBatch.circom.
component main {
    public [
        oldStateRoot, newStateRoot, oracleRoot, domain, dataCommitment, challenge, evaluation,
        outcomeWord, box, totalsWord, lossWord
    ]
} = MarginBatch(2, 8, 2);
