// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {IncidentCause} from "../libraries/IncidentCause.sol";
import {LeakyCount} from "../libraries/LeakyCount.sol";
import {OperationWords} from "../libraries/OperationWords.sol";
import {StateWords} from "../libraries/StateWords.sol";
import {GuardBase} from "./GuardBase.sol";
import {IncidentLedger} from "./IncidentLedger.sol";

/// @title Counts unauthorised operations: too many pause everything, too many of one sender make the engine refuse the sender.
abstract contract SenderBook is GuardBase, IncidentLedger {
    /// @inheritdoc IHomeostat
    function isRefused(address sender) external view returns (bool) {
        return LeakyCount.isOver(_senders[sender], senderLimit, senderStepMs);
    }

    /// @dev Changes the ledger in memory; the caller stores it. The count begins anew with a pause, so that the next needs as many again.
    /// @param words canonical words of the batch
    function _noteUnauthorised(Ledger memory ledger, uint256[] memory words, uint256 count, uint256 outcome) internal {
        for (uint256 i; i < count; ++i) {
            if (!StateWords.isUnauthorised(outcome, i)) continue;
            address sender = OperationWords.senderOf(words[OperationWords.WORDS * i + 2]);
            _senders[sender] = LeakyCount.add(_senders[sender], 1, senderLimit, senderStepMs);
        }
        uint256 forgottenAt = LeakyCount.add(
            ledger.unauthorisedForgottenAtMs,
            StateWords.unauthorised(outcome),
            unauthorisedLimit,
            unauthorisedStepMs
        );
        if (LeakyCount.isOver(forgottenAt, unauthorisedLimit, unauthorisedStepMs)) {
            forgottenAt = block.timestamp * 1000;
            ledger.pausedUntil = uint32(block.timestamp + unauthorisedPauseSec);
            _detectUntil(IncidentCause.UNAUTHORISED, IncidentCause.ALL_MARKETS, ledger.pausedUntil);
        }
        ledger.unauthorisedForgottenAtMs = uint64(forgottenAt);
    }
}
