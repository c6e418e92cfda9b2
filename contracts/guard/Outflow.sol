// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {OutflowLevel} from "../libraries/OutflowLevel.sol";
import {PriceWord} from "../libraries/PriceWord.sol";
import {StateWords} from "../libraries/StateWords.sol";
import {GuardBase} from "./GuardBase.sol";

/// @title Limits what leaves in a window, by what is owed and by proven volatility: a run is slowed down, never stopped.
abstract contract Outflow is GuardBase {
    /// @inheritdoc IHomeostat
    function outflowAllowance() external view returns (uint256) {
        uint256 limit = _outflowLimit();
        uint256 level = _outflowLevel(_payments, limit);
        return level < limit ? limit - level : 0;
    }

    /// @dev As much of `wanted` as may leave now; counts it. Changes the payments in memory; the caller stores them.
    function _takeOutflow(Payments memory payments, uint256 wanted) internal view returns (uint256 amount) {
        uint256 limit = _outflowLimit();
        uint256 level = _outflowLevel(payments, limit);
        amount = level < limit ? limit - level : 0;
        if (amount == 0 && wanted != 0) {
            uint256 window = outflowWindowSec;
            revert OutflowExhausted(block.timestamp + OutflowLevel.secondsToRoom(level, limit, window));
        }
        if (wanted < amount) amount = wanted;
        (payments.outflowLevel, payments.outflowAt) = (uint64(level + amount), uint32(block.timestamp));
    }

    function _outflowLevel(Payments memory payments, uint256 limit) private view returns (uint256) {
        uint256 elapsed = block.timestamp - payments.outflowAt;
        return OutflowLevel.fallen(payments.outflowLevel, elapsed, limit, outflowWindowSec);
    }

    /// @dev Quote units a window, by the most volatile market; fits 64 bits.
    function _outflowLimit() private view returns (uint256 limit) {
        uint256 owed = StateWords.liabilities(totalsWord) + _ledger.unpaidClaims;
        limit = type(uint64).max;
        for (uint256 m; m < markets; ++m) {
            uint256 rate = PriceWord.maintenanceRate(_priceWords[m]);
            uint256 ofMarket = OutflowLevel.limitOf(owed, outflowBps, _maintenanceBase(m), rate);
            if (ofMarket < limit) limit = ofMarket;
        }
        if (limit < outflowFloor) limit = outflowFloor;
    }
}
