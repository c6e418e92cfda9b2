// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {CappedCalls} from "../../contracts/examples/CappedCalls.sol";
import {CappedCall} from "../../contracts/examples/ICappedCalls.sol";
import {IHomeostat} from "../../contracts/interfaces/IHomeostat.sol";
import {TestToken} from "../../contracts/mocks/TestToken.sol";
import {ProvenOracle} from "../../contracts/ProvenOracle.sol";
import {HomeostatTest} from "../../contracts/testing/HomeostatTest.sol";

interface ITimeCheats {
    function warp(uint256 time) external;
}

/// @title Whatever the terms and the price: both sides get the cover between them, to the unit, and nothing is left.
contract CappedCallsTest is HomeostatTest {
    error Unequal(uint256 derived, uint256 wanted);

    ITimeCheats private constant CHEATS = ITimeCheats(address(uint160(uint256(keccak256("hevm cheat code")))));
    uint256 private constant MAX_PRICE = (1 << 27) - 1;

    TestToken private _token;
    CappedCalls private _calls;

    function setUp() public {
        IHomeostat guard = deployGuard(1);
        _token = new TestToken();
        _calls = new CappedCalls(guard, 0, new ProvenOracle(guard, 0, 4, ""), IERC20(address(_token)));
        _token.approve(address(_calls), type(uint256).max);
    }

    function testFuzz_paysTheCoverAndNoMore(uint32 strike, uint32 cap, uint64 lots, uint32 price) public {
        strike = uint32(1 + (strike % (MAX_PRICE - 1)));
        cap = uint32(strike + 1 + (cap % (MAX_PRICE - strike)));
        price = uint32(1 + (price % MAX_PRICE));
        if (lots == 0) lots = 1;
        uint256 cover = uint256(cap - strike) * lots;
        _token.mint(address(this), cover);

        CappedCall memory terms;
        (terms.strike, terms.cap, terms.lots, terms.expiry) = (strike, cap, lots, uint40(block.timestamp + 1));
        uint256 id = _calls.offer(terms);
        _calls.buy(id);
        CHEATS.warp(block.timestamp + 1);
        guardDouble.setPrice(0, price, price);
        _calls.settle(id);
        _requireEqual(_calls.owedTo(address(this)), cover);
        _calls.collect();
        _requireEqual(_token.balanceOf(address(this)), cover);
        _requireEqual(_token.balanceOf(address(_calls)), 0);
    }

    function _requireEqual(uint256 derived, uint256 wanted) private pure {
        if (derived != wanted) revert Unequal(derived, wanted);
    }
}
