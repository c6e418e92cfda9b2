// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Status} from "./interfaces/HomeostatTypes.sol";
import {IHomeostat} from "./interfaces/IHomeostat.sol";
import {IIntegrityGated} from "./interfaces/IIntegrityGated.sol";

/// @title Modifiers for a protocol that acts only while proofs say that it may.
/// @dev Nothing is cached: each modifier asks the guard. A call with too little gas reverts with the guard's NotEnoughGas; it can
///      not make a sound guard look halted. Ways out for users (reducing risk, withdrawing) should carry whenNotHalted at most.
abstract contract IntegrityGated is IIntegrityGated {
    /// @notice The guard whose word counts, for ever.
    IHomeostat public immutable homeostat;

    constructor(IHomeostat homeostat_) {
        homeostat = homeostat_;
    }

    /// @notice Proofs and prices arrive in time, the vault covers what it owes, and no loss outlasted its cure.
    /// @custom:reverts IntegrityHalted
    modifier whenNotHalted() {
        _requireNotHalted();
        _;
    }

    /// @notice Everything is allowed in the market: its status is Normal. For whatever adds risk.
    /// @custom:reverts IntegrityHalted, MarketRestricted
    modifier whenOperational(uint256 market) {
        _requireStatus(market, Status.Normal);
        _;
    }

    /// @notice The market is Normal or Stressed: its price is fresh, its breaker not set, no bankruptcy outlasted the cure time.
    /// @custom:reverts IntegrityHalted, MarketRestricted
    modifier whenPriced(uint256 market) {
        _requireStatus(market, Status.Stressed);
        _;
    }

    /// @notice Nobody in the market is bankrupt at the mark this instant, without any cure time. For whatever takes value out of a
    ///         pool that bears the market's losses.
    /// @custom:reverts IntegrityHalted, MarketInsolvent
    modifier whenSolvent(uint256 market) {
        _requireNotHalted();
        int256 buffer = homeostat.buffer(market);
        if (buffer < 0) revert MarketInsolvent(market, buffer);
        _;
    }

    /// @notice Every operation logged in that block or before is settled.
    /// @custom:reverts BlockNotProven
    modifier whenProven(uint256 blockNumber) {
        uint256 proven = homeostat.provenBlock();
        if (blockNumber > proven) revert BlockNotProven(blockNumber, proven);
        _;
    }

    function _requireNotHalted() private view {
        uint256 causes = homeostat.haltCauses();
        if (causes != 0) revert IntegrityHalted(causes);
    }

    function _requireStatus(uint256 market, Status worst) private view {
        Status status = homeostat.status(market);
        if (status >= Status.Halted) revert IntegrityHalted(homeostat.haltCauses());
        if (status > worst) revert MarketRestricted(market, status);
    }
}
