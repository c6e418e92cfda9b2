// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title The cheat codes that these tests use; native forge and Hardhat answer them alike.
interface Vm {
    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }

    function warp(uint256 timestamp) external;
    function roll(uint256 blockNumber) external;
    function getBlockTimestamp() external view returns (uint256);
    function getBlockNumber() external view returns (uint256);
    function prank(address sender) external;
    function deal(address account, uint256 amount) external;
    function store(address target, bytes32 slot, bytes32 value) external;
    function load(address target, bytes32 slot) external view returns (bytes32);
    function getNonce(address account) external view returns (uint64);
    function computeCreateAddress(address deployer, uint256 nonce) external pure returns (address);
    function recordLogs() external;
    function getRecordedLogs() external returns (Log[] memory);
    function expectRevert(bytes4 selector) external;
}

/// @title What every test here inherits, in place of a test library.
abstract contract Cheats {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    error Violated(string law, uint256 left, uint256 right);

    /// @dev The block's time. The compiler may read block.timestamp once for a whole function, and so miss a warp in it.
    function _now() internal view returns (uint256) {
        return vm.getBlockTimestamp();
    }

    /// @dev Any value, mapped onto [lowest, highest].
    function _within(uint256 value, uint256 lowest, uint256 highest) internal pure returns (uint256) {
        return lowest + (value % (highest - lowest + 1));
    }

    function _requireEqual(uint256 left, uint256 right, string memory law) internal pure {
        if (left != right) revert Violated(law, left, right);
    }

    function _requireAtMost(uint256 left, uint256 right, string memory law) internal pure {
        if (left > right) revert Violated(law, left, right);
    }

    function _require(bool holds, string memory law) internal pure {
        if (!holds) revert Violated(law, 0, 1);
    }
}
