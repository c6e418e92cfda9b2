// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {Status} from "../interfaces/HomeostatTypes.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {ISolvencyFeed} from "../interfaces/ISolvencyFeed.sol";
import {HaltCause} from "../libraries/HaltCause.sol";
import {PriceWord} from "../libraries/PriceWord.sol";

/// @title One market's proven buffer for whoever reads price feeds. See ISolvencyFeed.
contract SolvencyFeed is ISolvencyFeed {
    /// @inheritdoc AggregatorV3Interface
    uint256 public constant version = 1; // solhint-disable-line const-name-snakecase
    /// @inheritdoc AggregatorV3Interface
    uint8 public constant decimals = 4; // solhint-disable-line const-name-snakecase
    /// @notice The largest answer, basis points: a hundred times the price.
    int256 public constant MAX_BUFFER_BPS = 1_000_000;
    /// @dev An unauthorised flood or a council's caution says nothing about what is covered; a bankruptcy is in the answer.
    uint256 private constant CAUSES = HaltCause.PROOF_LATE | HaltCause.ROUND_LATE | HaltCause.VAULT_SHORT;
    uint256 private constant SETTLED_BITS = 40;

    /// @notice The guard whose proofs these are.
    IHomeostat public immutable homeostat;
    /// @notice Index of the market.
    uint256 public immutable market;
    /// @notice The guard's own staleness limit, seconds.
    uint256 public immutable staleSec;
    /// @inheritdoc AggregatorV3Interface
    string public description;

    constructor(IHomeostat homeostat_, uint256 market_, string memory description_) {
        homeostat_.priceWord(market_); // reverts for a market that does not exist
        (homeostat, market, staleSec, description) = (homeostat_, market_, homeostat_.staleSec(), description_);
    }

    /// @inheritdoc AggregatorV3Interface
    /// @custom:reverts BufferStale, FeedHalted, FeedExited
    function latestRoundData()
        external
        view
        returns (uint80 id, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
    {
        return _answer(_currentId());
    }

    /// @inheritdoc AggregatorV3Interface
    /// @custom:reverts AnswerNotKept, BufferStale, FeedHalted, FeedExited
    function getRoundData(
        uint80 roundId
    ) external view returns (uint80 id, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound) {
        uint80 kept = _currentId();
        if (roundId != kept) revert AnswerNotKept(roundId, kept);
        return _answer(kept);
    }

    /// @inheritdoc ISolvencyFeed
    function flaggedBuffer() external view returns (int256 bufferBps, uint256 updatedAt, bool current) {
        uint256 pricedAt = _pricedAt();
        bool standing = homeostat.haltCauses() & CAUSES == 0 && homeostat.status(market) != Status.Exit;
        return (_buffer(), _notAhead(pricedAt), standing && pricedAt + staleSec >= block.timestamp);
    }

    function _answer(uint80 id) private view returns (uint80, int256, uint256, uint256, uint80) {
        uint256 causes = homeostat.haltCauses() & CAUSES;
        if (causes != 0) revert FeedHalted(causes);
        if (homeostat.status(market) == Status.Exit) revert FeedExited();
        uint256 pricedAt = _pricedAt();
        if (pricedAt + staleSec < block.timestamp) revert BufferStale(pricedAt, staleSec);
        uint256 updatedAt = _notAhead(pricedAt);
        return (id, _buffer(), updatedAt, updatedAt, id);
    }

    /// @dev Moves with each round and each settlement; a rollback takes it back, with the state.
    function _currentId() private view returns (uint80) {
        return uint80((homeostat.round() << SETTLED_BITS) | uint40(homeostat.settled()));
    }

    function _pricedAt() private view returns (uint256) {
        return PriceWord.updatedAt(homeostat.priceWord(market));
    }

    /// @dev Reporters' clocks may be seconds ahead; readers subtract the answer from the block's time.
    function _notAhead(uint256 time) private view returns (uint256) {
        return time < block.timestamp ? time : block.timestamp;
    }

    function _buffer() private view returns (int256 bufferBps) {
        bufferBps = homeostat.buffer(market);
        if (bufferBps > MAX_BUFFER_BPS) return MAX_BUFFER_BPS;
    }
}
