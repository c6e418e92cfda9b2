// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {ICouncilHooks} from "./ICouncilHooks.sol";
import {Status} from "./HomeostatTypes.sol";

/// @notice One member's consent: an ECDSA signature of 65 bytes, or what a contract member accepts by ERC-1271.
struct Consent {
    address member;
    bytes signature;
}

/// @title m of n members who may restrict a guard at once, and may end that again only by way of a timelock. Optional: the default
///        deployment has none.
/// @dev Members sign EIP-712 messages of this contract's domain (name "Homeostat SecurityCouncil", version "1"): chain and council are
///      bound by the domain, the guard and the running nonce by the message. Anyone may send what enough members signed.
///      Correctness assumes: fewer than `threshold` members are taken over. If more are, markets can be restricted for at most half of the
///      time (the guard's own rule), and nothing else: no member, and no number of them, can loosen, move money or change a parameter.
interface ISecurityCouncil {
    /// @notice The council restricted a market, or all; `id` names the restriction in a later lift.
    event Tightened(uint256 indexed id, uint256 indexed market, Status level, uint256 durationSec, uint8 cause);
    /// @notice The end of restriction `id` waits in the timelock until `readyAt`, unix seconds; anyone may then execute `operation`.
    event LiftProposed(uint256 indexed id, uint256 indexed market, bytes32 operation, uint256 readyAt);
    /// @notice A waiting lift was withdrawn.
    event LiftCancelled(bytes32 indexed operation);

    /// @notice A constructor parameter is out of its range.
    error BadCouncil(string name, uint256 value);
    /// @notice The message's time has passed.
    error DeadlinePassed(uint256 deadline, uint256 blockTimestamp);
    /// @notice Fewer consents than the threshold.
    error TooFewConsents(uint256 given, uint256 threshold);
    /// @notice Consents come in ascending order of their members' addresses, each member once.
    error NotAscending(address before, address member);
    /// @notice The address is no member of this council.
    error NotMember(address account);
    /// @notice The member did not sign this. Likely cause: another nonce, chain, guard or council than the one signed for.
    error BadConsent(address member, bytes32 digest);
    /// @notice Nothing is restricted that a lift could end, or another restriction came after the one that the lift was proposed for.
    error NotTheLastRestriction(uint256 market, uint256 id, uint256 lastId);

    /// @notice Restricts the guard at once. Uses up the nonce, which becomes the restriction's id.
    /// @custom:reverts DeadlinePassed, TooFewConsents, NotAscending, NotMember, BadConsent, and whatever the guard reverts with
    function tighten(
        uint256 market,
        Status level,
        uint256 durationSec,
        uint8 cause,
        uint256 deadline,
        Consent[] calldata consents
    ) external;

    /// @notice Puts the end of a market's last restriction into the timelock.
    /// @custom:reverts DeadlinePassed, TooFewConsents, NotAscending, NotMember, BadConsent, NotTheLastRestriction
    /// @return operation what the timelock knows it by
    function proposeLift(
        uint256 market,
        uint256 deadline,
        Consent[] calldata consents
    ) external returns (bytes32 operation);

    /// @notice Withdraws a lift that waits.
    /// @custom:reverts DeadlinePassed, TooFewConsents, NotAscending, NotMember, BadConsent, and whatever the timelock reverts with
    function cancelLift(bytes32 operation, uint256 deadline, Consent[] calldata consents) external;

    /// @notice Reverts unless `id` is still the last restriction that touched the market: the first call of each lift, so that a lift
    ///         cannot be kept in store for a later restriction.
    /// @custom:reverts NotTheLastRestriction
    function requireLast(uint256 market, uint256 id) external view;

    /// @notice What the timelock executes for a lift; needed to execute it.
    function liftCalls(
        uint256 market,
        uint256 id
    ) external view returns (address[] memory targets, uint256[] memory values, bytes[] memory payloads);

    /// @notice The guard that obeys this council.
    function guard() external view returns (ICouncilHooks);
    /// @notice Made by this council, which is its only proposer; it has no administrator, and anyone may execute what is ready.
    function timelock() external view returns (TimelockController);
    /// @notice Consents that a message needs.
    function threshold() external view returns (uint256);
    /// @notice Whether an account is a member.
    function isMember(address account) external view returns (bool);
    /// @notice The nonce that the next message must carry; the first is 1.
    function nextNonce() external view returns (uint256);
    /// @notice What members sign for each of the three actions.
    function digestOfTighten(
        uint256 market,
        Status level,
        uint256 durationSec,
        uint8 cause,
        uint256 deadline
    ) external view returns (bytes32);
    /// @notice See digestOfTighten.
    function digestOfProposeLift(uint256 market, uint256 deadline) external view returns (bytes32);
    /// @notice See digestOfTighten.
    function digestOfCancelLift(bytes32 operation, uint256 deadline) external view returns (bytes32);
}
