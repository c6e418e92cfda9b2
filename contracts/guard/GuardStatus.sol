// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {IOpLog} from "../interfaces/IOpLog.sol";
import {Status} from "../interfaces/HomeostatTypes.sol";
import {HaltCause} from "../libraries/HaltCause.sol";
import {PriceWord} from "../libraries/PriceWord.sol";
import {Probe} from "../libraries/Probe.sol";
import {StateWords} from "../libraries/StateWords.sol";
import {StatusRules} from "../libraries/StatusRules.sol";
import {CouncilHooks} from "./CouncilHooks.sol";
import {GuardViews} from "./GuardViews.sol";
import {UptimeGrace} from "./UptimeGrace.sol";

/// @title The guard's answer: derived from proven words and time at each read, so that nobody has to begin or end a restriction.
abstract contract GuardStatus is GuardViews, UptimeGrace, CouncilHooks {
    /// @inheritdoc IHomeostat
    function status(uint256 market) external view returns (Status) {
        uint256 word = _priceWordOf(market);
        uint256 causes = haltCauses();
        (uint256 breached, uint256 bankrupt) = breachSince(market);
        (uint256 stressedUntil, uint256 brokenUntil) = heldUntil(market);
        return
            StatusRules.statusOf(
                StatusRules.Conditions({
                    exited: _isExit(causes),
                    halted: causes != 0,
                    stale: PriceWord.updatedAt(word) + staleSec < block.timestamp,
                    tripped: PriceWord.breakerUntil(word) > block.timestamp,
                    bankruptLasts: StatusRules.outlasts(bankrupt, cureSec, block.timestamp),
                    brokenHeld: brokenUntil > block.timestamp,
                    breachLasts: StatusRules.outlasts(breached, cureSec, block.timestamp),
                    stressedHeld: stressedUntil > block.timestamp,
                    council: _councilLevel(market)
                })
            );
    }

    /// @inheritdoc IHomeostat
    function globalStatus() public view returns (Status) {
        uint256 causes = haltCauses();
        if (_isExit(causes)) return Status.Exit;
        return causes == 0 ? Status.Normal : Status.Halted;
    }

    /// @inheritdoc IHomeostat
    function exitable() external view returns (bool) {
        return _alarm.exitAt == 0 && _isExitable(haltCauses());
    }

    /// @inheritdoc IHomeostat
    function haltCauses() public view returns (uint256 causes) {
        Progress memory progress = _progress;
        if (_isProofLate(progress.settled)) causes |= HaltCause.PROOF_LATE;
        if (_lateSince(progress.roundTimestamp, roundDeadlineSec) != 0) causes |= HaltCause.ROUND_LATE;
        if (_isVaultShort()) causes |= HaltCause.VAULT_SHORT;
        if (StatusRules.outlasts(progress.deficitSince, haltCureSec, block.timestamp)) causes |= HaltCause.DEFICIT;
        for (uint256 m; m < markets; ++m) {
            (, uint256 bankrupt) = _sinceOf(m);
            if (StatusRules.outlasts(bankrupt, haltCureSec, block.timestamp)) causes |= HaltCause.BANKRUPT;
        }
        if (_ledger.pausedUntil > block.timestamp) causes |= HaltCause.UNAUTHORISED;
        if (_councilHaltsAll()) causes |= HaltCause.COUNCIL;
        if (progress.haltNotedAt != 0 && _alarm.exitAt != 0) causes |= HaltCause.EXIT;
    }

    /// @inheritdoc IHomeostat
    function provenBlock() external view returns (uint256) {
        uint256 done = _progress.settled;
        if (IOpLog(engine).operationCount() == done) return block.number - 1;
        (, , uint256 loggedBlock) = IOpLog(engine).entryOf(done);
        return loggedBlock - 1;
    }

    /// @dev A balance that cannot be read counts as short.
    function _isVaultShort() internal view returns (bool) {
        (bool answered, bytes memory answer) = Probe.read(token, abi.encodeCall(IERC20.balanceOf, (engine)), 1);
        if (!answered) return true;
        return abi.decode(answer, (uint256)) < StateWords.liabilities(totalsWord) + _ledger.unpaidClaims;
    }

    /// @dev A noted halt that outlasted exitDelaySec, and exitBlocks blocks, and still lasts. Never without a hall to leave through.
    function _isExitable(uint256 causes) internal view returns (bool) {
        uint256 notedAt = _progress.haltNotedAt;
        if (notedAt == 0 || exitHall == address(0) || causes & HaltCause.LEADS_TO_EXIT == 0) return false;
        return block.timestamp >= notedAt + exitDelaySec && block.number >= uint256(_alarm.haltNotedBlock) + exitBlocks;
    }

    function _isExit(uint256 causes) private view returns (bool) {
        return causes & HaltCause.EXIT != 0 || _isExitable(causes);
    }

    /// @dev A log that cannot be read counts as late.
    function _isProofLate(uint256 done) private view returns (bool) {
        (bool answered, bytes memory answer) = Probe.read(engine, abi.encodeCall(IOpLog.operationCount, ()), 1);
        if (!answered) return true;
        if (abi.decode(answer, (uint256)) == done) return false;
        (answered, answer) = Probe.read(engine, abi.encodeCall(IOpLog.entryOf, (done)), 3);
        if (!answered) return true;
        (, uint256 loggedAt, ) = abi.decode(answer, (bytes32, uint256, uint256));
        if (loggedAt > block.timestamp) return false;
        return _lateSince(loggedAt, proofDeadlineSec) != 0;
    }
}
