// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @title A council member that is a contract: consents to the digests that it was told to. For tests only.
contract ContractMember is IERC1271 {
    mapping(bytes32 digest => bool) public consents;

    function setConsent(bytes32 digest, bool consents_) external {
        consents[digest] = consents_;
    }

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32 hash, bytes calldata) external view returns (bytes4) {
        return consents[hash] ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}
