// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Public signals of the circuit OracleRound, in its order. Their indices occur here only.
library RoundSignals {
    uint256 internal constant OLD_ORACLE_ROOT = 0;
    uint256 internal constant NEW_ORACLE_ROOT = 1;
    uint256 internal constant REPORTER_SET_ROOT = 2;
    uint256 internal constant DOMAIN = 3;
    uint256 internal constant ROUND_WORD = 4;
    uint256 internal constant DATA_COMMITMENT = 5;
    uint256 internal constant CHALLENGE = 6;
    uint256 internal constant EVALUATION = 7;
    uint256 internal constant FIRST_PRICE_WORD = 8;

    struct Statement {
        uint256 oldOracleRoot;
        uint256 newOracleRoot;
        uint256 reporterSetRoot;
        uint256 domain;
        uint256 round;
        uint256 timestamp;
        uint256 tvl;
        uint256 dataCommitment;
        uint256 challenge;
        uint256 evaluation;
    }

    /// @notice The signals; round and timestamp have 40 bits, tvl 63.
    function encode(
        Statement memory s,
        uint256[] calldata priceWords
    ) internal pure returns (uint256[] memory signals) {
        signals = new uint256[](FIRST_PRICE_WORD + priceWords.length);
        signals[OLD_ORACLE_ROOT] = s.oldOracleRoot;
        signals[NEW_ORACLE_ROOT] = s.newOracleRoot;
        signals[REPORTER_SET_ROOT] = s.reporterSetRoot;
        signals[DOMAIN] = s.domain;
        signals[ROUND_WORD] = s.round | (s.timestamp << 40) | (s.tvl << 80);
        signals[DATA_COMMITMENT] = s.dataCommitment;
        signals[CHALLENGE] = s.challenge;
        signals[EVALUATION] = s.evaluation;
        for (uint256 i; i < priceWords.length; ++i) signals[FIRST_PRICE_WORD + i] = priceWords[i];
    }
}
