// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IERC20, SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {IProvenOracle} from "../interfaces/IProvenOracle.sol";
import {IntegrityGated} from "../IntegrityGated.sol";
import {CappedCall, ICappedCalls} from "./ICappedCalls.sol";

/// @title Cash-settled calls whose purchase and settlement are gated by proofs. See ICappedCalls. AN EXAMPLE: not audited.
contract CappedCalls is ICappedCalls, IntegrityGated, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @notice How long after an expiry a price from after it is waited for, seconds: longer than the guard's way to Exit.
    uint256 public constant PATIENCE_SEC = 30 days;
    uint256 private constant MAX_PRICE = (1 << 27) - 1;

    /// @notice The market whose price settles.
    uint256 public immutable market;
    /// @notice That market's proven price.
    IProvenOracle public immutable feed;
    /// @notice What premiums and payouts are in; its unit is the guard's quote unit.
    IERC20 public immutable token;

    /// @notice Options by number, from 1.
    mapping(uint256 id => CappedCall) public optionOf;
    uint256 public optionCount;
    /// @notice Ticks, by expiry; zero until fixed. One price for all options of an expiry.
    mapping(uint256 expiry => uint256 price) public fixedPriceOf;
    /// @notice Quote units that an account may collect.
    mapping(address owner => uint256 amount) public owedTo;

    constructor(IHomeostat homeostat_, uint256 market_, IProvenOracle feed_, IERC20 token_) IntegrityGated(homeostat_) {
        (market, feed, token) = (market_, feed_, token_);
    }

    /// @inheritdoc ICappedCalls
    function offer(CappedCall calldata terms) external nonReentrant returns (uint256 id) {
        if (terms.lots == 0) revert BadTerm("lots", 0);
        if (terms.strike == 0) revert BadTerm("strike", 0);
        if (terms.cap <= terms.strike || terms.cap > MAX_PRICE) revert BadTerm("cap", terms.cap);
        if (terms.expiry <= block.timestamp) revert BadTerm("expiry", terms.expiry);
        id = ++optionCount;
        optionOf[id] = terms;
        (optionOf[id].writer, optionOf[id].holder, optionOf[id].closed) = (msg.sender, address(0), false);
        emit Offered(id, msg.sender);
        token.safeTransferFrom(msg.sender, address(this), _cover(terms));
    }

    /// @inheritdoc ICappedCalls
    function withdraw(uint256 id) external {
        CappedCall memory option = optionOf[id];
        if (msg.sender != option.writer) revert NotWriter(msg.sender);
        if (option.closed || option.holder != address(0)) revert NotOpen(id);
        optionOf[id].closed = true;
        owedTo[option.writer] += _cover(option);
        emit Withdrawn(id);
    }

    /// @inheritdoc ICappedCalls
    function buy(uint256 id) external nonReentrant whenOperational(market) {
        CappedCall memory option = optionOf[id];
        if (option.writer == address(0) || option.closed || option.holder != address(0)) revert NotOpen(id);
        if (option.expiry <= block.timestamp) revert Expired(option.expiry, block.timestamp);
        optionOf[id].holder = msg.sender;
        emit Bought(id, msg.sender);
        token.safeTransferFrom(msg.sender, option.writer, option.premium);
    }

    /// @inheritdoc ICappedCalls
    function settle(uint256 id) external {
        CappedCall memory option = _owed(id);
        if (fixedPriceOf[option.expiry] == 0) _fixProvenPrice(option.expiry);
        _settle(id, option);
    }

    /// @inheritdoc ICappedCalls
    function settleAtLastPrice(uint256 id) external {
        CappedCall memory option = _owed(id);
        if (fixedPriceOf[option.expiry] == 0) _fixLastPrice(option.expiry);
        _settle(id, option);
    }

    /// @inheritdoc ICappedCalls
    function collect() external nonReentrant {
        uint256 amount = owedTo[msg.sender];
        if (amount == 0) revert NothingOwed(msg.sender);
        owedTo[msg.sender] = 0;
        emit Collected(msg.sender, amount);
        token.safeTransfer(msg.sender, amount);
    }

    /// @dev The gate of settlement: Normal or Stressed, and the feed itself refuses a stale price and a set breaker.
    function _fixProvenPrice(uint256 expiry) private whenPriced(market) {
        if (expiry > block.timestamp) revert NotExpired(expiry, block.timestamp);
        (, int256 mark, , uint256 updatedAt, ) = feed.latestRoundData();
        if (updatedAt < expiry) revert PriceBeforeExpiry(updatedAt, expiry);
        fixedPriceOf[expiry] = uint256(mark);
        emit PriceFixed(expiry, uint256(mark), false);
    }

    function _fixLastPrice(uint256 expiry) private {
        uint256 until = expiry + PATIENCE_SEC;
        // exitAt, not the state: that may still leave Exit by itself until somebody enters it
        if (homeostat.exitAt() == 0 && block.timestamp <= until) revert StillPatient(until);
        (uint256 mark, , , , ) = feed.flaggedPrice();
        fixedPriceOf[expiry] = mark;
        emit PriceFixed(expiry, mark, true);
    }

    function _settle(uint256 id, CappedCall memory option) private {
        uint256 price = fixedPriceOf[option.expiry];
        uint256 paid = price < option.cap ? price : option.cap;
        uint256 toHolder = paid > option.strike ? (paid - option.strike) * option.lots : 0;
        uint256 toWriter = _cover(option) - toHolder;
        optionOf[id].closed = true;
        owedTo[option.holder] += toHolder;
        owedTo[option.writer] += toWriter;
        emit Settled(id, toHolder, toWriter);
    }

    function _owed(uint256 id) private view returns (CappedCall memory option) {
        option = optionOf[id];
        if (option.holder == address(0) || option.closed) revert NotOwed(id);
    }

    function _cover(CappedCall memory terms) private pure returns (uint256) {
        return uint256(terms.cap - terms.strike) * terms.lots;
    }
}
