// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {IVault} from "../interfaces/IOpLog.sol";
import {ClaimWord} from "../libraries/ClaimWord.sol";
import {VoidRanges} from "../libraries/VoidRanges.sol";
import {ExitHooks} from "./ExitHooks.sol";
import {HaltNotes} from "./HaltNotes.sol";
import {Outflow} from "./Outflow.sol";

/// @title What the vault owes by proof, and its payment: once, after a delay, as fast as the outflow allows, to the owner, by anyone's
///        transaction.
abstract contract ClaimBook is HaltNotes, ExitHooks, Outflow {
    using VoidRanges for uint256[];

    /// @inheritdoc IHomeostat
    function payClaim(uint256 id) external {
        (address owner, uint256 rest, uint256 payableAt, bool paid) = claim(id);
        if (paid) revert ClaimAlreadyPaid(id);
        if (_voidClaims.contains(id)) revert ClaimVoid(id);
        if (block.timestamp < payableAt) revert ClaimNotPayable(id, payableAt, block.timestamp);
        (uint256 settledPart, uint256 payment) = exitAt() == 0 ? _takeSlice(id, rest) : (rest, _exitShareOf(rest));

        _claims[id] = ClaimWord.withRest(_claims[id], rest - settledPart);
        _ledger.unpaidClaims -= uint96(settledPart);
        emit ClaimPaid(id, owner, payment);
        IVault(engine).payOut(owner, payment);
    }

    /// @inheritdoc IHomeostat
    function isVoid(uint256 id) external view returns (bool) {
        return _voidClaims.contains(id);
    }

    /// @inheritdoc IHomeostat
    function claim(uint256 id) public view returns (address owner, uint256 amount, uint256 payableAt, bool paid) {
        if (id >= _ledger.claimCount) revert UnknownClaim(id);
        return ClaimWord.decode(_claims[id]);
    }

    /// @inheritdoc IHomeostat
    function claimCount() external view returns (uint256) {
        return _ledger.claimCount;
    }

    /// @inheritdoc IHomeostat
    function unpaidClaims() external view returns (uint256) {
        return _ledger.unpaidClaims;
    }

    /// @dev Changes the ledger in memory; the caller stores it. A word wider than an address loses its high bits: an engine
    ///      that logs such an owner pays whom it names.
    function _createClaim(Ledger memory ledger, uint256 ownerWord, uint256 amount) internal {
        address owner = address(uint160(ownerWord));
        uint256 id = ledger.claimCount++;
        ledger.unpaidClaims += uint96(amount);
        _claims[id] = ClaimWord.encode(owner, amount, block.timestamp + claimDelaySec);
        emit ClaimCreated(id, owner, amount);
    }

    /// @dev What may leave of a claim now. Every payment, also of a part, is one that a rollback must not go behind.
    function _takeSlice(uint256 id, uint256 rest) private returns (uint256 slice, uint256 payment) {
        uint256 causes = haltCauses();
        if (causes != 0) revert GuardHalted(causes);
        Payments memory payments = _payments;
        slice = _takeOutflow(payments, rest);
        payments.paidTotal += uint96(slice);
        if (payments.paidBelow <= id) payments.paidBelow = uint64(id + 1);
        _payments = payments;
        return (slice, slice);
    }
}
