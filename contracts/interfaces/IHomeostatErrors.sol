// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title What the guard refuses, with the offending values.
interface IHomeostatErrors {
    /// @notice A caller's value is not below the order of the scalar field. Likely cause: a hash that was not reduced.
    error NotInField(string name, uint256 value);
    /// @notice A list has the wrong number of entries. Likely cause: a proof of another profile.
    error WrongLength(string name, uint256 given, uint256 wanted);
    /// @notice A parameter is out of its range.
    error BadParameter(string name, uint256 value);
    /// @notice The market does not exist.
    error UnknownMarket(uint256 market, uint256 markets);
    /// @notice The verifier's code is missing or not the code that was named. Likely cause: artefacts of another build.
    error WrongVerifierCode(address verifier, bytes32 claimed, bytes32 derived);
    /// @notice The engine obeys another guard. Likely cause: the address was predicted with a wrong nonce.
    error EngineOfAnotherGuard(address engine, address guardOfEngine);

    /// @notice The exit hall pays for another guard. Likely cause: the address was predicted with a wrong nonce.
    error HallOfAnotherGuard(address exitHall, address guardOfHall);

    /// @notice The gas left does not cover the fixed budget of the next call. Nothing was judged: send again with more.
    error NotEnoughGas(uint256 left, uint256 needed);
    /// @notice The verifier did not accept the proof. It says nothing about the state. Likely cause: another parent root,
    ///         another domain, or a proof that was changed on its way.
    error ProofRejected(uint256 oldRoot, uint256 newRoot);

    /// @notice Another prover was faster, or the transaction is a replay.
    error RoundAlreadyProven(uint256 claimedRound, uint256 provenRound);
    /// @notice Rounds come one by one. Likely cause: an earlier round's transaction is still pending.
    error RoundNotNext(uint256 claimedRound, uint256 provenRound);
    /// @notice The round's time does not lie after the last one.
    error RoundNotNewer(uint256 timestamp, uint256 lastTimestamp);
    /// @notice The round's time lies too far ahead of the block's. Likely cause: a reporter's clock.
    error RoundFromFuture(uint256 timestamp, uint256 blockTimestamp);
    /// @notice The round's median report is too old to be worth anything. Likely cause: a slow prover.
    error RoundTooOld(uint256 timestamp, uint256 blockTimestamp);

    /// @notice Another prover was faster, or the transaction is a replay.
    error BatchAlreadyProven(uint256 claimedFirst, uint256 settled);
    /// @notice Batches come in the log's order. Likely cause: an earlier batch's transaction is still pending.
    error BatchNotNext(uint256 claimedFirst, uint256 settled);
    /// @notice The words are not those of the log. Likely cause: a block was reorganised after the proof was made.
    error NotInLog(uint256 firstOperation, uint256 count, bytes32 derivedHead, bytes32 logHead);
    /// @notice The operations of a batch are judged at one round, and two of them were logged in different rounds.
    error MixedRounds(uint256 operation, uint256 round, uint256 batchRound);
    /// @notice The log names a round that was never proven. Likely cause: an engine that does not write the word itself.
    error UnknownRound(uint256 round);

    /// @notice The checkpoints do not lead to the guard's head. Likely cause: a batch was settled meanwhile.
    error NotTheCheckpoints(bytes32 derivedHead, bytes32 checkpointHead);
    /// @notice Incidents of this cause (IncidentCause) lead to no rollback.
    error NoRollbackFor(uint256 cause);
    /// @notice The cause is not there, is not noted, or has not lasted long enough. `since` in unix seconds, zero for not noted.
    error CauseNotLasting(uint256 cause, uint256 since);
    /// @notice A claim created after the checkpoint was paid, at least in part: all below `paidBelow` may have been.
    error RollbackTooLate(uint256 paidBelow, uint256 claimCount);
    /// @notice The incident began at or before the last rollback: it was that one's, or came of it. Unix seconds.
    error RolledBackBefore(uint256 since, uint256 rolledBackAt);
    /// @notice The vault does not cover the checkpoint either, quote units. No rollback helps when none is covered.
    error TargetNotCovered(uint256 settled, uint256 held, uint256 needed);
    /// @notice A later checkpoint would do as well. `settled` operations of the target, and of that one.
    error TargetTooEarly(uint256 settled, uint256 laterSettled);
    /// @notice The checkpoint was proven after the incident began. Unix seconds.
    error TargetTooLate(uint256 provenAt, uint256 since);

    /// @notice No claim has this number.
    error UnknownClaim(uint256 id);
    /// @notice The claim was paid before.
    error ClaimAlreadyPaid(uint256 id);
    /// @notice The claim was created after a checkpoint that the state went back to.
    error ClaimVoid(uint256 id);
    /// @notice As much left as may leave in a window; at `availableAt` (unix seconds) there is room again, as things stand.
    error OutflowExhausted(uint256 availableAt);
    /// @notice The claim's delay has not passed.
    error ClaimNotPayable(uint256 id, uint256 payableAt, uint256 blockTimestamp);
    /// @notice Claims wait while the guard is halted. `causes` is a mask of HaltCause bits.
    error GuardHalted(uint256 causes);

    /// @notice Exit cannot begin: no halt is noted, it did not last long enough, it is over, or there is no exit hall.
    error NotExitable();
    /// @notice Only the exit hall may call.
    error NotExitHall(address caller);
    /// @notice The guard is not in Exit.
    error NotInExit();
    /// @notice Exit has begun, or can begin (zero): no proof and no operation is taken any more.
    error ExitBegun(uint256 exitAt);
    /// @notice What would be noted is noted already, or is not so.
    error NothingToNote();
    /// @notice The old liabilities with the batch's valid deposits (derived) are not the new ones with its valid withdrawals (claimed),
    ///         quote units. Likely cause: a fault in the circuit; the state is not taken over.
    error LiabilitiesMismatch(uint256 derived, uint256 claimed);
    /// @notice A maintenance rate rises faster than its parameter allows, or above the initial rate. 20 fractional bits.
    ///         Likely cause: a fault in the circuit; the round is not taken over.
    error MarginStepTooLarge(uint256 market, uint256 rate, uint256 limit);

    /// @notice Only the council may tighten.
    error NotCouncil(address caller);
    /// @notice Only the timelock may lift.
    error NotTimelock(address caller);
    /// @notice A restriction of the market is in force, or was so lately: the next waits after its end as long as it lasted.
    error CouncilMustWait(uint256 market, uint256 until);
    /// @notice The market's last restriction had the same cause.
    error CouncilRepeats(uint256 market, uint256 cause);
}
