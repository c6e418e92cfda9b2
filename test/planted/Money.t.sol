// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {RollbackHandler} from "../solidity/support/RollbackHandler.sol";
import {MoneyTest} from "../solidity/Money.t.sol";

/// @dev A guard that forgets a payment, once it is made.
contract ForgetfulHandler is RollbackHandler {
    uint256 private constant CLAIMS_SLOT = 12;
    bytes32 private _word;

    function _beforePayment(uint256 id) internal override {
        _word = vm.load(address(guard), keccak256(abi.encode(id, CLAIMS_SLOT)));
    }

    function _afterPayment(uint256 id) internal override {
        vm.store(address(guard), keccak256(abi.encode(id, CLAIMS_SLOT)), _word);
    }
}

/// @custom:fails nobody is paid more than is owed
contract PlantedMoney is MoneyTest {
    function setUp() public override {
        handler = new ForgetfulHandler();
    }
}
