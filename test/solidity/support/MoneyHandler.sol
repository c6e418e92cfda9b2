// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Groth16Proof} from "../../../contracts/interfaces/IGroth16Verifier.sol";
import {Signature} from "../../../contracts/interfaces/IMarginEngine.sol";
import {Ledger} from "./Ledger.sol";

/// @title Anything that users, provers and a thief do, in any order; and the laws that hold after each of it.
contract MoneyHandler is Ledger {
    uint256[ACTORS + 1] internal _paid;
    uint256 internal _deposited;
    uint256 internal _stolen;

    constructor() {
        _deploy();
        for (uint256 i; i < ACTORS; ++i) _deposit(_actor(i), 1000);
    }

    /* --- actions --- */

    function deposit(uint256 actor, uint256 amount) external {
        _deposit(_actor(actor), _within(amount, 10, 1000));
    }

    function withdraw(uint256 actor, uint256 amount) external {
        address owner = _actor(actor);
        Signature memory signature;
        uint256 account = engine.accountOf(owner);
        vm.recordLogs();
        _fund(owner);
        vm.prank(owner);
        try engine.withdraw{value: FEE_WEI}(account, _within(amount, 1, 1500), 1, _now() + 9999, signature) {
            _collectOperations();
        } catch {
            _require(guard.haltCauses() != 0, "a withdrawal is refused only while halted");
        }
    }

    function settle(uint256 nullify) external {
        uint256[9][] memory batch = _nextBatch();
        if (batch.length == 0) return;
        (uint256 valid, Books memory books) = _judge(batch, nullify);
        Groth16Proof memory proof;
        guard.settleBatch(_batchUpdate(valid, books.liabilities), batch, proof);
        _books = books;
        _afterSettle();
    }

    function pay(uint256 seed) external {
        if (guard.claimCount() == 0) return;
        uint256 id = seed % guard.claimCount();
        (address owner, , , ) = guard.claim(id);
        uint256 before = token.balanceOf(owner);
        bool covered = token.balanceOf(address(engine)) >= _books.liabilities + guard.unpaidClaims();
        _beforePayment(id);
        try guard.payClaim(id) {
            _require(covered, "nothing is paid while the vault is short");
            _paid[engine.accountOf(owner)] += token.balanceOf(owner) - before;
            _afterPayment(id);
        } catch {
            _requireEqual(token.balanceOf(owner), before, "a refused payment moves nothing");
        }
    }

    function round() external {
        if (_now() > guard.roundTimestamp()) _submitRound();
    }

    function wait(uint256 time) external {
        uint256 passed = _within(time, 1, 400);
        vm.warp(_now() + passed);
        vm.roll(vm.getBlockNumber() + passed / 12 + 1);
    }

    /// @dev A bug outside the guard: tokens leave the vault without a claim.
    function steal(uint256 amount) external {
        if (amount % 8 != 0) return; // rarely, so that most sequences end sound
        uint256 taken = _within(amount / 8, 1, 500);
        if (taken > token.balanceOf(address(engine))) return;
        vm.prank(address(engine));
        token.transfer(address(0xdead), taken);
        _stolen += taken;
    }

    /* --- laws --- */

    function checkPaid() external view {
        for (uint256 i; i <= ACTORS; ++i) _requireAtMost(_paid[i], _books.owed[i], "nobody is paid more than is owed");
        _requireEqual(guard.unpaidClaims(), _owedTotal() - _paidTotal(), "what is owed is paid or unpaid");
    }

    function checkVault() external view {
        uint256 balance = token.balanceOf(address(engine));
        _requireEqual(balance, _deposited - _paidTotal() - _stolen, "tokens leave as payments only");
        _requireEqual(engine.vaulted(), _deposited - _paidTotal(), "the engine's own count");
        if (_stolen == 0) _requireAtMost(_books.liabilities + guard.unpaidClaims(), balance, "the vault covers");
    }

    function _afterSettle() internal virtual {}

    /// @dev Where a planted bug takes effect.
    function _beforePayment(uint256 id) internal virtual {}

    function _afterPayment(uint256 id) internal virtual {}

    function _paidTotal() internal view returns (uint256 sum) {
        for (uint256 i; i <= ACTORS; ++i) sum += _paid[i];
    }

    function _deposit(address owner, uint256 amount) private {
        token.mint(owner, amount);
        vm.prank(owner);
        token.approve(address(engine), amount);
        _fund(owner);
        vm.recordLogs();
        vm.prank(owner);
        engine.deposit{value: FEE_WEI}(amount, 11, 12);
        _collectOperations();
        _deposited += amount;
    }

    function _fund(address owner) private {
        vm.deal(owner, FEE_WEI);
    }
}
