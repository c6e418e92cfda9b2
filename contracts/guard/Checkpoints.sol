// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Checkpoint} from "../interfaces/HomeostatTypes.sol";
import {CheckpointChain} from "../libraries/CheckpointChain.sol";
import {GuardBase} from "./GuardBase.sol";

/// @title Writes the chain of checkpoints.
abstract contract Checkpoints is GuardBase {
    constructor() {
        _addCheckpoint(0, 0);
    }

    /// @dev To be called when state words, progress and ledger are stored.
    function _addCheckpoint(bytes32 logHead, uint256 arrived) internal {
        Ledger memory ledger = _ledger;
        checkpointHead = CheckpointChain.next(
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
}
