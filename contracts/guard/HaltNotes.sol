// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {HaltCause} from "../libraries/HaltCause.sol";
import {IncidentCause} from "../libraries/IncidentCause.sol";
import {Mode, Permissions} from "../libraries/Permissions.sol";
import {GuardStatus} from "./GuardStatus.sol";

/// @title Notes since when a halt, or a shortfall of the vault, lasts. Anyone may; Exit and rollback count from there.
abstract contract HaltNotes is GuardStatus {
    /// @inheritdoc IHomeostat
    function noteHalt() external {
        if (_alarm.exitAt != 0) revert ExitBegun(_alarm.exitAt);
        bool halted = haltCauses() & HaltCause.LEADS_TO_EXIT != 0;
        if (halted == (_progress.haltNotedAt != 0)) revert NothingToNote();
        _noteHalt(halted);
    }

    /// @inheritdoc IHomeostat
    function noteVault() external {
        uint256 since = _alarm.vaultShortSince;
        bool short = _isVaultShort();
        if (short == (since != 0)) revert NothingToNote();
        _alarm.vaultShortSince = short ? uint40(block.timestamp) : 0;
        emit VaultNoted(short);
        if (short) _detect(IncidentCause.VAULT_SHORT, IncidentCause.ALL_MARKETS, _stake());
        else _recover(IncidentCause.VAULT_SHORT, IncidentCause.ALL_MARKETS, since, since);
    }

    /// @dev Before a proof is looked at. Costs nothing while no halt is noted: Exit needs a note.
    function _requireOpen(uint256 haltNotedAt) internal view {
        if (haltNotedAt == 0) return;
        if (Permissions.modeOf(Permissions.PROOF, globalStatus()) == Mode.Refused) revert ExitBegun(_alarm.exitAt);
    }

    /// @dev After a proof was accepted and its words are stored.
    function _endHaltNote(uint256 haltNotedAt) internal {
        if (haltNotedAt != 0 && haltCauses() & HaltCause.LEADS_TO_EXIT == 0) _noteHalt(false);
    }

    function _noteHalt(bool halted) private {
        _progress.haltNotedAt = halted ? uint32(block.timestamp) : 0;
        _alarm.haltNotedBlock = halted ? uint40(block.number) : 0;
        emit HaltNoted(halted);
    }
}
