// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {Poseidon} from "../exit/Poseidon.sol";
import {PoseidonTable} from "../exit/PoseidonTable.sol";

/// @title Calls Poseidon alone, for tests of its values and its gas.
contract PoseidonBench {
    /// @notice The hash, and the gas of loading the table and of hashing.
    function hash(
        address[2] calldata pages,
        uint256[] calldata inputs
    ) external view returns (uint256 digest, uint256 loadGas, uint256 hashGas) {
        uint256[] memory values = inputs;
        uint256 before = gasleft();
        uint256[] memory table = new uint256[](PoseidonTable.MAX_WORDS);
        PoseidonTable.load(table, pages[0], pages[1]);
        loadGas = before - gasleft();
        before = gasleft();
        digest = Poseidon.hash(table, values);
        hashGas = before - gasleft();
    }

    /// @notice Reverts unless the pages hold circomlib's constants of the width.
    function check(address[2] calldata pages, uint256 width) external view {
        uint256[] memory table = new uint256[](PoseidonTable.MAX_WORDS);
        PoseidonTable.load(table, pages[0], pages[1]);
        PoseidonTable.check(table, width);
    }
}
