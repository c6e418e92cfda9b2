// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {Status} from "../interfaces/HomeostatTypes.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {IntegrityGated} from "../IntegrityGated.sol";

/// @title The least that a protocol types: a pool of native token that lends against a proven market. AN EXAMPLE: not audited.
contract GatedPool is IntegrityGated {
    error NotYours(address caller, uint256 amount);
    error Refused(address to);

    uint256 private constant MARKET = 0;
    int256 private constant MINIMUM_BUFFER_BPS = 200; // 2 %

    mapping(address owner => uint256 amount) public shareOf;

    constructor(IHomeostat homeostat_) IntegrityGated(homeostat_) {}

    /// @notice Adds risk: only while the market is Normal.
    function join() external payable whenOperational(MARKET) {
        shareOf[msg.sender] += msg.value;
    }

    /// @notice Leans on the market's health: only while every account in it has margin to spare.
    function lend(uint256 amount) external whenBuffered(MARKET, MINIMUM_BUFFER_BPS) {
        _take(amount);
    }

    /// @notice A way out: closed by nothing less than a halt.
    function withdraw(uint256 amount) external whenNotHalted {
        _take(amount);
    }

    /// @notice The way out that is left when nothing will ever be proven again.
    function withdrawAfterExit(uint256 amount) external onlyIn(MARKET, Status.Exit) {
        _take(amount);
    }

    function _take(uint256 amount) private {
        if (shareOf[msg.sender] < amount) revert NotYours(msg.sender, amount);
        shareOf[msg.sender] -= amount;
        (bool accepted, ) = msg.sender.call{value: amount}("");
        if (!accepted) revert Refused(msg.sender);
    }
}
