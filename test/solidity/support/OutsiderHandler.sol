// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Disturber} from "./Disturber.sol";

/// @title Restricts by proofs, and then lets anybody who is no prover call anything: nothing that is restricted may be loosened.
contract OutsiderHandler is Disturber {
    address private constant OUTSIDER = address(0xBAD);
    uint256 private constant ARGUMENT_WORDS = 24;

    /// @dev What an outsider could call by its name; arguments are arbitrary words.
    string[] private _ofGuard = [
        "noteHalt()",
        "noteVault()",
        "enterExit()",
        "payClaim(uint256)",
        "payExit(address,uint256)",
        "tighten(uint256,uint8,uint256,uint8)",
        "lift(uint256)",
        "rollBack(uint8,bytes32,(uint256,uint256,uint256,uint256,bytes32,uint48,uint96,uint64,uint96,uint96,uint40),(uint256,uint256,uint256,uint256,bytes32,uint48,uint96,uint64,uint96,uint96,uint40)[])"
    ];
    string[] private _ofEngine = [
        "deposit(uint256,uint256,uint256)",
        "withdraw(uint256,uint256,uint256,uint256,(uint256,uint256,uint256))",
        "liquidate((uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256),(uint256,uint256,uint256))",
        "backstop(uint256)",
        "recertify(uint256,uint256)",
        "setKey(uint256,uint256)",
        "shareLoss(uint256)",
        "collectFees(address)",
        "onSettled(uint256,uint256,address)",
        "payOut(address,uint256)",
        "forkTo(uint256,bytes32,uint256,uint256,address)",
        "repostDeposits(uint256,bytes32[],uint256[9][])"
    ];

    struct Restrictions {
        uint256[MARKETS] status;
        uint256 causes;
        uint256 unauthorised;
        uint256 breached;
        uint256 deficitSince;
        uint256 outflowAllowance;
    }

    constructor() {
        _deploy();
        token.mint(address(engine), 1000);
        token.mint(OUTSIDER, 1e12);
        vm.prank(OUTSIDER);
        token.approve(address(engine), type(uint256).max);
    }

    /* --- actions of provers and of time --- */

    function restrict(uint256 market, uint256 lowest, uint256 deficit, uint256 unauthorised) external {
        _setLowest(market % MARKETS, _within(lowest, MARK - 20, MARK + 20));
        _deficit = deficit % 3;
        _settleAll(unauthorised % 2);
    }

    function trip(uint256 market, uint256 time) external {
        _breakerUntil[market % MARKETS] = _now() + _within(time, 1, LONGEST_BREAKER_SEC);
        _round();
    }

    function pass(uint256 time) external {
        _pass(_within(time, 1, 1000));
    }

    /* --- actions of outsiders --- */

    function callGuard(uint256 which, uint256 seed) external {
        _callAsOutsider(address(guard), _ofGuard[which % _ofGuard.length], seed, 0);
    }

    function callEngine(uint256 which, uint256 seed) external {
        _callAsOutsider(address(engine), _ofEngine[which % _ofEngine.length], seed, FEE_WEI);
    }

    /* --- law --- */

    /// @dev Whatever the calls did, the log holds what was collected of it, so that provers can go on.
    function requireOperationsKnown() external view {
        _requireEqual(engine.operationCount(), _operations.length, "every logged operation is known");
    }

    /// @dev Where a planted bug takes effect.
    function _afterCall() internal virtual {}

    function _callAsOutsider(address target, string memory signature, uint256 seed, uint256 fee) private {
        bytes memory call = abi.encodePacked(bytes4(keccak256(bytes(signature))));
        // small numbers and times to come, which are often accepted; sometimes anything
        for (uint256 i; i < ARGUMENT_WORDS; ++i) {
            uint256 word = uint256(keccak256(abi.encode(seed, i)));
            call = abi.encodePacked(
                call,
                word % 4 == 0
                    ? word
                    : word % 4 == 1
                        ? _now() + (word % 4096)
                        : word % 64
            );
        }
        Restrictions memory before = _restrictions();
        vm.deal(OUTSIDER, fee);
        vm.recordLogs();
        vm.prank(OUTSIDER);
        (bool done, ) = target.call{value: fee}(call);
        if (done) _collectOperations();
        _afterCall();
        _requireNotLooser(before, _restrictions());
    }

    function _restrictions() private view returns (Restrictions memory r) {
        for (uint256 m; m < MARKETS; ++m) {
            r.status[m] = uint256(guard.status(m));
            (uint256 breached, uint256 bankrupt) = guard.breachSince(m);
            r.breached |= ((breached == 0 ? 0 : 1) | (bankrupt == 0 ? 0 : 2)) << (2 * m);
        }
        (r.causes, r.unauthorised) = (guard.haltCauses(), guard.unauthorisedLevel());
        (r.deficitSince, r.outflowAllowance) = (guard.deficitSince(), guard.outflowAllowance());
    }

    function _requireNotLooser(Restrictions memory before, Restrictions memory then_) private pure {
        for (uint256 m; m < MARKETS; ++m)
            _requireAtMost(before.status[m], then_.status[m], "no outsider loosens a status");
        _requireEqual(before.causes & ~then_.causes, 0, "no outsider removes a cause");
        _requireAtMost(before.unauthorised, then_.unauthorised, "no outsider makes the guard forget");
        _requireEqual(before.breached & ~then_.breached, 0, "no outsider ends a breach");
        _requireEqual(before.deficitSince, then_.deficitSince, "no outsider moves a deficit's time");
        _requireAtMost(then_.outflowAllowance, before.outflowAllowance, "no outsider widens the outflow");
    }
}
