// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {PriceWord} from "./PriceWord.sol";
import {StateWords} from "./StateWords.sol";

/// @title What the box says of a market at a price: constant work, whatever the number of accounts.
/// @dev Theorem (design of certificates): every account's equity at fraction f of margin is non-negative if
///      p - ceil(p*f) - F_long >= floor and p + ceil(p*f) - F_short <= ceiling.
library MarginBuffer {
    uint256 private constant RATE_BITS = 20;
    int256 private constant BOUND_OFFSET = 1 << 28;
    int256 private constant BPS_ONE = 10_000;

    /// @notice Limits on the price less (long) or plus (short) its margin, ticks; nobody there means no limit.
    /// @param lowest floor + F_long
    /// @param highest ceiling + F_short
    struct Edges {
        int256 lowest;
        int256 highest;
    }

    function edges(
        uint256 box,
        uint256 lossWord,
        uint256 priceWord,
        uint256 market
    ) internal pure returns (Edges memory e) {
        uint256 long = StateWords.longLane(box, market);
        uint256 short = StateWords.shortLane(box, market);
        int256 funding = PriceWord.fundingIndex(priceWord);
        e.lowest =
            long == 0
                ? type(int256).min
                : int256(long) - BOUND_OFFSET + funding + StateWords.lossLong(lossWord, market);
        e.highest =
            short == 0
                ? type(int256).max
                : BOUND_OFFSET - int256(short) + funding + StateWords.lossShort(lossWord, market);
    }

    /// @notice Whether some account may lack margin of `rate` (20 fractional bits) at `price` ticks. Exact; rate 0 asks for bankruptcy.
    function isBreached(Edges memory e, uint256 price, uint256 rate) internal pure returns (bool) {
        // unchecked: price has 27 bits, rate 20
        unchecked {
            uint256 marginUp = (price * rate + (1 << RATE_BITS) - 1) >> RATE_BITS;
            return int256(price) - int256(marginUp) < e.lowest || int256(price) + int256(marginUp) > e.highest;
        }
    }

    /// @notice Whether maintenance is breached at the mark or the median, and whether someone is bankrupt at the mark.
    function judge(Edges memory e, uint256 priceWord) internal pure returns (bool breached, bool bankrupt) {
        uint256 mark = PriceWord.mark(priceWord);
        uint256 rate = PriceWord.maintenanceRate(priceWord);
        breached = isBreached(e, mark, rate) || isBreached(e, PriceWord.median(priceWord), rate);
        bankrupt = isBreached(e, mark, 0);
    }

    /// @notice The largest fraction of margin that still holds at `price` ticks, in basis points, rounded down.
    /// @return type(int256).max when nobody has a position
    function bufferBpsDown(Edges memory e, uint256 price) internal pure returns (int256) {
        int256 p = int256(price);
        int256 long = e.lowest == type(int256).min ? type(int256).max : divideDown((p - e.lowest) * BPS_ONE, p);
        int256 short = e.highest == type(int256).max ? type(int256).max : divideDown((e.highest - p) * BPS_ONE, p);
        return long < short ? long : short;
    }

    /// @notice floor(a / b) for b > 0, also for negative a.
    function divideDown(int256 a, int256 b) internal pure returns (int256 quotient) {
        quotient = a / b;
        if (a % b < 0) --quotient;
    }
}
