// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Checkpoint} from "../interfaces/HomeostatTypes.sol";
import {CheckpointChain} from "../libraries/CheckpointChain.sol";
import {GuardBase} from "./GuardBase.sol";

/// @title Writes the chain of checkpoints.
abstract contract Checkpoints is GuardBase {
    constructor() {
        Checkpoint memory genesis;
        (genesis.stateRoot, genesis.lossWord) = (stateRoot, lossWord);
        _addCheckpoint(genesis, _ledger);
    }

    /// @dev Fills in what the ledger says, what was paid, and the time.
    /// @param ledger as it is stored
    function _addCheckpoint(Checkpoint memory checkpoint, Ledger memory ledger) internal {
        (checkpoint.claimCount, checkpoint.unpaidClaims) = (ledger.claimCount, ledger.unpaidClaims);
        (checkpoint.paidTotal, checkpoint.provenAt) = (_payments.paidTotal, uint40(block.timestamp));
        checkpointHead = CheckpointChain.next(checkpointHead, checkpoint);
    }
}
