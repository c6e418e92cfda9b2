// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Groth16Proof} from "./IGroth16Verifier.sol";
import {IncidentWord} from "../libraries/IncidentWord.sol";
import {Alarms, BatchUpdate, Checkpoint, RoundUpdate, Status} from "./HomeostatTypes.sol";
import {ICouncilHooks} from "./ICouncilHooks.sol";
import {IProvenState} from "./IProvenState.sol";
import {IHomeostatErrors} from "./IHomeostatErrors.sol";
import {IHomeostatEvents} from "./IHomeostatEvents.sol";

/// @title The guard: accepts proofs, keeps the last proven words, and answers what is allowed.
/// @dev Correctness assumes: the verifiers' keys had one honest contributor; at most the configured number of reporters lie; the
///      engine logs through OpLog, takes tokens before it logs a deposit, and pays out only on the guard's call; the token moves
///      exactly what it is asked to move.
///      Liveness assumes: anyone proves rounds and batches before the deadlines; a quorum of reporters signs. A missing prover or
///      reporter stops updates and in the end halts; it cannot falsify a word.
interface IHomeostat is IHomeostatErrors, IHomeostatEvents, ICouncilHooks, IProvenState {
    /// @notice Makes a proven oracle round the current one. Anyone may.
    /// @param words four words a reporter slot: report, R8x, R8y, S; zeros for an absent report
    /// @param priceWords one a market, as the circuit packs it
    /// @custom:reverts ExitBegun, MarginStepTooLarge, RoundAlreadyProven, RoundNotNext, RoundNotNewer, RoundFromFuture, RoundTooOld, WrongLength, NotInField,
    ///                 NotEnoughGas, ProofRejected
    function submitRound(
        RoundUpdate calldata update,
        uint256[] calldata words,
        uint256[] calldata priceWords,
        Groth16Proof calldata proof
    ) external;

    /// @notice Settles the next operations of the log. Anyone may; the engine credits the caller with their fees.
    /// @dev All operations were logged in one round, and are judged at that round's prices however late they are proven.
    /// @param operations nine raw words each, exactly as logged
    /// @custom:reverts ExitBegun, LiabilitiesMismatch, BatchAlreadyProven, BatchNotNext, WrongLength, NotInField, MixedRounds, UnknownRound, NotInLog,
    ///                 NotEnoughGas, ProofRejected
    function settleBatch(
        BatchUpdate calldata update,
        uint256[9][] calldata operations,
        Groth16Proof calldata proof
    ) external;

    /// @notice Goes back to the last checkpoint before an incident. Anyone may, when the incident is proven and has lasted, once an
    ///         incident, and only while nothing was paid to a claim created since. Such claims are void; the log forks.
    /// @dev VAULT_SHORT: noted by noteVault longer ago than haltCureSec and still so; the target is the last checkpoint that the vault
    ///      covers, with the tokens of all deposits after it. DEFICIT: proven longer ago than twice haltCureSec; the target is the
    ///      last checkpoint proven before the beginning of the deficit, or of the oldest breach that is still there.
    /// @param cause IncidentCause.VAULT_SHORT or DEFICIT
    /// @param headBefore head of the chain of checkpoints before the target
    /// @param later every checkpoint after the target
    /// @custom:reverts ExitBegun, NotTheCheckpoints, RollbackTooLate, NoRollbackFor, CauseNotLasting, RolledBackBefore, TargetNotCovered,
    ///                 TargetTooEarly, TargetTooLate, NotEnoughGas, and whatever the engine's forkTo reverts with
    function rollBack(
        uint8 cause,
        bytes32 headBefore,
        Checkpoint calldata target,
        Checkpoint[] calldata later
    ) external;

    /// @notice Pays a claim to its owner once its delay has passed, as much of it as the outflow limit leaves room for; the rest
    ///         stays. Anyone may. In Exit it is paid like an account: once the hall is open, at its ratio.
    /// @custom:reverts UnknownClaim, ClaimAlreadyPaid, ClaimVoid, ClaimNotPayable, GuardHalted, OutflowExhausted, HallNotOpen, and
    ///                 whatever the token reverts with
    function payClaim(uint256 id) external;

    /// @notice Enters Exit, for good, when `exitable`. Anyone may; from then on the exit hall pays everyone out.
    /// @custom:reverts ExitBegun, NotExitable, NotEnoughGas
    function enterExit() external;

    /// @notice Pays somebody who leaves in Exit; only for the exit hall.
    /// @custom:reverts NotExitHall, NotInExit, and whatever the token reverts with
    function payExit(address to, uint256 amount) external;

    /// @notice Unix seconds at which the guard entered Exit, from which nothing leads back; zero when it did not.
    function exitAt() external view returns (uint256);
    /// @notice Seconds from there until the exit hall may open.
    function exitShareSec() external view returns (uint256);

    /// @notice What is allowed in a market now: a function of the proven words, the block's time, the log and the vault.
    /// @custom:reverts UnknownMarket, NotEnoughGas
    function status(uint256 market) external view returns (Status);

    /// @notice What is allowed everywhere: Normal, Halted or Exit.
    /// @custom:reverts NotEnoughGas
    function globalStatus() external view returns (Status);

    /// @notice Notes that a halt which can lead to Exit lasts, or that it lasts no more. Anyone may; an accepted proof that ends the
    ///         halt ends the note too.
    /// @custom:reverts ExitBegun, NothingToNote, NotEnoughGas
    function noteHalt() external;

    /// @notice Notes that the vault holds less than it owes, or enough again. Anyone may.
    /// @custom:reverts NothingToNote, NotEnoughGas
    function noteVault() external;

    /// @notice Whether Exit can begin: a noted halt has outlasted exitDelaySec and exitBlocks, and still lasts.
    /// @custom:reverts NotEnoughGas
    function exitable() external view returns (bool);

    /// @notice Whether the engine refuses trades, withdrawals and liquidations that this address posts.
    function isRefused(address sender) external view returns (bool);

    /// @notice Mask of HaltCause bits; zero means not halted.
    /// @custom:reverts NotEnoughGas when the caller's gas does not cover the reads of token and engine
    function haltCauses() external view returns (uint256);

    /// @notice Proven margin buffer: the largest fraction of margin that every account of the market still covers at the mark.
    /// @return basis points, rounded down; negative when someone is bankrupt; type(int256).max when nobody has a position
    /// @custom:reverts UnknownMarket
    function buffer(uint256 market) external view returns (int256);

    /// @notice Last block such that every operation logged in it or before is settled.
    function provenBlock() external view returns (uint256);

    /// @notice Number of the last proven round.
    function round() external view returns (uint256);
    /// @notice Unix seconds, median of the round's counted reports.
    function roundTimestamp() external view returns (uint256);
    /// @notice Oracle root of the last proven round.
    function oracleRoot() external view returns (uint256);
    /// @notice Oracle root of any proven round; zero for a round that does not exist.
    function oracleRootOf(uint256 round) external view returns (uint256);
    /// @notice Packed prices of a market after the last round: mark, median, funding index, rates, updatedAt, breakerUntil.
    /// @custom:reverts UnknownMarket
    function priceWord(uint256 market) external view returns (uint256);
    /// @notice Liabilities, quote units, when the last round was accepted: the value at risk that the next round's proof must use.
    function nextRoundTvl() external view returns (uint256);

    /// @notice How many operations of the log are settled.
    function settled() external view returns (uint256);

    /// @notice Unix seconds since when maintenance has been breached, and since when someone has been bankrupt; zero when not.
    /// @custom:reverts UnknownMarket
    function breachSince(uint256 market) external view returns (uint256 breached, uint256 bankrupt);
    /// @notice Unix seconds since when the insurance account has been in deficit; zero when it is not.
    function deficitSince() external view returns (uint256);
    /// @notice Unix seconds until which a market that was Stressed, or Broken by a bankruptcy, is held so; zero when never.
    /// @custom:reverts UnknownMarket
    function heldUntil(uint256 market) external view returns (uint256 stressedUntil, uint256 brokenUntil);
    /// @notice What is noted beside the proven words.
    function alarms() external view returns (Alarms memory);
    /// @notice One incident of the ledger; all zeros when there is none.
    /// @param cause of IncidentCause
    /// @param market index, or 255 for all
    /// @param detectedAt unix seconds, from the event
    function incident(
        uint256 cause,
        uint256 market,
        uint256 detectedAt
    ) external view returns (IncidentWord.Incident memory);
    /// @notice Unauthorised operations not yet forgotten, rounded up; a pause begins the count anew.
    function unauthorisedLevel() external view returns (uint256);

    /// @notice One claim. `amount` is what is left to pay, quote units; `payableAt` in unix seconds.
    /// @custom:reverts UnknownClaim
    function claim(uint256 id) external view returns (address owner, uint256 amount, uint256 payableAt, bool paid);
    /// @notice How many claims were created; their numbers begin at zero.
    function claimCount() external view returns (uint256);
    /// @notice What is left to pay of all claims that are not void, quote units.
    function unpaidClaims() external view returns (uint256);
    /// @notice Whether a rollback made the claim void: it is never paid, and its number never used again.
    function isVoid(uint256 id) external view returns (bool);
    /// @notice What may be paid now, quote units.
    function outflowAllowance() external view returns (uint256);

    /// @notice What every signature and proof is bound to: keccak256(chain id, guard address) without its low byte.
    function domain() external view returns (uint256);
    /// @notice Seconds without a fresh price after which a market is stale.
    function staleSec() external view returns (uint256);
    /// @notice Seconds that a breach or deficit may last before it has consequences.
    function cureSec() external view returns (uint256);
    /// @notice Log of operations and vault of the protocol.
    function engine() external view returns (address);
    /// @notice What the vault holds.
    function token() external view returns (address);
    /// @notice Where everyone leaves in Exit; zero for none.
    function exitHall() external view returns (address);
}
