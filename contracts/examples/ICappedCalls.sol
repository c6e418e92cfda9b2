// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @notice One option: at its expiry the holder gets, for each lot, what the market's price lies above the strike, up to the cap.
/// @param writer who locked lots * (cap - strike) quote units, the most that can ever be owed
/// @param holder who paid the premium; zero until then
/// @param lots 1 lot x 1 tick = 1 quote unit
/// @param premium quote units, for the whole option
/// @param strike,cap ticks
/// @param expiry unix seconds
/// @param closed nothing is locked any more
struct CappedCall {
    address writer;
    address holder;
    uint64 lots;
    uint96 premium;
    uint32 strike;
    uint32 cap;
    uint40 expiry;
    bool closed;
}

/// @title An example of a protocol that is gated by a guard and has no engine of its own: cash-settled calls, covered in full.
/// @dev What it takes from proofs: the price, and whether anything may be bought or settled now.
///      - Bought only while the market is Normal: risk is added on a fresh, calm price or not at all.
///      - Settled at the first price from after the expiry that anybody brings while the market is Normal or Stressed. A stale price, a
///        set breaker, a halt: settlement waits, nothing is lost, and any later proof lets it go on.
///      - Once Exit was entered, or when no such price came for PATIENCE_SEC, settled at the last proven mark, as the guard's own protocol is.
///      - What cannot hurt anyone asks for nothing: an offer is withdrawn, and money that is owed is collected, in every state.
///      Correctness assumes: the feed is of this guard and market; the token moves what it is asked to move.
interface ICappedCalls {
    event Offered(uint256 indexed id, address indexed writer);
    event Withdrawn(uint256 indexed id);
    event Bought(uint256 indexed id, address indexed holder);
    /// @notice The price, ticks, at which every option of this expiry is settled.
    event PriceFixed(uint256 indexed expiry, uint256 price, bool last);
    event Settled(uint256 indexed id, uint256 toHolder, uint256 toWriter);
    event Collected(address indexed owner, uint256 amount);

    /// @notice A term of an offer is out of its range.
    error BadTerm(string name, uint256 value);
    /// @notice Only the writer may withdraw an offer.
    error NotWriter(address caller);
    /// @notice The offer was bought, or withdrawn.
    error NotOpen(uint256 id);
    /// @notice The option was not bought, or is settled already.
    error NotOwed(uint256 id);
    /// @notice The offer's expiry has come.
    error Expired(uint256 expiry, uint256 blockTimestamp);
    /// @notice The expiry has not come.
    error NotExpired(uint256 expiry, uint256 blockTimestamp);
    /// @notice The last proven price is from before the expiry. Retry after the next round.
    error PriceBeforeExpiry(uint256 updatedAt, uint256 expiry);
    /// @notice The guard is not in Exit, and a price may still come until then, unix seconds.
    error StillPatient(uint256 until);
    /// @notice Nothing is owed to the caller.
    error NothingOwed(address owner);

    /// @notice Locks the cover of a new option. In every state.
    /// @custom:reverts BadTerm
    function offer(CappedCall calldata terms) external returns (uint256 id);

    /// @notice Takes an offer back that nobody bought. In every state.
    /// @custom:reverts NotWriter, NotOpen
    function withdraw(uint256 id) external;

    /// @notice Pays the premium to the writer and becomes the holder.
    /// @custom:reverts IntegrityHalted, IntegrityExited, MarketRestricted, NotOpen, Expired
    function buy(uint256 id) external;

    /// @notice Settles an option, and fixes its expiry's price if nobody did before. Anyone may.
    /// @custom:reverts NotOwed; and until the price is fixed: NotExpired, IntegrityHalted, IntegrityExited, MarketRestricted, PriceStale,
    ///                 BreakerSet, PriceBeforeExpiry
    function settle(uint256 id) external;

    /// @notice Settles an option at the last proven mark: after Exit was entered at any time, else long after its expiry. Anyone may.
    /// @custom:reverts NotOwed; and until the price is fixed: StillPatient
    function settleAtLastPrice(uint256 id) external;

    /// @notice Pays the caller what settlements owe. In every state.
    /// @custom:reverts NothingOwed
    function collect() external;
}
