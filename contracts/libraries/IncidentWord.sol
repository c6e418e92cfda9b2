// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title An incident in one storage word: detectedBlock[0,40) containedAt[40,72) recoveredBlock[72,112) recoveredAt[112,144)
///        stake[144,208). Times in unix seconds, stake in quote units.
/// @dev Its key: cause[0,8) market[8,16) detectedAt[16,256).
library IncidentWord {
    uint256 private constant MAX_STAKE = type(uint64).max;

    struct Incident {
        uint256 detectedBlock;
        uint256 containedAt;
        uint256 recoveredBlock;
        uint256 recoveredAt;
        uint256 stake;
    }

    function key(uint256 cause, uint256 market, uint256 detectedAt) internal pure returns (uint256) {
        return cause | (market << 8) | (detectedAt << 16);
    }

    /// @dev A stake beyond 64 bits (a deficit has 76) is kept as the greatest of 64.
    function encode(Incident memory i) internal pure returns (uint256) {
        uint256 stake = i.stake > MAX_STAKE ? MAX_STAKE : i.stake;
        return
            uint256(uint40(i.detectedBlock)) |
            (uint256(uint32(i.containedAt)) << 40) |
            (uint256(uint40(i.recoveredBlock)) << 72) |
            (uint256(uint32(i.recoveredAt)) << 112) |
            (stake << 144);
    }

    function decode(uint256 word) internal pure returns (Incident memory i) {
        i.detectedBlock = uint40(word);
        i.containedAt = uint32(word >> 40);
        i.recoveredBlock = uint40(word >> 72);
        i.recoveredAt = uint32(word >> 112);
        i.stake = uint64(word >> 144);
    }
}
