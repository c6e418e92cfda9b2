// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Homeostat} from "../../../contracts/Homeostat.sol";
import {MarginEngine} from "../../../contracts/MarginEngine.sol";
import {EngineLimits} from "../../../contracts/interfaces/IMarginEngine.sol";
import {Bindings, GenesisState, Limits, Shape} from "../../../contracts/interfaces/HomeostatTypes.sol";
import {MockVerifierAcceptsEverything} from "../../../contracts/mocks/MockVerifierAcceptsEverything.sol";
import {TestToken} from "../../../contracts/mocks/TestToken.sol";
import {Cheats} from "./Cheats.sol";
import {Words} from "./Words.sol";

/// @title A guard and an engine on a mock verifier, with short times, and nobody deposited yet.
abstract contract Bench is Cheats {
    uint256 internal constant MARKETS = 2;
    uint256 internal constant OPERATIONS = 4;
    uint256 internal constant REPORTERS = 4;
    uint256 internal constant STALE_SEC = 300;
    uint256 internal constant MARK = 1000;
    uint256 internal constant FEE_WEI = 1000;
    uint256 internal constant BEGINNING = 1_700_000_000;
    uint256 internal constant ORACLE_PARAMETERS = 7 + 14 * MARKETS;
    uint256 internal constant MARGIN_PARAMETERS = 2 + 5 * MARKETS;
    uint256 internal constant ORACLE_ROOT = 2001;

    MockVerifierAcceptsEverything internal verifier;
    TestToken internal token;
    MarginEngine internal engine;
    Homeostat internal guard;

    function _deploy() internal {
        vm.warp(BEGINNING);
        vm.roll(1000);
        (verifier, token) = (MockVerifierAcceptsEverything(_verifierCode()), new TestToken());
        address predicted = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1);
        engine = new MarginEngine(
            predicted,
            address(token),
            EngineLimits(uint8(MARKETS), 8, 10, 1 << 62, uint96(FEE_WEI))
        );
        guard = _deployGuard(address(engine));
        require(address(guard) == predicted, "the guard is not where its engine looks for it");
    }

    function _verifierCode() internal virtual returns (address) {
        return address(new MockVerifierAcceptsEverything());
    }

    function _deployGuard(address log) internal returns (Homeostat) {
        Bindings memory bound;
        (bound.engine, bound.token) = (log, address(token));
        (bound.roundVerifier, bound.batchVerifier) = (address(verifier), address(verifier));
        (bound.roundVerifierCodehash, bound.batchVerifierCodehash) = (
            address(verifier).codehash,
            address(verifier).codehash
        );
        return new Homeostat(bound, Shape(uint8(MARKETS), uint8(OPERATIONS), uint8(REPORTERS)), _limits(), _genesis());
    }

    function _limits() internal pure virtual returns (Limits memory limits) {
        limits.claimDelaySec = 100;
        (limits.cureSec, limits.calmSec, limits.haltCureSec) = (60, 300, 200);
        (limits.proofDeadlineSec, limits.roundDeadlineSec) = (1800, 900);
        (limits.maxReportAgeSec, limits.futureToleranceSec, limits.graceSec) = (120, 60, 600);
        (limits.unauthorisedLimit, limits.unauthorisedWindowSec, limits.unauthorisedPauseSec) = (3, 300, 1800);
        limits.senderLimit = 2;
        (limits.outflowWindowSec, limits.outflowBps, limits.outflowFloor) = (3600, 2500, 500);
        (limits.exitDelaySec, limits.exitBlocks, limits.exitShareSec) = (7 days, 25_200, 1 days);
    }

    function _genesis() private pure returns (GenesisState memory genesis) {
        (genesis.stateRoot, genesis.oracleRoot, genesis.reporterSetRoot) = (1001, ORACLE_ROOT, 3001);
        genesis.oracleParameters = new uint256[](ORACLE_PARAMETERS);
        for (uint256 i; i < ORACLE_PARAMETERS; ++i) genesis.oracleParameters[i] = Words.MAINTENANCE;
        genesis.marginParameters = new uint256[](MARGIN_PARAMETERS);
        genesis.marginParameters[1] = STALE_SEC;
        genesis.reporterKeys = new uint256[](2 * REPORTERS);
        genesis.oracleWords = new uint256[](1 + 2 * MARKETS);
        genesis.oracleWords[0] = BEGINNING * 2 ** 40;
        for (uint256 m; m < MARKETS; ++m) genesis.oracleWords[1 + 2 * m] = Words.price(MARK, BEGINNING, 0);
    }
}
