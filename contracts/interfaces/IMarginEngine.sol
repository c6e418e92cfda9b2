// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Status} from "./HomeostatTypes.sol";
import {IOpLog, IVault} from "./IOpLog.sol";

/// @notice An EdDSA signature over BabyJubjub: just words here, judged by the circuit.
struct Signature {
    uint256 r8x;
    uint256 r8y;
    uint256 s;
}

/// @notice What the signers of a trade or liquidation signed, field by field; unused fields are zero.
/// @param market index of the market
/// @param accountA,accountB buyer and seller; for a liquidation the account taken from and the one that takes
/// @param nonceA,nonceB above the accounts' last used ones
/// @param expiry unix seconds
/// @param size lots; below 2^40
/// @param price ticks; below 2^27
/// @param amount quote units that each side of a trade pays into the insurance; below 2^63
struct Order {
    uint256 market;
    uint256 accountA;
    uint256 accountB;
    uint256 nonceA;
    uint256 nonceB;
    uint256 expiry;
    uint256 size;
    uint256 price;
    uint256 amount;
}

/// @notice What an engine is made with.
/// @param markets how many there are; the circuit's number
/// @param depth of the account tree: 2^depth accounts, the insurance account 0 among them
/// @param minimumDeposit token units of a first deposit, the price of an account
/// @param vaultCap token units that the vault takes at most; at most 2^62, which keeps every total in range
/// @param feeWei native token, wei, paid with each operation to whoever settles it
struct EngineLimits {
    uint8 markets;
    uint8 depth;
    uint64 minimumDeposit;
    uint64 vaultCap;
    uint96 feeWei;
}

/// @title The reference protocol: holds the tokens and logs what users want. It computes no margin and checks no signature.
/// @dev Correctness assumes: one token unit is one quote unit (6 decimals suit; 18 do not fit the 63 bits of an amount); the token's
///      balances change only by transfers (no rebasing).
///      Liveness assumes: users can pay `feeWei`; fewer than MAX_PENDING operations await their proof.
interface IMarginEngine is IOpLog, IVault {
    /// @notice An index was given to an owner. The account itself opens when the deposit's proof says so.
    event AccountOpened(uint256 indexed account, address indexed owner);
    /// @notice A prover took its fees, wei.
    event FeesCollected(address indexed prover, address indexed to, uint256 amount);

    /// @notice A value does not fit its bits in the operation's words.
    error TooWide(string name, uint256 value, uint256 bits);
    /// @notice A constructor parameter is out of its range.
    error BadEngineParameter(string name, uint256 value);
    /// @notice The fee is exact: wei sent and wei due.
    error WrongFee(uint256 sent, uint256 due);
    /// @notice Nobody has this account index.
    error UnknownAccount(uint256 account);
    /// @notice The caller has no account. Likely cause: no deposit was made.
    error NoAccount(address owner);
    /// @notice The tree has no free leaf.
    error NoRoom(uint256 capacity);
    /// @notice The market does not exist.
    error NoSuchMarket(uint256 market, uint256 markets);
    /// @notice A first deposit must reach the minimum, any other must not be zero.
    error DepositTooSmall(uint256 amount, uint256 minimum);
    /// @notice The vault would hold more than its cap.
    error VaultFull(uint256 vaulted, uint256 cap);
    /// @notice The token moved another amount than asked. Likely cause: a fee on transfer.
    error TransferMismatch(uint256 asked, uint256 moved);
    /// @notice The order's time has passed.
    error Expired(uint256 expiry, uint256 blockTimestamp);
    /// @notice Losses are shared only once a proven deficit has outlasted the guard's cureSec. `since` in unix seconds, zero: none.
    error NoLastingDeficit(uint256 since);
    /// @notice Each deposit to post again comes with the head before it.
    error LengthMismatch(uint256 heads, uint256 operations);
    /// @notice None of the operations is a deposit with a receipt. Likely cause: someone posted them again first.
    error NothingToRepost(uint256 fork, uint256 operations);
    /// @notice The guard's state does not allow this type of operation.
    error OperationRefused(uint256 kind, Status status);
    /// @notice Too many unauthorised operations of this sender are remembered. Deposits are open, and in time everything again.
    error SenderRefused(address sender);
    /// @notice There is nothing to collect.
    error NoFees(address prover);
    /// @notice The receiver of fees refused them.
    error FeesRefused(address to, uint256 amount);

    /// @notice Takes tokens from the caller and logs their deposit; a first one asks for an account with this key.
    /// @param amount token units = quote units
    /// @param keyX,keyY BabyJubjub key; ignored by the circuit when the account is open already
    /// @custom:reverts OperationRefused, WrongFee, DepositTooSmall, TooWide, NotInField, NoRoom, VaultFull, TransferMismatch, LogFull
    function deposit(uint256 amount, uint256 keyX, uint256 keyY) external payable returns (uint256 account);

    /// @notice Logs deposits again that a fork abandoned, without taking tokens: each has a receipt, which moves along. Anyone may.
    ///         Operations without a receipt are passed over. What is paid above the fees is kept for the caller, see collectFees.
    /// @param fork one that abandoned them
    /// @param headsBefore head of the abandoned chain before each
    /// @param words of each, as logged; the log writes round, time and sender anew
    /// @return posted how many were
    /// @custom:reverts LengthMismatch, NothingToRepost, RepostsEnded, NotAbandoned, WrongFee, LogFull, ForkedJustNow
    function repostDeposits(
        uint256 fork,
        bytes32[] calldata headsBefore,
        uint256[9][] calldata words
    ) external payable returns (uint256 posted);

    /// @notice Logs a withdrawal signed by the account's key; valid, it becomes a claim of the account's owner. Anyone may post it.
    /// @custom:reverts OperationRefused, SenderRefused, WrongFee, UnknownAccount, Expired, TooWide, NotInField, LogFull
    function withdraw(
        uint256 account,
        uint256 amount,
        uint256 nonce,
        uint256 expiry,
        Signature calldata signature
    ) external payable;

    /// @notice Logs a trade signed by both sides. Anyone may post it.
    /// @custom:reverts OperationRefused, SenderRefused, WrongFee, NoSuchMarket, UnknownAccount, Expired, TooWide, NotInField, LogFull
    function trade(Order calldata order, Signature calldata byA, Signature calldata byB) external payable;

    /// @notice Logs a liquidation signed by the account that takes over. Anyone may post it, in every state but Exit.
    /// @custom:reverts OperationRefused, SenderRefused, WrongFee, NoSuchMarket, UnknownAccount, Expired, TooWide, NotInField, LogFull
    function liquidate(Order calldata order, Signature calldata byB) external payable;

    /// @notice Logs the move of an unhealthy account onto the insurance account. Anyone may, in every state but Exit.
    /// @custom:reverts OperationRefused, WrongFee, UnknownAccount, LogFull
    function backstop(uint256 account) external payable;

    /// @notice Logs new certificates for two accounts (or one, named twice). Anyone may, in every state but Exit.
    /// @custom:reverts OperationRefused, WrongFee, UnknownAccount, LogFull
    function recertify(uint256 accountA, uint256 accountB) external payable;

    /// @notice Logs that what the insurance account cannot pay is shared by the holders of a market's winning side, pro rata.
    ///         Anyone may, in every state but Exit.
    /// @param market in which the insurance account is exposed most; the proof judges it
    /// @custom:reverts OperationRefused, WrongFee, NoSuchMarket, NoLastingDeficit, LogFull
    function shareLoss(uint256 market) external payable;

    /// @notice Logs a new signing key for the caller's account.
    /// @custom:reverts OperationRefused, WrongFee, NoAccount, NotInField, LogFull
    function setKey(uint256 keyX, uint256 keyY) external payable;

    /// @notice Pays the caller's fees out.
    /// @custom:reverts NoFees, FeesRefused
    function collectFees(address payable to) external;

    /// @notice Index of an owner's account, zero when there is none.
    function accountOf(address owner) external view returns (uint256);
    /// @notice Owner of an account index, zero when nobody has it.
    function ownerOf(uint256 account) external view returns (address);
    /// @notice Index that the next new owner gets.
    function nextAccount() external view returns (uint256);
    /// @notice Token units taken by deposits and not yet paid out.
    function vaulted() external view returns (uint256);
    /// @notice Wei that a prover may collect.
    function feesOf(address prover) external view returns (uint256);
    /// @notice What the vault holds.
    function token() external view returns (address);
}
