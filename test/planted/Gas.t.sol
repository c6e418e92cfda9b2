// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {GasTest} from "../solidity/Gas.t.sol";

/// @dev A verifier that needs more than the fixed budget: the guard would reject valid proofs.
/// @custom:fails a proof is never rejected for want of gas
contract PlantedGas is GasTest {
    function _appetite() internal pure override returns (uint256) {
        return 300_000;
    }
}
