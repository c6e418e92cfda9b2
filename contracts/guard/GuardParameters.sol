// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

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

    /// @inheritdoc IHomeostat
    address public immutable engine;
    /// @inheritdoc IHomeostat
    address public immutable token;
    /// @notice Verifier of the circuit OracleRound.
    address public immutable roundVerifier;
    /// @notice Verifier of the circuit MarginBatch.
    address public immutable batchVerifier;
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
    /// @notice Unauthorised operations that may happen at once without a halt.
    uint256 public immutable unauthorisedLimit;
    /// @notice Milliseconds in which one unauthorised operation is forgotten.
    uint256 public immutable unauthorisedStepMs;

    constructor(Bindings memory bound, Shape memory shape, Limits memory limits) {
        (engine, token) = (bound.engine, bound.token);
        roundVerifier = _pinned(bound.roundVerifier, bound.roundVerifierCodehash);
        batchVerifier = _pinned(bound.batchVerifier, bound.batchVerifierCodehash);
        address guardOfEngine = IOpLog(bound.engine).guard();
        if (guardOfEngine != address(this)) revert EngineOfAnotherGuard(bound.engine, guardOfEngine);

        markets = _inRange("markets", shape.markets, 1, MAX_MARKETS);
        operationsPerBatch = _inRange("operations", shape.operations, 1, MAX_OPERATIONS);
        reporters = _inRange("reporters", shape.reporters, 1, type(uint8).max);

        uint256 anySec = type(uint32).max;
        (claimDelaySec, cureSec) = (limits.claimDelaySec, limits.cureSec);
        haltCureSec = _inRange("haltCureSec", limits.haltCureSec, limits.cureSec, anySec);
        proofDeadlineSec = _inRange("proofDeadlineSec", limits.proofDeadlineSec, 1, anySec);
        roundDeadlineSec = _inRange("roundDeadlineSec", limits.roundDeadlineSec, 1, anySec);
        maxReportAgeSec = _inRange("maxReportAgeSec", limits.maxReportAgeSec, 1, limits.roundDeadlineSec);
        futureToleranceSec = _inRange("futureToleranceSec", limits.futureToleranceSec, 0, MAX_TOLERANCE_SEC);

        unauthorisedLimit = _inRange("unauthorisedLimit", limits.unauthorisedLimit, 1, MAX_UNAUTHORISED);
        unauthorisedStepMs = LeakyCount.step(limits.unauthorisedLimit, limits.unauthorisedWindowSec);
        _inRange("unauthorisedWindowSec", unauthorisedStepMs, 1, anySec);
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
