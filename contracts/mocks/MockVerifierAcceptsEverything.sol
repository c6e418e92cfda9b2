// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IGroth16Verifier} from "../interfaces/IGroth16Verifier.sol";

/// @title ACCEPTS EVERY PROOF. For tests of the contracts around it only: whoever deploys it has no guard at all.
/// @dev Marked as a development setup, so that deployHomeostat refuses it on any public chain. A proof whose a[0] is REJECT is
///      rejected; one whose a[0] is BURN uses up all its gas, as a point off the curve does.
contract MockVerifierAcceptsEverything is IGroth16Verifier {
    bool public constant DEV_SETUP = true;
    uint256 public constant REJECT = 0xbad;
    uint256 public constant BURN = 0xb0b0;

    /// @inheritdoc IGroth16Verifier
    function verifyProof(
        uint256[2] calldata a,
        uint256[2][2] calldata,
        uint256[2] calldata,
        uint256[] calldata
    ) external pure returns (bool) {
        if (a[0] == BURN) {
            // solhint-disable-next-line no-inline-assembly
            assembly {
                invalid()
            }
        }
        return a[0] != REJECT;
    }
}
