// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Checkpoint} from "../interfaces/HomeostatTypes.sol";

/// @title The hash chain of proven states: one word, however long; events hold its links.
library CheckpointChain {
    /// @notice Head of the chain after one more checkpoint.
    function next(bytes32 head, Checkpoint memory checkpoint) internal pure returns (bytes32) {
        return keccak256(abi.encode(head, checkpoint));
    }
}
