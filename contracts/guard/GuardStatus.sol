// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {IOpLog} from "../interfaces/IOpLog.sol";
import {Status} from "../interfaces/HomeostatTypes.sol";
import {HaltCause} from "../libraries/HaltCause.sol";
import {LeakyCount} from "../libraries/LeakyCount.sol";
import {MarginBuffer} from "../libraries/MarginBuffer.sol";
import {PriceWord} from "../libraries/PriceWord.sol";
import {Probe} from "../libraries/Probe.sol";
import {StateWords} from "../libraries/StateWords.sol";
import {GuardViews} from "./GuardViews.sol";

/// @title The guard's answer: derived from proven words and time at each read, so that nobody has to begin or end a halt.
abstract contract GuardStatus is GuardViews {
    /// @inheritdoc IHomeostat
    function status(uint256 market) external view returns (Status) {
        uint256 word = _priceWordOf(market);
        if (haltCauses() != 0) return Status.Halted;
        (uint256 breached, uint256 bankrupt) = _sinceOf(market);
        bool stale = PriceWord.updatedAt(word) + staleSec < block.timestamp;
        bool tripped = PriceWord.breakerUntil(word) > block.timestamp;
        if (stale || tripped || _outlasts(bankrupt, cureSec)) return Status.Broken;
        return _outlasts(breached, cureSec) ? Status.Stressed : Status.Normal;
    }

    /// @inheritdoc IHomeostat
    function haltCauses() public view returns (uint256 causes) {
        Progress memory progress = _progress;
        if (_isProofLate(progress.settled)) causes |= HaltCause.PROOF_LATE;
        if (progress.roundTimestamp + roundDeadlineSec < block.timestamp) causes |= HaltCause.ROUND_LATE;
        if (_isVaultShort()) causes |= HaltCause.VAULT_SHORT;
        if (_outlasts(progress.deficitSince, haltCureSec)) causes |= HaltCause.DEFICIT;
        for (uint256 m; m < markets; ++m) {
            (, uint256 bankrupt) = _sinceOf(m);
            if (_outlasts(bankrupt, haltCureSec)) causes |= HaltCause.BANKRUPT;
        }
        if (LeakyCount.isOver(_ledger.unauthorisedForgottenAtMs, unauthorisedLimit, unauthorisedStepMs)) {
            causes |= HaltCause.UNAUTHORISED;
        }
    }

    /// @inheritdoc IHomeostat
    function buffer(uint256 market) external view returns (int256) {
        uint256 word = _priceWordOf(market);
        return MarginBuffer.bufferBpsDown(MarginBuffer.edges(box, lossWord, word, market), PriceWord.mark(word));
    }

    /// @inheritdoc IHomeostat
    function provenBlock() external view returns (uint256) {
        uint256 done = _progress.settled;
        if (IOpLog(engine).operationCount() == done) return block.number - 1;
        (, , uint256 loggedBlock) = IOpLog(engine).entryOf(done);
        return loggedBlock - 1;
    }

    /// @dev A log that cannot be read counts as late.
    function _isProofLate(uint256 done) private view returns (bool) {
        (bool answered, bytes memory answer) = Probe.read(engine, abi.encodeCall(IOpLog.operationCount, ()), 1);
        if (!answered) return true;
        if (abi.decode(answer, (uint256)) == done) return false;
        (answered, answer) = Probe.read(engine, abi.encodeCall(IOpLog.entryOf, (done)), 3);
        if (!answered) return true;
        (, uint256 loggedAt, ) = abi.decode(answer, (bytes32, uint256, uint256));
        return loggedAt < block.timestamp && block.timestamp - loggedAt > proofDeadlineSec;
    }

    /// @dev A balance that cannot be read counts as short.
    function _isVaultShort() private view returns (bool) {
        (bool answered, bytes memory answer) = Probe.read(token, abi.encodeCall(IERC20.balanceOf, (engine)), 1);
        if (!answered) return true;
        return abi.decode(answer, (uint256)) < StateWords.liabilities(totalsWord) + _ledger.unpaidClaims;
    }

    function _outlasts(uint256 since, uint256 cure) private view returns (bool) {
        return since != 0 && since + cure < block.timestamp;
    }
}
