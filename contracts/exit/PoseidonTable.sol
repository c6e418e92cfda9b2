// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title The constants that Poseidon computes with, kept as the code of data contracts.
/// @dev Words of a table of width t, in the order of their use: matrix (t * t, by rows), sparse matrix (t * t, by rows), constants
///      of the first four full rounds and before them (5 * t), a partial round each (1 constant, 1 factor, then 2 factors for each
///      other element), constants of the last three full rounds (3 * t), t zeros. scripts/circuits/poseidonConstants.ts makes them.
///      A page holds a STOP and up to 767 words, as many as an address holds code.
library PoseidonTable {
    /// @dev Words of the widest table, t = 10.
    uint256 internal constant MAX_WORDS = 1490;

    /// @notice The pages do not hold circomlib's constants of the width. Likely cause: pages of another width.
    error WrongTable(uint256 width, bytes32 derivedDigest);

    /// @notice Copies a table into memory that has room for it, and sets its length.
    function load(uint256[] memory table, address first, address second) internal view {
        // Solidity copies code into new memory only: <address>.code would double what a hash costs in memory
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            let bytesOfFirst := sub(extcodesize(first), 1)
            let bytesOfSecond := 0
            extcodecopy(first, add(table, 0x20), 1, bytesOfFirst)
            if second {
                bytesOfSecond := sub(extcodesize(second), 1)
                extcodecopy(second, add(add(table, 0x20), bytesOfFirst), 1, bytesOfSecond)
            }
            mstore(table, div(add(bytesOfFirst, bytesOfSecond), 0x20))
        }
    }

    /// @notice Checks that a loaded table holds circomlib's constants of a width.
    /// @custom:reverts WrongTable
    function check(uint256[] memory table, uint256 width) internal pure {
        bytes32 digest = keccak256(abi.encodePacked(table));
        if (digest != digestOf(width)) revert WrongTable(width, digest);
    }

    /// @notice keccak256 of the words of a table. By test those of circomlibjs.
    function digestOf(uint256 width) internal pure returns (bytes32) {
        if (width == 5) return 0x36cf406d1610127579dcfe30e4d38b25a71eb362c8e592a23ffb93d64c55603c;
        if (width == 6) return 0x600a9cac37fb6c3f3e387b7b8639dbdd898a434471eabca846bc3488f8fc5507;
        if (width == 7) return 0x92e7723bfe23b37aaed9045714cb33fdac8d8d7a32b363628765c4f51d014cec;
        if (width == 8) return 0x1b6b03a6decabdf4550c50fd8624b4e9429ae3f402bd11d8e58e3c6c9447490e;
        if (width == 9) return 0xd8285e4ebd6a20540bad56ea2ef3b62e9dbc431da3a2114239beca5c8198dcc8;
        if (width == 10) return 0x286e740f74cb4161e5eb5ef933fc44cdb25b7e367768e26157d8f10cfebbac98;
        revert WrongTable(width, 0);
    }
}
