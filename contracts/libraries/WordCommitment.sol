// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Field} from "./Field.sol";

/// @title Binds a proof to words of the chain without hashing them with Poseidon here or with keccak in the circuit.
/// @dev The circuit commits to its words; the challenge is drawn after that commitment; equal evaluations at the challenge mean
///      equal words but with probability words / 2^248.
library WordCommitment {
    /// @notice keccak256 of the words and the circuit's commitment, without its low byte: below 2^248, hence in the field.
    function challengeOf(uint256[] memory words, uint256 dataCommitment) internal pure returns (uint256 challenge) {
        // The same in Solidity, which copies the words one by one:
        //   uint256(keccak256(abi.encodePacked(words, dataCommitment))) >> 8
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            let start := add(words, 0x20)
            let size := mul(0x20, mload(words))
            let place := add(start, size) // lent for the hash, and given back
            let kept := mload(place)
            mstore(place, dataCommitment)
            challenge := shr(8, keccak256(start, add(size, 0x20)))
            mstore(place, kept)
        }
    }

    /// @notice sum of words[i] * challenge^i in the field, by Horner's rule from the last word.
    function evaluate(uint256[] memory words, uint256 challenge) internal pure returns (uint256 evaluation) {
        uint256 order = Field.ORDER;
        // The same in Solidity, at 40 gas a word more:
        //   for (uint256 i = words.length; i != 0; --i) {
        //       evaluation = addmod(mulmod(evaluation, challenge, order), words[i - 1], order);
        //   }
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            for {
                let place := add(words, mul(0x20, mload(words)))
            } gt(place, words) {
                place := sub(place, 0x20)
            } {
                evaluation := addmod(mulmod(evaluation, challenge, order), mload(place), order)
            }
        }
    }
}
