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
    /// @custom:reverts IntegrityHalted, IntegrityExited
    modifier whenNotHalted() {
        _requireNotHalted();
        _;
    }

    /// @notice Everything is allowed in the market: its status is Normal. For whatever adds risk.
    /// @custom:reverts IntegrityHalted, IntegrityExited, MarketRestricted
    modifier whenOperational(uint256 market) {
        _requireStatus(market, Status.Normal);
        _;
    }

    /// @notice The market is Normal or Stressed: its price is fresh, its breaker not set, no bankruptcy outlasted the cure time.
    /// @custom:reverts IntegrityHalted, IntegrityExited, MarketRestricted
    modifier whenPriced(uint256 market) {
        _requireStatus(market, Status.Stressed);
        _;
    }

    /// @notice Nobody in the market is bankrupt at the mark this instant, without any cure time. For whatever takes value out of a
    ///         pool that bears the market's losses.
    /// @custom:reverts IntegrityHalted, IntegrityExited, MarketInsolvent
    modifier whenSolvent(uint256 market) {
        _requireNotHalted();
        int256 buffer = homeostat.buffer(market);
        if (buffer < 0) revert MarketInsolvent(market, buffer);
        _;
    }

    /// @notice Every account of the market covers at least that fraction of margin at the mark, basis points. For whatever lends
    ///         against the market's health.
    /// @custom:reverts IntegrityHalted, IntegrityExited, BufferTooThin
    modifier whenBuffered(uint256 market, int256 minimumBps) {
        _requireNotHalted();
        int256 buffer = homeostat.buffer(market);
        if (buffer < minimumBps) revert BufferTooThin(market, buffer, minimumBps);
        _;
    }

    /// @notice The market is in exactly that state. For what belongs to one state only, as a way out belongs to Exit.
    /// @custom:reverts WrongStatus
    modifier onlyIn(uint256 market, Status wanted) {
        Status status = homeostat.status(market);
        if (status != wanted) revert WrongStatus(market, status, wanted);
        _;
    }

    /// @notice The last proven round is at most that old, seconds. For protocols with a shorter heartbeat than the guard's.
    /// @custom:reverts RoundTooOldHere
    modifier whenFresh(uint256 maximumSec) {
        uint256 provenAt = homeostat.roundTimestamp(); // may lie some seconds ahead of the block
        uint256 ageSec = provenAt < block.timestamp ? block.timestamp - provenAt : 0;
        if (ageSec > maximumSec) revert RoundTooOldHere(ageSec, maximumSec);
        _;
    }

    /// @notice That operation of the guard's log is settled: proven, and what it did is in the proven words.
    /// @custom:reverts OperationNotSettled
    modifier whenSettled(uint256 operation) {
        uint256 settled = homeostat.settled();
        if (operation >= settled) revert OperationNotSettled(operation, settled);
        _;
    }

    /// @notice Every operation logged in that block or before is settled.
    /// @custom:reverts BlockNotProven
    modifier whenProven(uint256 blockNumber) {
        uint256 proven = homeostat.provenBlock();
        if (blockNumber > proven) revert BlockNotProven(blockNumber, proven);
        _;
    }

    /// @dev The first market tells of all: a halt or Exit is every market's. Halted alone may be a council's word about that market.
    function _requireNotHalted() private view {
        Status first = homeostat.status(0);
        if (first >= Status.Halted) _refuseHalted(first);
    }

    function _requireStatus(uint256 market, Status worst) private view {
        Status status = homeostat.status(market);
        if (status >= Status.Halted) _refuseHalted(status);
        if (status > worst) revert MarketRestricted(market, status);
    }

    function _refuseHalted(Status status) private view {
        if (status == Status.Exit) revert IntegrityExited();
        uint256 causes = homeostat.haltCauses();
        if (causes != 0) revert IntegrityHalted(causes);
    }
}
