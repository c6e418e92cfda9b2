// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {AggregatorV3Interface} from "./interfaces/AggregatorV3Interface.sol";
import {IHomeostat} from "./interfaces/IHomeostat.sol";
import {IProvenOracle} from "./interfaces/IProvenOracle.sol";
import {PriceWord} from "./libraries/PriceWord.sol";

/// @title One proven market as a price feed. Answers are the mark in ticks; `decimals` says what a tick is.
contract ProvenOracle is IProvenOracle {
    /// @inheritdoc AggregatorV3Interface
    uint256 public constant version = 1; // solhint-disable-line const-name-snakecase
    uint256 private constant MAX_DECIMALS = 18;

    /// @notice The guard whose prices these are.
    IHomeostat public immutable homeostat;
    /// @notice Index of the market.
    uint256 public immutable market;
    /// @notice The guard's own staleness limit, seconds.
    uint256 public immutable staleSec;
    /// @inheritdoc AggregatorV3Interface
    uint8 public immutable decimals;
    /// @inheritdoc AggregatorV3Interface
    string public description;

    /// @param decimals_ decimal places of one tick: 4 when a tick is 0.0001
    constructor(IHomeostat homeostat_, uint256 market_, uint8 decimals_, string memory description_) {
        if (decimals_ > MAX_DECIMALS) revert BadFeed("decimals", decimals_);
        homeostat_.priceWord(market_); // reverts for a market that does not exist
        (homeostat, market, staleSec, decimals) = (homeostat_, market_, homeostat_.staleSec(), decimals_);
        description = description_;
    }

    /// @inheritdoc AggregatorV3Interface
    /// @custom:reverts PriceStale, BreakerSet
    function latestRoundData()
        external
        view
        returns (uint80 id, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
    {
        return _answer(uint80(homeostat.round()));
    }

    /// @inheritdoc AggregatorV3Interface
    /// @custom:reverts RoundNotKept, PriceStale, BreakerSet
    function getRoundData(
        uint80 roundId
    ) external view returns (uint80 id, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound) {
        uint80 kept = uint80(homeostat.round());
        if (roundId != kept) revert RoundNotKept(roundId, kept);
        return _answer(kept);
    }

    /// @inheritdoc IProvenOracle
    function flaggedPrice()
        external
        view
        returns (uint256 mark, uint256 median, uint256 updatedAt, bool fresh, bool calm)
    {
        uint256 word = homeostat.priceWord(market);
        (mark, median, updatedAt) = (PriceWord.mark(word), PriceWord.median(word), PriceWord.updatedAt(word));
        fresh = updatedAt + staleSec >= block.timestamp;
        calm = PriceWord.breakerUntil(word) <= block.timestamp;
    }

    /// @inheritdoc IProvenOracle
    function freshRange() external view returns (uint256 lowest, uint256 highest) {
        uint256 word = _reliableWord();
        (uint256 mark, uint256 median) = (PriceWord.mark(word), PriceWord.median(word));
        return mark < median ? (mark, median) : (median, mark);
    }

    function _answer(uint80 round) private view returns (uint80, int256, uint256, uint256, uint80) {
        uint256 word = _reliableWord();
        uint256 provenAt = PriceWord.updatedAt(word);
        uint256 updatedAt = provenAt < block.timestamp ? provenAt : block.timestamp; // reporters' clocks may be ahead
        return (round, int256(PriceWord.mark(word)), updatedAt, updatedAt, round);
    }

    function _reliableWord() private view returns (uint256 word) {
        word = homeostat.priceWord(market);
        uint256 updatedAt = PriceWord.updatedAt(word);
        if (updatedAt + staleSec < block.timestamp) revert PriceStale(updatedAt, staleSec);
        uint256 breakerUntil = PriceWord.breakerUntil(word);
        if (breakerUntil > block.timestamp) revert BreakerSet(breakerUntil);
    }
}
