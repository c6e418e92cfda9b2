// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Field} from "./Field.sol";

/// @title Layout of the nine words of an operation.
/// @dev w0: type[0,4) market[4,8) accountA[8,40) accountB[40,72) nonceA[72,112) nonceB[112,152) expiry[152,192)
///      w1: size[0,40) price[40,67) amount[67,130)
///      w2: round[0,40) loggedAt[40,80) sender[80,240) restricted[240,241), written by the log
///      w3..w8: two signatures (R8x, R8y, S), or owner and key
library OperationWords {
    uint256 internal constant WORDS = 9;
    uint256 internal constant HEAD_LIMIT = 1 << 192;
    uint256 internal constant TERMS_LIMIT = 1 << 130;
    uint256 internal constant LOG_LIMIT = 1 << 241;

    uint256 internal constant NOOP = 0;
    uint256 internal constant DEPOSIT = 1;
    uint256 internal constant WITHDRAW = 2;
    uint256 internal constant TRADE = 3;
    uint256 internal constant LIQUIDATE = 4;
    uint256 internal constant BACKSTOP = 5;
    uint256 internal constant RECERTIFY = 6;
    uint256 internal constant SET_KEY = 7;
    uint256 internal constant SHARE_LOSS = 8;

    /// @notice Whether the circuit reads the words as they are; otherwise the operation counts as nine zeros, a Noop.
    function isCanonical(uint256[9] calldata w) internal pure returns (bool canonical) {
        if (w[0] >= HEAD_LIMIT || w[1] >= TERMS_LIMIT || w[2] >= LOG_LIMIT) return false;
        return
            Field.contains(w[3]) &&
            Field.contains(w[4]) &&
            Field.contains(w[5]) &&
            Field.contains(w[6]) &&
            Field.contains(w[7]) &&
            Field.contains(w[8]);
    }

    /// @notice Writes the operation's nine words at its place in the words of a batch, which has room for it.
    function copyTo(uint256[] memory words, uint256 position, uint256[9] calldata w) internal pure {
        // The same in Solidity, at 170 gas a word instead of 5:
        //   for (uint256 k; k < WORDS; ++k) words[WORDS * position + k] = w[k];
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            calldatacopy(add(add(words, 0x20), mul(position, 0x120)), w, 0x120)
        }
    }

    function typeOf(uint256 head) internal pure returns (uint256) {
        return head & 0xf;
    }

    /// @notice Quote units.
    function amountOf(uint256 terms) internal pure returns (uint256) {
        return (terms >> 67) & ((1 << 63) - 1);
    }

    /// @notice Unix seconds, from the word that the log wrote.
    function loggedAtOf(uint256 word) internal pure returns (uint256) {
        return uint40(word >> 40);
    }

    /// @notice Who posted the operation, from the word that the log wrote.
    function senderOf(uint256 word) internal pure returns (address) {
        return address(uint160(word >> 80));
    }

    function roundOf(uint256 word) internal pure returns (uint256) {
        return word & ((1 << 40) - 1);
    }

    /// @notice The word that the log itself writes.
    /// @param restricted a Trade must reduce both sides, a Withdraw is for accounts without positions; ignored by other types
    function logWord(uint256 round, uint256 loggedAt, address sender, bool restricted) internal pure returns (uint256) {
        uint256 flag = restricted ? 1 : 0; // a bare conditional of literals has 8 bits, and none left after the shift
        return round | (loggedAt << 40) | (uint256(uint160(sender)) << 80) | (flag << 240);
    }
}
