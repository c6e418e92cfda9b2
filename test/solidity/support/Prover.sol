// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Groth16Proof} from "../../../contracts/interfaces/IGroth16Verifier.sol";
import {BatchUpdate, RoundUpdate} from "../../../contracts/interfaces/HomeostatTypes.sol";
import {IOpLog} from "../../../contracts/interfaces/IOpLog.sol";
import {Bench} from "./Bench.sol";
import {Vm} from "./Cheats.sol";
import {Words} from "./Words.sol";

/// @title Rounds and batches as an honest prover sends them; the mock verifier accepts whatever is not marked as rejected.
abstract contract Prover is Bench {
    uint256 internal constant REPORT_WORDS = 4 * REPORTERS;

    /// @dev Every operation of the log's standing branch, raw.
    uint256[9][] internal _operations;
    /// @dev What the next rounds and batches say, until an action changes it.
    uint256[MARKETS] internal _marks = [MARK, MARK];
    uint256[MARKETS] internal _breakerUntil;
    uint256 internal _box;
    uint256 internal _deficit;

    function _roundUpdate() internal view returns (RoundUpdate memory update) {
        uint256 next = guard.round() + 1;
        update = RoundUpdate(next, _now(), ORACLE_ROOT + next, 77);
    }

    function _priceWords() internal view returns (uint256[] memory words) {
        words = new uint256[](MARKETS);
        for (uint256 m; m < MARKETS; ++m) words[m] = Words.price(_marks[m], _now(), _breakerUntil[m]);
    }

    function _submitRound() internal {
        Groth16Proof memory proof;
        guard.submitRound(_roundUpdate(), new uint256[](REPORT_WORDS), _priceWords(), proof);
    }

    /// @dev The next operations that were logged in one round, at most a batch of them.
    function _nextBatch() internal view returns (uint256[9][] memory batch) {
        uint256 first = guard.settled();
        uint256 count;
        while (first + count < _operations.length && count < OPERATIONS) {
            if (Words.round(_operations[first + count]) != Words.round(_operations[first])) break;
            ++count;
        }
        batch = new uint256[9][](count);
        for (uint256 i; i < count; ++i) batch[i] = _operations[first + i];
    }

    /// @param valid mask of the operations that take effect
    /// @param liabilities after the batch, quote units
    function _batchUpdate(uint256 valid, uint256 liabilities) internal view returns (BatchUpdate memory update) {
        update.firstOperation = guard.settled();
        update.newStateRoot = uint256(keccak256(abi.encode(guard.stateRoot(), valid, liabilities))) >> 8;
        update.outcomeWord = valid;
        update.box = _box;
        update.totalsWord = Words.totals(liabilities, 0, _deficit);
        update.lossWord = Words.noLosses(MARKETS);
        update.dataCommitment = 78;
    }

    /// @dev Collects what the engine logged since recordLogs.
    function _collectOperations() internal {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].topics[0] != IOpLog.OperationLogged.selector) continue;
            _operations.push(abi.decode(logs[i].data, (uint256[9])));
        }
    }
}
