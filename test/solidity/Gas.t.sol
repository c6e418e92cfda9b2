// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Groth16Proof} from "../../contracts/interfaces/IGroth16Verifier.sol";
import {IHomeostatErrors} from "../../contracts/interfaces/IHomeostatErrors.sol";
import {Disturber} from "./support/Disturber.sol";
import {HungryVerifier} from "./support/HungryVerifier.sol";

/// @title However little gas a caller gives: a valid proof is accepted, or nothing is judged.
contract GasTest is Disturber {
    uint256 private constant LEAST_GAS = 25_000;
    uint256 private constant MOST_GAS = 500_000;

    function setUp() public {
        _deploy();
        token.mint(address(engine), 1000);
    }

    function testFuzz_noGasLimitRejectsAValidRound(uint256 gasLimit) external {
        vm.warp(_now() + 12);
        Groth16Proof memory proof;
        bytes memory call = abi.encodeCall(
            guard.submitRound,
            (_roundUpdate(), new uint256[](REPORT_WORDS), _priceWords(), proof)
        );
        _send(call, _within(gasLimit, LEAST_GAS, MOST_GAS));
    }

    function testFuzz_noGasLimitRejectsAValidBatch(uint256 gasLimit) external {
        vm.deal(address(this), FEE_WEI);
        vm.recordLogs();
        engine.recertify{value: FEE_WEI}(0, 0);
        _collectOperations();
        Groth16Proof memory proof;
        bytes memory call = abi.encodeCall(guard.settleBatch, (_batchUpdate(0xffff, 0), _nextBatch(), proof));
        _send(call, _within(gasLimit, LEAST_GAS, MOST_GAS));
    }

    function test_theMostGasIsEnough() external {
        vm.warp(_now() + 12);
        _submitRound();
        _settleAll(0);
    }

    /// @dev Four pairings.
    function _verifierCode() internal virtual override returns (address) {
        return address(new HungryVerifier(_appetite()));
    }

    function _appetite() internal pure virtual returns (uint256) {
        return 190_000;
    }

    function _send(bytes memory call, uint256 gasLimit) private {
        (bool accepted, bytes memory answer) = address(guard).call{gas: gasLimit}(call);
        if (accepted) return;
        bool starved = answer.length == 0 || bytes4(answer) == IHomeostatErrors.NotEnoughGas.selector;
        _require(starved, "a proof is never rejected for want of gas");
    }
}
