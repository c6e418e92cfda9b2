// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {Status} from "../interfaces/HomeostatTypes.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {IntegrityGated} from "../IntegrityGated.sol";

/// @title The smallest protocol behind each modifier. For tests and as an example.
contract GatedCounter is IntegrityGated {
    uint256 public count;

    constructor(IHomeostat homeostat_) IntegrityGated(homeostat_) {}

    function exit() external whenNotHalted {
        ++count;
    }

    function addRisk(uint256 market) external whenOperational(market) {
        ++count;
    }

    function liquidate(uint256 market) external whenPriced(market) {
        ++count;
    }

    function takeFromPool(uint256 market) external whenSolvent(market) {
        ++count;
    }

    function actOn(uint256 blockNumber) external whenProven(blockNumber) {
        ++count;
    }

    function lend(uint256 market, int256 minimumBps) external whenBuffered(market, minimumBps) {
        ++count;
    }

    function leaveForGood(uint256 market) external onlyIn(market, Status.Exit) {
        ++count;
    }

    function quote(uint256 maximumSec) external whenFresh(maximumSec) {
        ++count;
    }

    function follow(uint256 operation) external whenSettled(operation) {
        ++count;
    }
}
