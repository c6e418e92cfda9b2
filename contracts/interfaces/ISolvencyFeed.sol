// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AggregatorV3Interface} from "./AggregatorV3Interface.sol";

/// @title The proven margin buffer of one market as a feed of 4 decimals: 10000 is 1.0, the whole price; one step is a basis point.
/// @dev The answer is what every account of the market still covers at the mark, by the last proven state and round; negative when someone
///      is bankrupt. Bad news is answered, no news is not: latestRoundData reverts while the answer may be out of date (price stale, or
///      proofs or rounds late), while the vault is short, and in Exit. A set breaker does not hide the buffer: it is proven at the mark.
interface ISolvencyFeed is AggregatorV3Interface {
    /// @notice Too old: unix seconds of the market's last price, and seconds that it may be old.
    error BufferStale(uint256 updatedAt, uint256 staleSec);
    /// @notice The guard is halted for a reason that touches the answer; `causes` are those HaltCause bits.
    error FeedHalted(uint256 causes);
    /// @notice The guard is in Exit: nothing will be proven any more.
    error FeedExited();
    /// @notice The guard keeps the last state only.
    error AnswerNotKept(uint80 asked, uint80 kept);

    /// @notice The buffer and whether to rely on it.
    /// @return bufferBps basis points, at most MAX_BUFFER_BPS, which also says that nobody has a position
    /// @return updatedAt unix seconds of the price, not after this block
    /// @return current false when latestRoundData would revert
    function flaggedBuffer() external view returns (int256 bufferBps, uint256 updatedAt, bool current);
}
