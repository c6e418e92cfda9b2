// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IGroth16Verifier} from "../../../contracts/interfaces/IGroth16Verifier.sol";

/// @title VERIFIES NOTHING: accepts every proof that comes with enough gas, as generated verifiers refuse good proofs without.
contract HungryVerifier is IGroth16Verifier {
    bool public constant DEV_SETUP = true;
    uint256 private immutable _appetite;

    constructor(uint256 appetite) {
        _appetite = appetite;
    }

    function verifyProof(
        uint256[2] calldata,
        uint256[2][2] calldata,
        uint256[2] calldata,
        uint256[] calldata
    ) external view returns (bool) {
        return gasleft() > _appetite;
    }
}
