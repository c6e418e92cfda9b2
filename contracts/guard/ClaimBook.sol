// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {IVault} from "../interfaces/IOpLog.sol";
import {ClaimWord} from "../libraries/ClaimWord.sol";
import {ExitHooks} from "./ExitHooks.sol";

/// @title What the vault owes by proof, and its payment: once, after a delay, to the owner, by anyone's transaction.
abstract contract ClaimBook is ExitHooks {
    /// @inheritdoc IHomeostat
    function payClaim(uint256 id) external {
        (address owner, uint256 amount, uint256 payableAt, bool paid) = claim(id);
        if (paid) revert ClaimAlreadyPaid(id);
        if (block.timestamp < payableAt) revert ClaimNotPayable(id, payableAt, block.timestamp);
        uint256 payment = amount;
        if (exitAt() != 0) {
            payment = _exitShareOf(amount);
        } else {
            uint256 causes = haltCauses();
            if (causes != 0) revert GuardHalted(causes);
        }

        _claims[id] = ClaimWord.asPaid(_claims[id]);
        _ledger.unpaidClaims -= uint96(amount);
        emit ClaimPaid(id, owner, payment);
        IVault(engine).payOut(owner, payment);
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
}
