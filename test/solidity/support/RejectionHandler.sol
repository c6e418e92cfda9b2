// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Groth16Proof} from "../../../contracts/interfaces/IGroth16Verifier.sol";
import {IHomeostatErrors} from "../../../contracts/interfaces/IHomeostatErrors.sol";
import {MoneyHandler} from "./MoneyHandler.sol";

/// @title The money handler's world, into which rejected proofs are sent at any time.
contract RejectionHandler is MoneyHandler {
    /// @dev Storage slots of guard and engine that are compared; mappings are seen through the numbers that point at them.
    uint256 private constant SLOTS = 40;
    uint256 public rejections;

    function sendRejectedRound(bool burns) external {
        if (_now() <= guard.roundTimestamp()) return;
        _requireUnchanged(
            abi.encodeCall(
                guard.submitRound,
                (_roundUpdate(), new uint256[](REPORT_WORDS), _priceWords(), _rejectedProof(burns))
            )
        );
    }

    function sendRejectedBatch(bool burns, uint256 nullify) external {
        uint256[9][] memory batch = _nextBatch();
        if (batch.length == 0) return;
        (uint256 valid, Books memory books) = _judge(batch, nullify);
        _requireUnchanged(
            abi.encodeCall(guard.settleBatch, (_batchUpdate(valid, books.liabilities), batch, _rejectedProof(burns)))
        );
    }

    /// @dev Where a planted bug takes effect.
    function _afterRejection() internal virtual {}

    function _rejectedProof(bool burns) private view returns (Groth16Proof memory proof) {
        proof.a[0] = burns ? verifier.BURN() : verifier.REJECT();
    }

    function _requireUnchanged(bytes memory call) private {
        bytes32 before = _digest();
        (bool accepted, bytes memory answer) = address(guard).call(call);
        _require(!accepted, "a rejected proof reverts");
        _require(bytes4(answer) == IHomeostatErrors.ProofRejected.selector, "it is rejected by name");
        _afterRejection();
        _require(before == _digest(), "a rejected proof changes nothing");
        ++rejections;
    }

    function _digest() private view returns (bytes32 digest) {
        digest = bytes32(token.balanceOf(address(engine)));
        for (uint256 slot; slot < SLOTS; ++slot) {
            bytes32 ofGuard = vm.load(address(guard), bytes32(slot));
            bytes32 ofEngine = vm.load(address(engine), bytes32(slot));
            digest = keccak256(abi.encode(digest, ofGuard, ofEngine));
        }
    }
}
