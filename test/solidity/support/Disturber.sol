// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Groth16Proof} from "../../../contracts/interfaces/IGroth16Verifier.sol";
import {BatchUpdate} from "../../../contracts/interfaces/HomeostatTypes.sol";
import {OperationWords} from "../../../contracts/libraries/OperationWords.sol";
import {Prover} from "./Prover.sol";
import {Words} from "./Words.sol";

/// @title Proofs of everything that goes wrong, and of its end.
abstract contract Disturber is Prover {
    /// @dev The longest that a trip sets the breaker for, escalation included.
    uint256 internal constant LONGEST_BREAKER_SEC = 600;
    uint256 internal constant LIABILITIES = 0;

    /// @dev Longs of the market break even at so many ticks: above the mark they are bankrupt, close below it unhealthy.
    function _setLowest(uint256 market, uint256 lowest) internal {
        uint256 lane = (2 ** 62 - 1) * 2 ** (62 * market);
        _box = (_box & ~lane) | Words.box(market, lowest);
    }

    /// @dev Logs an operation, so that there is something to settle, and settles everything with the words as they are set.
    function _settleAll(uint256 unauthorised) internal {
        vm.deal(address(this), FEE_WEI);
        vm.recordLogs();
        engine.recertify{value: FEE_WEI}(0, 0);
        _collectOperations();
        while (guard.settled() < _operations.length) {
            uint256[9][] memory batch = _nextBatch();
            uint256 reported = unauthorised < batch.length ? unauthorised : batch.length;
            unauthorised -= reported;
            _settle(batch, reported);
        }
    }

    /// @dev A fresh round, if time has passed since the last one.
    function _round() internal {
        if (_now() > guard.roundTimestamp()) _submitRound();
    }

    function _pass(uint256 time) internal {
        vm.warp(_now() + time);
        vm.roll(vm.getBlockNumber() + time / 12 + 1);
    }

    function _settle(uint256[9][] memory batch, uint256 unauthorised) private {
        uint256 mask = 2 ** unauthorised - 1;
        uint256 valid = 0xffff ^ mask;
        // money that others move goes back to its sender
        for (uint256 i; i < batch.length; ++i) {
            uint256 kind = Words.kind(batch[i]);
            if (kind == OperationWords.DEPOSIT || kind == OperationWords.WITHDRAW) valid &= ~(1 << i);
        }
        BatchUpdate memory update = _batchUpdate(valid, LIABILITIES);
        update.outcomeWord += unauthorised * 2 ** 16 + mask * 2 ** 48;
        Groth16Proof memory proof;
        guard.settleBatch(update, batch, proof);
    }
}
