// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Checkpoint} from "../../../contracts/interfaces/HomeostatTypes.sol";
import {IHomeostatErrors} from "../../../contracts/interfaces/IHomeostatErrors.sol";
import {IncidentCause} from "../../../contracts/libraries/IncidentCause.sol";
import {MoneyHandler} from "./MoneyHandler.sol";

/// @title The money handler's world with deficits that last, rollbacks behind them, and deposits that are posted again.
contract RollbackHandler is MoneyHandler {
    /// @dev A proven state with what was owed by then.
    struct Place {
        bytes32 headBefore;
        Checkpoint checkpoint;
        Books books;
    }

    Place[] private _places;
    /// @dev Operations that the last fork abandoned, and the chain's head before each.
    uint256[9][] private _abandoned;
    bytes32[] private _abandonedHeads;
    mapping(uint256 id => bool) private _void;
    uint256 public rollbacks;
    uint256 public tooLate;

    constructor() {
        _remember();
    }

    /* --- actions --- */

    function runShort(uint256 deficit) external {
        _deficit = _within(deficit, 0, 1);
    }

    /// @dev Lets a proven deficit last, then asks for the rollback that the rules allow.
    function rollBack() external {
        uint256 since = guard.deficitSince();
        if (since == 0) return;
        vm.warp(_now() + 401);
        vm.roll(vm.getBlockNumber() + 34);
        uint256 target = _places.length - 1;
        while (target != 0 && _places[target].checkpoint.provenAt >= since) --target;
        if (_places[target].checkpoint.provenAt >= since) return; // short since genesis: nothing lies before
        Checkpoint[] memory later = new Checkpoint[](_places.length - 1 - target);
        for (uint256 i; i < later.length; ++i) later[i] = _places[target + 1 + i].checkpoint;
        Place memory place = _places[target];
        try guard.rollBack(uint8(IncidentCause.DEFICIT), place.headBefore, place.checkpoint, later) {
            _forget(target);
            _afterRollback();
            ++rollbacks;
        } catch (bytes memory reason) {
            _require(bytes4(reason) == IHomeostatErrors.RollbackTooLate.selector, "only a payment stands in the way");
            ++tooLate;
        }
    }

    /// @dev Anyone posts the abandoned deposits again; tokens are taken once.
    function repost() external {
        if (_abandoned.length == 0) return;
        vm.warp(_now() + 1);
        vm.deal(address(this), _abandoned.length * FEE_WEI);
        vm.recordLogs();
        uint256 balance = token.balanceOf(address(engine));
        try
            engine.repostDeposits{value: _abandoned.length * FEE_WEI}(
                engine.forkCount() - 1,
                _abandonedHeads,
                _abandoned
            )
        {
            _collectOperations();
        } catch {
            vm.getRecordedLogs();
        }
        _requireEqual(token.balanceOf(address(engine)), balance, "no tokens are taken twice");
        delete _abandoned;
        delete _abandonedHeads;
    }

    /// @dev Nobody's money is lost in a fork: tokens of deposits are owed, paid, or wait in the log or beside it.
    function checkArrivals() external view {
        (uint256 logged, uint256 awaiting) = engine.arrivals();
        _requireEqual(logged + awaiting, _deposited, "every deposit has one receipt");
    }

    /// @dev Where a planted bug takes effect.
    function _afterRollback() internal virtual {}

    function _afterPayment(uint256 id) internal virtual override {
        _require(!_void[id], "a void claim is never paid");
    }

    function _afterSettle() internal override {
        _remember();
    }

    function _remember() private {
        Checkpoint memory c;
        (c.stateRoot, c.box, c.totalsWord, c.lossWord) = (
            guard.stateRoot(),
            guard.box(),
            guard.totalsWord(),
            guard.lossWord()
        );
        c.settled = uint48(guard.settled());
        (, bytes32 head, uint256 arrived) = engine.headsOf(0, c.settled);
        (c.logHead, c.arrived) = (head, uint96(arrived));
        (c.claimCount, c.unpaidClaims) = (uint64(guard.claimCount()), uint96(guard.unpaidClaims()));
        (c.paidTotal, c.provenAt) = (uint96(_paidTotal()), uint40(_now()));
        bytes32 before = _places.length == 0 ? bytes32(0) : _headAfter(_places[_places.length - 1]);
        _places.push(Place(before, c, _books));
        _require(_headAfter(_places[_places.length - 1]) == guard.checkpointHead(), "checkpoints follow from events");
    }

    /// @dev What the rollback undid: books, claims, and the log's end.
    function _forget(uint256 target) private {
        _books = _places[target].books;
        for (uint256 id = _places[target].checkpoint.claimCount; id < guard.claimCount(); ++id) _void[id] = true;
        while (_places.length > target + 1) _places.pop();
        delete _abandoned;
        delete _abandonedHeads;
        uint256 settled = _places[target].checkpoint.settled;
        bytes32 head = _places[target].checkpoint.logHead;
        for (uint256 i = settled; i < _operations.length; ++i) {
            _abandoned.push(_operations[i]);
            _abandonedHeads.push(head);
            head = keccak256(abi.encodePacked(head, _operations[i]));
        }
        while (_operations.length > settled) _operations.pop();
        vm.warp(_now() + 1);
    }

    function _headAfter(Place memory place) private pure returns (bytes32) {
        return keccak256(abi.encode(place.headBefore, place.checkpoint));
    }
}
