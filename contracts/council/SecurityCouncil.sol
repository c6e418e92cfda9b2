// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {ICouncilHooks} from "../interfaces/ICouncilHooks.sol";
import {Consent, ISecurityCouncil} from "../interfaces/ISecurityCouncil.sol";
import {Status} from "../interfaces/HomeostatTypes.sol";
import {CouncilMembers} from "./CouncilMembers.sol";

/// @title The council's three actions. See ISecurityCouncil.
/// @dev The council schedules nothing but lifts of its own restrictions: so nobody can ever make the timelock change its delay or its
///      roles, though the timelock would obey such a call from itself.
contract SecurityCouncil is ISecurityCouncil, CouncilMembers {
    /// @notice Least delay of a lift, seconds. Long enough to be noticed, shorter than the longest restriction: so a lift can matter.
    uint256 public constant MIN_LIFT_DELAY_SEC = 6 hours;
    uint256 private constant MAX_LIFT_DELAY_SEC = 30 days;
    uint256 private constant ALL_MARKETS = type(uint256).max;

    // type strings of EIP-712 are hashed when compiled
    // solhint-disable gas-small-strings
    bytes32 private constant TIGHTEN_TYPE = keccak256(
        "Tighten(address guard,uint256 market,uint8 level,uint256 durationSec,uint8 cause,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant PROPOSE_LIFT_TYPE = keccak256(
        "ProposeLift(address guard,uint256 market,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant CANCEL_LIFT_TYPE = keccak256(
        "CancelLift(address guard,bytes32 operation,uint256 nonce,uint256 deadline)"
    );

    /// @inheritdoc ISecurityCouncil
    ICouncilHooks public immutable guard;
    /// @inheritdoc ISecurityCouncil
    TimelockController public immutable timelock;

    /* storage, after the members': last restriction of any market | last restriction by market or ALL_MARKETS */
    uint256 private _lastOfAny;
    mapping(uint256 market => uint256 id) private _lastOf;

    /// @param members ascending, each once; at most 32
    /// @param threshold_ consents that an action needs; at least 2
    /// @param liftDelaySec delay of the timelock, which is made here; between the floor and 30 days
    constructor(
        ICouncilHooks guard_,
        address[] memory members,
        uint256 threshold_,
        uint256 liftDelaySec
    ) CouncilMembers(members, threshold_) {
        if (address(guard_) == address(0)) revert BadCouncil("guard", 0);
        if (liftDelaySec < MIN_LIFT_DELAY_SEC || liftDelaySec > MAX_LIFT_DELAY_SEC) {
            revert BadCouncil("liftDelaySec", liftDelaySec);
        }
        guard = guard_;
        address[] memory proposers = new address[](1);
        proposers[0] = address(this);
        timelock = new TimelockController(liftDelaySec, proposers, new address[](1), address(0)); // executor 0: anyone
    }

    /* --- the three actions --- */

    /// @inheritdoc ISecurityCouncil
    function tighten(
        uint256 market,
        Status level,
        uint256 durationSec,
        uint8 cause,
        uint256 deadline,
        Consent[] calldata consents
    ) external {
        uint256 id = _useNonce(digestOfTighten(market, level, durationSec, cause, deadline), deadline, consents);
        (_lastOfAny, _lastOf[market]) = (id, id);
        emit Tightened(id, market, level, durationSec, cause);
        guard.tighten(market, level, durationSec, cause);
    }

    /// @inheritdoc ISecurityCouncil
    function proposeLift(
        uint256 market,
        uint256 deadline,
        Consent[] calldata consents
    ) external returns (bytes32 operation) {
        uint256 nonce = _useNonce(digestOfProposeLift(market, deadline), deadline, consents);
        uint256 id = _lastTouching(market);
        requireLast(market, id);
        uint256 delaySec = timelock.getMinDelay(); // as constructed: nobody can change it

        (address[] memory targets, uint256[] memory values, bytes[] memory payloads) = liftCalls(market, id);
        operation = timelock.hashOperationBatch(targets, values, payloads, 0, bytes32(nonce));
        emit LiftProposed(id, market, operation, block.timestamp + delaySec);
        timelock.scheduleBatch(targets, values, payloads, 0, bytes32(nonce), delaySec);
    }

    /// @inheritdoc ISecurityCouncil
    function cancelLift(bytes32 operation, uint256 deadline, Consent[] calldata consents) external {
        _useNonce(digestOfCancelLift(operation, deadline), deadline, consents);
        emit LiftCancelled(operation);
        timelock.cancel(operation);
    }

    /* --- views --- */

    /// @inheritdoc ISecurityCouncil
    function requireLast(uint256 market, uint256 id) public view {
        uint256 last = market == ALL_MARKETS ? _lastOfAny : _lastTouching(market);
        if (id == 0 || id != last) revert NotTheLastRestriction(market, id, last);
    }

    /// @inheritdoc ISecurityCouncil
    function liftCalls(
        uint256 market,
        uint256 id
    ) public view returns (address[] memory targets, uint256[] memory values, bytes[] memory payloads) {
        (targets, values, payloads) = (new address[](2), new uint256[](2), new bytes[](2));
        (targets[0], payloads[0]) = (address(this), abi.encodeCall(ISecurityCouncil.requireLast, (market, id)));
        (targets[1], payloads[1]) = (address(guard), abi.encodeCall(ICouncilHooks.lift, (market)));
    }

    /// @inheritdoc ISecurityCouncil
    function digestOfTighten(
        uint256 market,
        Status level,
        uint256 durationSec,
        uint8 cause,
        uint256 deadline
    ) public view returns (bytes32) {
        return _digest(abi.encode(TIGHTEN_TYPE, guard, market, level, durationSec, cause, nextNonce(), deadline));
    }

    /// @inheritdoc ISecurityCouncil
    function digestOfProposeLift(uint256 market, uint256 deadline) public view returns (bytes32) {
        return _digest(abi.encode(PROPOSE_LIFT_TYPE, guard, market, nextNonce(), deadline));
    }

    /// @inheritdoc ISecurityCouncil
    function digestOfCancelLift(bytes32 operation, uint256 deadline) public view returns (bytes32) {
        return _digest(abi.encode(CANCEL_LIFT_TYPE, guard, operation, nextNonce(), deadline));
    }

    function _lastTouching(uint256 market) private view returns (uint256) {
        (uint256 own, uint256 all) = (_lastOf[market], _lastOf[ALL_MARKETS]);
        return own > all ? own : all;
    }
}
