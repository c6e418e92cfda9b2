// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Groth16Proof, IGroth16Verifier} from "../interfaces/IGroth16Verifier.sol";
import {IHomeostatErrors} from "../interfaces/IHomeostatErrors.sol";

/// @title Asks a verifier with a fixed amount of gas.
/// @dev A verifier that runs short of gas answers false for a valid proof, and one that is given a point off the curve burns all it
///      has. So the amount is fixed, and whoever sends less is told so before anything is judged.
library ProofCheck {
    /// @dev Four pairings cost 181,000 (EIP-1108); the rest is the verifier's own work, measured in test/contracts/gas.test.ts.
    uint256 internal constant BASE_GAS = 200_000;
    /// @dev One multiplication and addition of points cost 6,150, the rest is memory and copying of a signal.
    uint256 internal constant SIGNAL_GAS = 7_500;
    /// @dev What must remain after the call, so that a valid proof is not lost in the last lines.
    uint256 internal constant RESERVE_GAS = 30_000;

    /// @notice Whether the verifier accepts.
    /// @custom:reverts NotEnoughGas before the call when the gas left does not cover it
    function isAccepted(
        address verifier,
        Groth16Proof calldata proof,
        uint256[] memory signals
    ) internal view returns (bool) {
        bytes memory call = abi.encodeCall(IGroth16Verifier.verifyProof, (proof.a, proof.b, proof.c, signals));
        uint256 budget = BASE_GAS + SIGNAL_GAS * signals.length;
        uint256 needed = budget + budget / 63 + RESERVE_GAS;
        if (gasleft() < needed) revert IHomeostatErrors.NotEnoughGas(gasleft(), needed);

        (bool success, bytes memory answer) = verifier.staticcall{gas: budget}(call);
        return success && answer.length == 32 && abi.decode(answer, (uint256)) == 1;
    }
}
