// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Field} from "./Field.sol";

/// @title Binds a proof to words of the chain without hashing them with Poseidon here or with keccak in the circuit.
/// @dev The circuit commits to its words; the challenge is drawn after that commitment; equal evaluations at the challenge mean
///      equal words but with probability words / 2^248.
library WordCommitment {
    /// @notice keccak256 of the words and the circuit's commitment, without its low byte: below 2^248, hence in the field.
    function challengeOf(uint256[] memory words, uint256 dataCommitment) internal pure returns (uint256) {
        return uint256(keccak256(abi.encodePacked(words, dataCommitment))) >> 8;
    }

    /// @notice sum of words[i] * challenge^i in the field, by Horner's rule from the last word.
    function evaluate(uint256[] memory words, uint256 challenge) internal pure returns (uint256 evaluation) {
        // unchecked: i counts down from the length to zero
        unchecked {
            for (uint256 i = words.length; i != 0; --i) {
                evaluation = addmod(mulmod(evaluation, challenge, Field.ORDER), words[i - 1], Field.ORDER);
            }
        }
    }
}
