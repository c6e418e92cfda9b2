// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title The price feed interface that lending and derivatives protocols read, in our own words.
// solhint-disable-next-line interface-starts-with-i
interface AggregatorV3Interface {
    /// @notice Decimal places of an answer.
    function decimals() external view returns (uint8);
    /// @notice What is priced.
    function description() external view returns (string memory);
    /// @notice Version of the feed's code.
    function version() external view returns (uint256);
    /// @notice A given round. Times in unix seconds.
    function getRoundData(
        uint80 roundId
    ) external view returns (uint80 id, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound);
    /// @notice The last round. Times in unix seconds.
    function latestRoundData()
        external
        view
        returns (uint80 id, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound);
}
