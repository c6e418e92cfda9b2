// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IExitHall} from "../interfaces/IExitHall.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {IOpLog} from "../interfaces/IOpLog.sol";
import {Bindings, Limits, Shape} from "../interfaces/HomeostatTypes.sol";
import {LeakyCount} from "../libraries/LeakyCount.sol";

/// @title The guard's parameters, checked once and fixed for ever.
abstract contract GuardParameters is IHomeostat {
    /// @dev Lanes of more markets do not fit one field element.
    uint256 internal constant MAX_MARKETS = 4;
    /// @dev Bits of the valid mask.
    uint256 internal constant MAX_OPERATIONS = 16;
    uint256 private constant MAX_TOLERANCE_SEC = 1 hours;
    /// @dev A batch reports at most 255 unauthorised operations; a limit above this would be no limit.
    uint256 private constant MAX_UNAUTHORISED = 1e6;
    /// @dev Claims wait at least so long: what was deposited in a block cannot leave in it, whatever is proven there.
    uint256 private constant MIN_CLAIM_DELAY_SEC = 1 minutes;
    /// @dev Holding, grace and pause end within a day, so that nobody can deploy a guard that restricts without end.
    uint256 private constant MAX_HOLD_SEC = 1 days;
    /// @dev Exit is final, so it never begins within an hour; and it is everyone's way out, so it begins within a month.
    uint256 private constant MIN_EXIT_DELAY_SEC = 1 hours;
    uint256 private constant MAX_EXIT_DELAY_SEC = 30 days;
    /// @dev Blocks a second of the fastest chain on which Exit can begin in its time.
    uint256 private constant MAX_BLOCKS_PER_SEC = 16;
    uint256 internal constant BPS_ONE = 10_000;

    /// @inheritdoc IHomeostat
    address public immutable engine;
    /// @inheritdoc IHomeostat
    address public immutable token;
    /// @notice Verifier of the circuit OracleRound.
    address public immutable roundVerifier;
    /// @notice Verifier of the circuit MarginBatch.
    address public immutable batchVerifier;
    /// @notice Who may tighten for a bounded time; zero for nobody.
    address public immutable council;
    /// @notice Who may end a council's tightening early.
    address public immutable timelock;
    /// @notice Says whether the chain itself is up; zero for none.
    address public immutable uptimeFeed;
    /// @inheritdoc IHomeostat
    address public immutable exitHall;
    /// @notice Markets of both circuits.
    uint256 public immutable markets;
    /// @notice Operations of the circuit's batch; fewer are padded.
    uint256 public immutable operationsPerBatch;
    /// @notice Reporter slots of the circuit's round.
    uint256 public immutable reporters;
    /// @notice From settlement to payment of a claim.
    uint256 public immutable claimDelaySec;
    /// @inheritdoc IHomeostat
    uint256 public immutable cureSec;
    /// @notice How long a restriction that took effect is held after its cause has gone.
    uint256 public immutable calmSec;
    /// @notice How long a bankruptcy or deficit may last before everything halts.
    uint256 public immutable haltCureSec;
    /// @notice Age of the oldest unproven operation that halts.
    uint256 public immutable proofDeadlineSec;
    /// @notice Age of the last round that halts.
    uint256 public immutable roundDeadlineSec;
    /// @notice Oldest median report time that a new round may have.
    uint256 public immutable maxReportAgeSec;
    /// @notice How far a round's time may lie ahead of the block's.
    uint256 public immutable futureToleranceSec;
    /// @notice How long nothing counts as late after the chain is up again.
    uint256 public immutable graceSec;
    /// @notice Unauthorised operations that may happen at once without a pause.
    uint256 public immutable unauthorisedLimit;
    /// @notice Milliseconds in which one unauthorised operation is forgotten.
    uint256 public immutable unauthorisedStepMs;
    /// @notice How long more unauthorised operations than the limit pause everything.
    uint256 public immutable unauthorisedPauseSec;
    /// @notice Unauthorised operations of one sender that may happen at once before the sender is refused.
    uint256 public immutable senderLimit;
    /// @notice Milliseconds in which one unauthorised operation of a sender is forgotten.
    uint256 public immutable senderStepMs;
    /// @notice Time in which the outflow limit renews itself.
    uint256 public immutable outflowWindowSec;
    /// @notice What may leave in that time, of what the vault owes, basis points.
    uint256 public immutable outflowBps;
    /// @notice What may leave in that time at least, quote units.
    uint256 public immutable outflowFloor;
    /// @notice How long a noted halt lasts before Exit can begin.
    uint256 public immutable exitDelaySec;
    /// @notice How many blocks must be made meanwhile.
    uint256 public immutable exitBlocks;
    /// @inheritdoc IHomeostat
    uint256 public immutable exitShareSec;

    constructor(Bindings memory bound, Shape memory shape, Limits memory limits) {
        (engine, token) = (bound.engine, bound.token);
        roundVerifier = _pinned(bound.roundVerifier, bound.roundVerifierCodehash);
        batchVerifier = _pinned(bound.batchVerifier, bound.batchVerifierCodehash);
        address guardOfEngine = IOpLog(bound.engine).guard();
        if (guardOfEngine != address(this)) revert EngineOfAnotherGuard(bound.engine, guardOfEngine);
        if (bound.exitHall != address(0)) {
            address guardOfHall = IExitHall(bound.exitHall).guard();
            if (guardOfHall != address(this)) revert HallOfAnotherGuard(bound.exitHall, guardOfHall);
        }
        bool oneMissing = (bound.council == address(0)) != (bound.timelock == address(0));
        bool same = bound.council != address(0) && bound.council == bound.timelock;
        if (oneMissing || same) revert BadParameter("timelock", uint160(bound.timelock));
        (council, timelock, uptimeFeed, exitHall) = (bound.council, bound.timelock, bound.uptimeFeed, bound.exitHall);

        markets = _inRange("markets", shape.markets, 1, MAX_MARKETS);
        operationsPerBatch = _inRange("operations", shape.operations, 1, MAX_OPERATIONS);
        reporters = _inRange("reporters", shape.reporters, 1, type(uint8).max);

        uint256 anySec = type(uint32).max;
        claimDelaySec = _inRange("claimDelaySec", limits.claimDelaySec, MIN_CLAIM_DELAY_SEC, anySec);
        cureSec = limits.cureSec;
        calmSec = _inRange("calmSec", limits.calmSec, 0, MAX_HOLD_SEC);
        haltCureSec = _inRange("haltCureSec", limits.haltCureSec, limits.cureSec, anySec);
        proofDeadlineSec = _inRange("proofDeadlineSec", limits.proofDeadlineSec, 1, anySec);
        roundDeadlineSec = _inRange("roundDeadlineSec", limits.roundDeadlineSec, 1, anySec);
        maxReportAgeSec = _inRange("maxReportAgeSec", limits.maxReportAgeSec, 1, limits.roundDeadlineSec);
        futureToleranceSec = _inRange("futureToleranceSec", limits.futureToleranceSec, 0, MAX_TOLERANCE_SEC);
        graceSec = _inRange("graceSec", limits.graceSec, 0, MAX_HOLD_SEC);

        unauthorisedLimit = _inRange("unauthorisedLimit", limits.unauthorisedLimit, 1, MAX_UNAUTHORISED);
        unauthorisedStepMs = LeakyCount.step(limits.unauthorisedLimit, limits.unauthorisedWindowSec);
        _inRange("unauthorisedWindowSec", unauthorisedStepMs, 1, anySec);
        unauthorisedPauseSec = _inRange("unauthorisedPauseSec", limits.unauthorisedPauseSec, 1, MAX_HOLD_SEC);
        senderLimit = _inRange("senderLimit", limits.senderLimit, 1, MAX_UNAUTHORISED);
        senderStepMs = LeakyCount.step(limits.senderLimit, limits.unauthorisedWindowSec);
        _inRange("senderLimit", senderStepMs, 1, anySec);

        outflowWindowSec = _inRange("outflowWindowSec", limits.outflowWindowSec, 1, anySec);
        outflowBps = _inRange("outflowBps", limits.outflowBps, 1, BPS_ONE);
        outflowFloor = _inRange("outflowFloor", limits.outflowFloor, 1, type(uint64).max);
        exitDelaySec = _inRange("exitDelaySec", limits.exitDelaySec, MIN_EXIT_DELAY_SEC, MAX_EXIT_DELAY_SEC);
        exitBlocks = _inRange("exitBlocks", limits.exitBlocks, 1, MAX_BLOCKS_PER_SEC * limits.exitDelaySec);
        exitShareSec = _inRange("exitShareSec", limits.exitShareSec, 1, MAX_EXIT_DELAY_SEC);
    }

    /// @inheritdoc IHomeostat
    function domain() public view returns (uint256) {
        // computed at each use: a fork of the chain with an identifier of its own gets a domain of its own
        return uint256(keccak256(abi.encode(block.chainid, address(this)))) >> 8;
    }

    function _inRange(
        string memory name,
        uint256 value,
        uint256 lowest,
        uint256 highest
    ) internal pure returns (uint256) {
        if (value < lowest || value > highest) revert BadParameter(name, value);
        return value;
    }

    function _pinned(address verifier, bytes32 codehash) private view returns (address) {
        if (verifier.code.length == 0 || verifier.codehash != codehash) {
            revert WrongVerifierCode(verifier, codehash, verifier.codehash);
        }
        return verifier;
    }
}
