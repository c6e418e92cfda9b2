// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {Bindings, GenesisState, Limits, Shape} from "../interfaces/HomeostatTypes.sol";
import {StateWords} from "../libraries/StateWords.sol";
import {GuardParameters} from "./GuardParameters.sol";
import {GuardStorage} from "./GuardStorage.sol";

/// @title The guard's storage with its first content, and what genesis fixes for ever.
abstract contract GuardBase is GuardParameters, GuardStorage {
    /// @dev Layout of oracleParameters: words of the instance, then words of each market, the named ones among them.
    uint256 private constant ORACLE_HEAD = 7;
    uint256 private constant ORACLE_STRIDE = 14;
    uint256 private constant MAINTENANCE_BASE = 3;
    uint256 private constant MAINTENANCE_STEP = 5;
    uint256 private constant RATE_BITS = 20;
    uint256 private constant RATE_MASK = (1 << RATE_BITS) - 1;

    /// @notice Hash of the reporters' keys.
    uint256 public immutable reporterSetRoot;
    /// @inheritdoc IHomeostat
    /// @dev marginParameters[1] of genesis, as the circuit has it.
    uint256 public immutable staleSec;

    /// @dev maintenanceBase of each market from oracleParameters of genesis, as the circuit has it, 20 bits each.
    uint256 private immutable _maintenanceBases;
    /// @dev maintenanceStep of each market from oracleParameters of genesis, as the circuit has it; see MarginStep.
    uint256 internal immutable _maintenanceSteps;

    constructor(
        Bindings memory bound,
        Shape memory shape,
        Limits memory limits,
        GenesisState memory genesis
    ) GuardParameters(bound, shape, limits) {
        _requireLength(
            "oracleParameters",
            genesis.oracleParameters.length,
            ORACLE_HEAD + ORACLE_STRIDE * shape.markets
        );
        _requireLength("marginParameters", genesis.marginParameters.length, 2 + 5 * uint256(shape.markets));
        _requireLength("reporterKeys", genesis.reporterKeys.length, 2 * uint256(shape.reporters));
        _requireLength("oracleWords", genesis.oracleWords.length, 1 + 2 * uint256(shape.markets));
        staleSec = _inRange("staleSec", genesis.marginParameters[1], 1, type(uint32).max);
        reporterSetRoot = genesis.reporterSetRoot;
        (uint256 bases, uint256 steps) = (0, 0);
        for (uint256 m; m < shape.markets; ++m) {
            uint256 first = ORACLE_HEAD + ORACLE_STRIDE * m;
            uint256 base = genesis.oracleParameters[first + MAINTENANCE_BASE];
            uint256 step = genesis.oracleParameters[first + MAINTENANCE_STEP];
            bases |= _inRange("maintenanceBase", base, 1, RATE_MASK) << (RATE_BITS * m);
            steps |= _inRange("maintenanceStep", step, 0, RATE_MASK) << (RATE_BITS * m);
        }
        (_maintenanceBases, _maintenanceSteps) = (bases, steps);

        uint256 timeWord = genesis.oracleWords[0];
        (_progress.round, _progress.roundTimestamp) = (uint40(timeWord), uint40(timeWord >> 40));
        _oracleRoots[uint40(timeWord)] = genesis.oracleRoot;
        _ledger.unauthorisedForgottenAtMs = uint64(block.timestamp * 1000); // nothing to forget; and the slot is not empty
        (stateRoot, lossWord) = (genesis.stateRoot, StateWords.noLosses(shape.markets));
        for (uint256 m; m < shape.markets; ++m) _priceWords[m] = genesis.oracleWords[1 + 2 * m];
        emit Genesis(
            genesis.stateRoot,
            genesis.oracleRoot,
            genesis.oracleParameters,
            genesis.marginParameters,
            genesis.reporterKeys,
            genesis.oracleWords
        );
    }

    /// @dev Maintenance margin of a calm market, a fraction with 20 fractional bits.
    function _maintenanceBase(uint256 market) internal view returns (uint256) {
        return (_maintenanceBases >> (RATE_BITS * market)) & RATE_MASK;
    }

    function _requireLength(string memory name, uint256 given, uint256 wanted) internal pure {
        if (given != wanted) revert WrongLength(name, given, wanted);
    }

    function _requireMarket(uint256 market) internal view {
        if (market >= markets) revert UnknownMarket(market, markets);
    }
}
