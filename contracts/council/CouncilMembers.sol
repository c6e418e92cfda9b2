// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Consent, ISecurityCouncil} from "../interfaces/ISecurityCouncil.sol";

/// @title Who the members are, and whether enough of them signed. Fixed for ever.
/// @dev One nonce for all actions, used up one by one: a signed message is good once, here, in its turn, until its deadline.
abstract contract CouncilMembers is ISecurityCouncil, EIP712 {
    uint256 private constant MIN_THRESHOLD = 2;
    uint256 private constant MAX_MEMBERS = 32;

    /// @inheritdoc ISecurityCouncil
    uint256 public immutable threshold;

    /* storage: members | messages used */
    /// @inheritdoc ISecurityCouncil
    mapping(address account => bool member) public isMember;
    uint256 private _used;

    constructor(address[] memory members, uint256 threshold_) EIP712("Homeostat SecurityCouncil", "1") {
        if (members.length > MAX_MEMBERS) revert BadCouncil("members", members.length);
        if (threshold_ < MIN_THRESHOLD || threshold_ > members.length) revert BadCouncil("threshold", threshold_);
        threshold = threshold_;
        address before; // the zero address is no member
        for (uint256 i; i < members.length; ++i) {
            if (members[i] <= before) revert NotAscending(before, members[i]);
            before = members[i];
            isMember[before] = true;
        }
    }

    /// @inheritdoc ISecurityCouncil
    function nextNonce() public view returns (uint256) {
        return _used + 1;
    }

    function _digest(bytes memory message) internal view returns (bytes32) {
        return _hashTypedDataV4(keccak256(message));
    }

    /// @dev Checks that enough members signed the digest, and uses up the nonce in it.
    /// @return nonce the one used
    function _useNonce(bytes32 digest, uint256 deadline, Consent[] calldata consents) internal returns (uint256 nonce) {
        if (deadline < block.timestamp) revert DeadlinePassed(deadline, block.timestamp);
        if (consents.length < threshold) revert TooFewConsents(consents.length, threshold);
        nonce = ++_used; // before the members' contracts are asked; they are asked by static calls anyway
        address before;
        for (uint256 i; i < consents.length; ++i) {
            address member = consents[i].member;
            if (member <= before) revert NotAscending(before, member);
            if (!isMember[member]) revert NotMember(member);
            if (!SignatureChecker.isValidSignatureNowCalldata(member, digest, consents[i].signature)) {
                revert BadConsent(member, digest);
            }
            before = member;
        }
    }
}
