// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Status} from "../interfaces/HomeostatTypes.sol";

/// @title The last restriction of a market by the council: level[0,8) cause[8,16) from[16,56) until[56,96), unix seconds.
library CouncilWord {
    function encode(Status level, uint256 cause, uint256 from, uint256 until) internal pure returns (uint256) {
        return uint256(level) | (cause << 8) | (from << 16) | (until << 56);
    }

    function causeOf(uint256 word) internal pure returns (uint256) {
        return uint8(word >> 8);
    }

    function fromOf(uint256 word) internal pure returns (uint256) {
        return uint40(word >> 16);
    }

    function untilOf(uint256 word) internal pure returns (uint256) {
        return uint40(word >> 56);
    }

    /// @notice What the restriction asks for at `time`; Normal once it is over.
    function levelAt(uint256 word, uint256 time) internal pure returns (Status) {
        return time < untilOf(word) ? Status(uint8(word)) : Status.Normal;
    }

    /// @notice Until when the next one must wait: after the last one's end, as long as it lasted.
    function restUntil(uint256 word) internal pure returns (uint256) {
        return 2 * untilOf(word) - fromOf(word);
    }

    /// @notice The restriction ended at `time`.
    function endedAt(uint256 word, uint256 time) internal pure returns (uint256) {
        return encode(Status(uint8(word)), causeOf(word), fromOf(word), time);
    }
}
