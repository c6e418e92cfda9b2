pragma circom 2.2.0;

include "../oracle/OracleRound.circom";

// profile standard of circuits/profiles.json: markets, reporters, faulty. The public list is in the order of declaration.
component main {
    public [
        oldOracleRoot,
        newOracleRoot,
        reporterSetRoot,
        domain,
        roundWord,
        dataCommitment,
        challenge,
        evaluation,
        priceWord
    ]
} = OracleRound(4, 7, 2);
