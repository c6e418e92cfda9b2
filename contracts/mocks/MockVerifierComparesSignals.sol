// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IGroth16Verifier} from "../interfaces/IGroth16Verifier.sol";

/// @title VERIFIES NOTHING: accepts what its sender expected. For tests of the contracts around it only.
/// @dev Accepts when a[0] is the keccak256 of the public signals, so that a test which computes them on its own pins their order.
///      With a[1] = BURN it uses up all its gas, as a point off the curve does; with EMPTY it answers nothing, as no code does; with
///      TWO it answers 2; HUNGRY refuses unless it is given the gas of four pairings, as real verifiers do; SLOW
///      takes nearly all the gas that it is given, and answers truly.
contract MockVerifierComparesSignals is IGroth16Verifier {
    bool public constant DEV_SETUP = true;
    uint256 public constant BURN = 1;
    uint256 public constant EMPTY = 2;
    uint256 public constant TWO = 3;
    uint256 public constant HUNGRY = 4;
    uint256 public constant SLOW = 5;
    uint256 private constant APPETITE = 190_000;
    uint256 private constant LEFT_BY_SLOW = 5_000;

    /// @inheritdoc IGroth16Verifier
    function verifyProof(
        uint256[2] calldata a,
        uint256[2][2] calldata,
        uint256[2] calldata,
        uint256[] calldata signals
    ) external view returns (bool) {
        bool accepted = a[0] == uint256(keccak256(abi.encodePacked(signals)));
        uint256 behaviour = a[1];
        if (behaviour == HUNGRY) accepted = accepted && gasleft() > APPETITE;
        if (behaviour == SLOW) while (gasleft() > LEFT_BY_SLOW) continue;
        // The same in Solidity: none; these are answers that no Solidity function of this type gives.
        // solhint-disable-next-line no-inline-assembly
        assembly {
            if eq(behaviour, BURN) {
                invalid()
            }
            if eq(behaviour, EMPTY) {
                return(0, 0)
            }
            if eq(behaviour, TWO) {
                mstore(0, 2)
                return(0, 32)
            }
        }
        return accepted;
    }
}
