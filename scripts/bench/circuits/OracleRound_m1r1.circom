pragma circom 2.2.0;

include "../../../circuits/oracle/OracleRound.circom";

// 1 market, 1 reporter that does not lie, see scripts/bench/provers/sizes.ts. The public list is that of circuits/main.
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
} = OracleRound(1, 1, 0);
