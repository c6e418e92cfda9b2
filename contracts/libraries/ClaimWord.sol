// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title A claim in one storage word: owner[0,160) amount[160,223) payableAt[223,255) paid[255].
/// @dev amount left to pay in quote units (63 bits); payableAt in unix seconds (32 bits: until the year 2106).
library ClaimWord {
    uint256 private constant PAID = 1 << 255;
    uint256 private constant AMOUNT_MASK = (1 << 63) - 1;

    function encode(address owner, uint256 amount, uint256 payableAt) internal pure returns (uint256) {
        return uint256(uint160(owner)) | (amount << 160) | (uint256(uint32(payableAt)) << 223);
    }

    /// @notice The claim with `rest` left to pay; paid when that is nothing.
    function withRest(uint256 word, uint256 rest) internal pure returns (uint256) {
        word = (word & ~(AMOUNT_MASK << 160)) | (rest << 160);
        return rest == 0 ? word | PAID : word;
    }

    function decode(uint256 word) internal pure returns (address owner, uint256 amount, uint256 payableAt, bool paid) {
        owner = address(uint160(word));
        amount = (word >> 160) & AMOUNT_MASK;
        payableAt = uint32(word >> 223);
        paid = word & PAID != 0;
    }
}
