// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @notice A Groth16 proof over BN254. `b` is in the order of the EVM's pairing precompile: imaginary part first.
struct Groth16Proof {
    uint256[2] a;
    uint256[2][2] b;
    uint256[2] c;
}

/// @title A generated verifier of one circuit under one key.
/// @dev Correctness assumes: at least one contributor of the key's setup was honest; the code is the one whose hash the guard pinned.
interface IGroth16Verifier {
    /// @notice Whether the proof holds for the public signals, in the order in which the circuit declares them.
    /// @dev False for a signal outside the field, a wrong number of signals, a point off the curve, and also for a lack of gas:
    ///      a caller must treat false as "nothing was shown", never as "the state is bad".
    function verifyProof(
        uint256[2] calldata a,
        uint256[2][2] calldata b,
        uint256[2] calldata c,
        uint256[] calldata signals
    ) external view returns (bool);
}
