// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Status} from "../interfaces/HomeostatTypes.sol";
import {IHomeostatErrors} from "../interfaces/IHomeostatErrors.sol";

/// @title A guard that says what a test tells it to say: for the tests of protocols that are gated by one. PROVES NOTHING.
/// @dev It has the views of IHomeostat that a gated protocol reads, with the same signatures, and none of the rest; give its address to
///      whatever wants an IHomeostat. Everything is well until told otherwise: Normal, prices and proofs as of this very block. It can be
///      made on local chains only (31337 and 1337); a test on a fork of another chain sets the chain's number for the deployment.
contract GuardDouble {
    error NotATestChain(uint256 chainId);

    struct Market {
        Status status;
        uint32 mark;
        uint32 median;
        uint40 updatedAt;
        uint40 breakerUntil;
        int256 buffer;
    }

    bool public constant TEST_DOUBLE = true;
    uint256 private constant HARDHAT_AND_FOUNDRY = 31337;
    uint256 private constant GANACHE = 1337;
    uint32 private constant FIRST_PRICE = 1000;
    int256 private constant FIRST_BUFFER_BPS = 1000;
    uint256 private constant ONE_PERCENT = 10_486; // of 2^20, rounded up

    uint256 public immutable markets;

    uint256 public staleSec = 300;
    uint256 public round = 1;
    uint256 public settled;
    uint256 public totalsWord;
    uint256 public unpaidClaims;
    address public engine;
    address public token;
    uint256 public exitAt;
    uint256 private _causes;
    uint256 private _roundTimestamp;
    uint256 private _provenBlock;
    mapping(uint256 market => Market) private _markets;

    constructor(uint256 markets_) {
        if (block.chainid != HARDHAT_AND_FOUNDRY && block.chainid != GANACHE) revert NotATestChain(block.chainid);
        markets = markets_;
        Market memory calm = Market(Status.Normal, FIRST_PRICE, FIRST_PRICE, 0, 0, FIRST_BUFFER_BPS);
        for (uint256 m; m < markets_; ++m) _markets[m] = calm;
    }

    /* --- what a test tells --- */

    /// @notice A market's status, as long as nothing worse follows from its price, a halt or Exit.
    function setStatus(uint256 market, Status status_) external {
        _at(market).status = status_;
    }

    /// @notice A mask of HaltCause bits; zero ends the halt.
    function setHaltCauses(uint256 causes) external {
        _causes = causes;
    }

    /// @notice Enters Exit now, or undoes it, which no guard does.
    function setExit(bool exited) external {
        exitAt = exited ? block.timestamp : 0;
    }

    /// @param bufferBps basis points; negative when someone is bankrupt
    function setBuffer(uint256 market, int256 bufferBps) external {
        _at(market).buffer = bufferBps;
    }

    /// @notice Mark and median, ticks.
    function setPrice(uint256 market, uint32 mark, uint32 median) external {
        (_at(market).mark, _at(market).median) = (mark, median);
    }

    /// @notice When the price is from, unix seconds; zero: always from this very block.
    function setUpdatedAt(uint256 market, uint40 updatedAt) external {
        _at(market).updatedAt = updatedAt;
    }

    /// @notice Unix seconds until which the market's breaker is set.
    function setBreaker(uint256 market, uint40 until) external {
        _at(market).breakerUntil = until;
    }

    /// @notice Number and time of the last round; time zero: always this very block.
    function setRound(uint256 round_, uint256 timestamp) external {
        (round, _roundTimestamp) = (round_, timestamp);
    }

    /// @notice Last proven block; zero: always the one before this.
    function setProven(uint256 blockNumber, uint256 settled_) external {
        (_provenBlock, settled) = (blockNumber, settled_);
    }

    /// @notice What the vault owes: liabilities and unpaid claims, quote units, both below 2^63; and where it is.
    function setVault(address engine_, address token_, uint256 liabilities, uint256 unpaidClaims_) external {
        (engine, token, totalsWord, unpaidClaims) = (engine_, token_, liabilities, unpaidClaims_);
    }

    /* --- what the guard answers --- */

    function status(uint256 market) external view returns (Status) {
        Market memory here = _at(market);
        if (exitAt != 0) return Status.Exit;
        if (_causes != 0) return Status.Halted;
        bool stale = here.updatedAt != 0 && here.updatedAt + staleSec < block.timestamp;
        if (!stale && here.breakerUntil <= block.timestamp) return here.status;
        return here.status < Status.Broken ? Status.Broken : here.status;
    }

    function globalStatus() external view returns (Status) {
        if (exitAt != 0) return Status.Exit;
        return _causes == 0 ? Status.Normal : Status.Halted;
    }

    function haltCauses() external view returns (uint256) {
        return _causes;
    }

    function buffer(uint256 market) external view returns (int256) {
        return _at(market).buffer;
    }

    function provenBlock() external view returns (uint256) {
        return _provenBlock == 0 ? block.number - 1 : _provenBlock;
    }

    function roundTimestamp() external view returns (uint256) {
        return _roundTimestamp == 0 ? block.timestamp : _roundTimestamp;
    }

    /// @dev No funding; 1 % and 2 % of margin. Layout: PriceWord.
    function priceWord(uint256 market) external view returns (uint256) {
        Market memory here = _at(market);
        uint256 updatedAt = here.updatedAt == 0 ? block.timestamp : here.updatedAt;
        uint256 rates = (ONE_PERCENT << 80) | ((2 * ONE_PERCENT) << 100);
        uint256 prices = uint256(here.mark) | (uint256(here.median) << 27) | (1 << (54 + 25));
        return prices | rates | (updatedAt << 120) | (uint256(here.breakerUntil) << 160);
    }

    function _at(uint256 market) private view returns (Market storage) {
        if (market >= markets) revert IHomeostatErrors.UnknownMarket(market, markets);
        return _markets[market];
    }
}
