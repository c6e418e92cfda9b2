// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Status} from "../../../contracts/interfaces/HomeostatTypes.sol";
import {Disturber} from "./Disturber.sol";

/// @title Everything that goes wrong, in any order and for any time; and then health, which must be answered by Normal in time.
contract HealthHandler is Disturber {
    uint256 private constant STEP_SEC = 200; // below every deadline
    uint256 private constant PAUSE_SEC = 1800; // unauthorisedPauseSec, the longest of the times that restrictions last

    constructor() {
        _deploy();
        token.mint(address(engine), 1000);
    }

    /* --- actions --- */

    function breach(uint256 market, uint256 lowest) external {
        _setLowest(market % MARKETS, _within(lowest, MARK - 20, MARK + 20));
        _settleAll(0);
        _afterTrouble();
    }

    function runShort(uint256 deficit) external {
        _deficit = _within(deficit, 1, 500);
        _settleAll(0);
    }

    function trip(uint256 market, uint256 time) external {
        _breakerUntil[market % MARKETS] = _now() + _within(time, 1, LONGEST_BREAKER_SEC);
        _round();
    }

    function flood(uint256 count) external {
        uint256 logged = _within(count, 1, 6);
        vm.deal(address(this), logged * FEE_WEI);
        vm.recordLogs();
        for (uint256 i; i < logged; ++i) engine.recertify{value: FEE_WEI}(0, 0);
        _collectOperations();
        _settleAll(logged);
    }

    function fallSilent(uint256 time) external {
        _pass(_within(time, 1, 4000));
    }

    function emptyVault() external {
        uint256 balance = token.balanceOf(address(engine));
        vm.prank(address(engine));
        token.transfer(address(this), balance);
    }

    function note(uint256 what) external {
        // whoever notes halts or shortfalls must not be able to make them last
        (bool done, ) = address(guard).call(abi.encodeWithSignature(what % 2 == 0 ? "noteHalt()" : "noteVault()"));
        done;
    }

    function heal() external {
        _heal();
    }

    /* --- law --- */

    /// @dev No sequence so far keeps a healthy protocol restricted for longer than the longest restriction lasts.
    function requireNormalInTime() external {
        _heal();
        for (uint256 passed; passed <= PAUSE_SEC; passed += STEP_SEC) {
            _pass(STEP_SEC);
            _heal();
        }
        _requireEqual(guard.haltCauses(), 0, "a healthy protocol is not halted for ever");
        for (uint256 m; m < MARKETS; ++m)
            _require(guard.status(m) == Status.Normal, "a healthy market is not restricted for ever");
    }

    /// @dev Where a planted bug takes effect.
    function _afterTrouble() internal virtual {}

    function _heal() private {
        (_box, _deficit) = (0, 0);
        token.transfer(address(engine), token.balanceOf(address(this)));
        _round();
        _settleAll(0);
    }
}
