// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A dollar for tests and demonstrations: six decimals, and anyone may mint. NOT MONEY.
contract TestToken is ERC20 {
    constructor() ERC20("Test dollar, worth nothing", "tUSD") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function decimals() public pure override returns (uint8) {
        return 6;
    }
}
