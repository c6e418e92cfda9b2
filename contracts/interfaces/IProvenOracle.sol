// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AggregatorV3Interface} from "./AggregatorV3Interface.sol";

/// @title One proven market as a price feed.
/// @dev Choice: latestRoundData reverts when the price must not be relied on (stale, or breaker set), because most readers
///      of this interface check nothing. Whoever prefers to decide reads `flaggedPrice`, which answers always.
///      Its updatedAt never lies after the block: readers subtract it from the block's time.
///      Correctness assumes: at most the configured number of reporters lie.
interface IProvenOracle is AggregatorV3Interface {
    /// @notice Too old: unix seconds of the last update, and seconds that it may be old.
    error PriceStale(uint256 updatedAt, uint256 staleSec);
    /// @notice The market's breaker is set until that time, unix seconds: the mark lags behind a jump on purpose.
    error BreakerSet(uint256 breakerUntil);
    /// @notice The guard keeps the last round only.
    error RoundNotKept(uint80 asked, uint80 kept);
    /// @notice A constructor parameter is out of range.
    error BadFeed(string name, uint256 value);

    /// @notice The price and whether to rely on it; never reverts.
    /// @return mark ticks: moves by a bounded step a round, fit for margin and liquidation
    /// @return median ticks: the market now, as the honest reporters see it
    /// @return updatedAt unix seconds
    /// @return fresh false when older than the guard's staleSec
    /// @return calm false while the breaker is set
    function flaggedPrice()
        external
        view
        returns (uint256 mark, uint256 median, uint256 updatedAt, bool fresh, bool calm);

    /// @notice The bounds of what may be relied on: lower and higher of mark and median, ticks. For valuing collateral and debt.
    /// @custom:reverts PriceStale, BreakerSet
    function freshRange() external view returns (uint256 lowest, uint256 highest);
}
