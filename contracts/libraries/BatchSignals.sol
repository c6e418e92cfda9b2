// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {BatchUpdate} from "../interfaces/HomeostatTypes.sol";

/// @title Public signals of the circuit MarginBatch, in its order. Their indices occur here only.
library BatchSignals {
    uint256 internal constant OLD_STATE_ROOT = 0;
    uint256 internal constant NEW_STATE_ROOT = 1;
    uint256 internal constant ORACLE_ROOT = 2;
    uint256 internal constant DOMAIN = 3;
    uint256 internal constant DATA_COMMITMENT = 4;
    uint256 internal constant CHALLENGE = 5;
    uint256 internal constant EVALUATION = 6;
    uint256 internal constant OUTCOME_WORD = 7;
    uint256 internal constant BOX = 8;
    uint256 internal constant TOTALS_WORD = 9;
    uint256 internal constant LOSS_WORD = 10;
    uint256 internal constant COUNT = 11;

    struct Statement {
        uint256 oldStateRoot;
        uint256 oracleRoot;
        uint256 domain;
        uint256 challenge;
        uint256 evaluation;
    }

    /// @notice The signals: what storage and the log say, and what the prover claims of the new state.
    function encode(Statement memory s, BatchUpdate calldata update) internal pure returns (uint256[] memory signals) {
        signals = new uint256[](COUNT);
        signals[OLD_STATE_ROOT] = s.oldStateRoot;
        signals[NEW_STATE_ROOT] = update.newStateRoot;
        signals[ORACLE_ROOT] = s.oracleRoot;
        signals[DOMAIN] = s.domain;
        signals[DATA_COMMITMENT] = update.dataCommitment;
        signals[CHALLENGE] = s.challenge;
        signals[EVALUATION] = s.evaluation;
        signals[OUTCOME_WORD] = update.outcomeWord;
        signals[BOX] = update.box;
        signals[TOTALS_WORD] = update.totalsWord;
        signals[LOSS_WORD] = update.lossWord;
    }
}
