// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Checkpoint} from "../interfaces/HomeostatTypes.sol";
import {GuardRecords} from "./GuardRecords.sol";

/// @title A hash chain of the proven states: one slot, however long; events hold its links.
abstract contract Checkpoints is GuardRecords {
    constructor() {
        _addCheckpoint(0, 0);
    }

    /// @dev To be called when state words, progress and ledger are stored.
    function _addCheckpoint(bytes32 logHead, uint256 arrived) internal {
        Ledger memory ledger = _ledger;
        checkpointHead = _nextHead(
            checkpointHead,
            Checkpoint({
                stateRoot: stateRoot,
                box: box,
                totalsWord: totalsWord,
                lossWord: lossWord,
                logHead: logHead,
                settled: _progress.settled,
                arrived: uint96(arrived),
                claimCount: ledger.claimCount,
                unpaidClaims: ledger.unpaidClaims,
                paidTotal: _payments.paidTotal,
                provenAt: uint40(block.timestamp)
            })
        );
    }

    function _nextHead(bytes32 head, Checkpoint memory checkpoint) internal pure returns (bytes32) {
        return keccak256(abi.encode(head, checkpoint));
    }
}
