// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {Bindings, GenesisState, Limits, Shape} from "./interfaces/HomeostatTypes.sol";
import {GuardBase} from "./guard/GuardBase.sol";
import {Rollback} from "./guard/Rollback.sol";
import {RoundGate} from "./guard/RoundGate.sol";

/// @title The guard of one protocol: no owner, no upgrade, no parameter that can change.
/// @dev RoundGate accepts prices, BatchGate settles operations, Rollback takes them back, ClaimBook pays, GuardStatus answers. See IHomeostat for what is assumed.
contract Homeostat is RoundGate, Rollback {
    constructor(
        Bindings memory bound,
        Shape memory shape,
        Limits memory limits,
        GenesisState memory genesis
    ) GuardBase(bound, shape, limits, genesis) {}
}
