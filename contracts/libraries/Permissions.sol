// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Status} from "../interfaces/HomeostatTypes.sol";
import {OperationWords} from "./OperationWords.sol";

/// @notice How something may happen. Restricted: a Trade that reduces both sides, a Withdraw of an account without positions, a claim
///         at the ratio that all share.
enum Mode {
    Refused,
    Restricted,
    Allowed
}

/// @title What may happen in which state. Reducing risk, adding collateral and proofs are open in every state but Exit.
/// @dev Pure and total: proven monotone (a worse state never allows more) by the SMT harness of the tests.
library Permissions {
    /// @dev Actions of the guard, beside the types of operations.
    uint256 internal constant PROOF = 16;
    uint256 internal constant PAY_CLAIM = 17;

    /// @param kind a type of operation (OperationWords), PROOF or PAY_CLAIM
    /// @param status of the market for a Trade, of the whole protocol for everything else
    function modeOf(uint256 kind, Status status) internal pure returns (Mode) {
        if (status == Status.Exit) return kind == PAY_CLAIM ? Mode.Restricted : Mode.Refused;
        if (kind == OperationWords.TRADE) return status == Status.Normal ? Mode.Allowed : Mode.Restricted;
        if (kind == OperationWords.WITHDRAW) return status == Status.Halted ? Mode.Restricted : Mode.Allowed;
        if (kind == PAY_CLAIM) return status == Status.Halted ? Mode.Refused : Mode.Allowed;
        bool known = (kind > OperationWords.NOOP && kind <= OperationWords.SHARE_LOSS) || kind == PROOF;
        return known ? Mode.Allowed : Mode.Refused;
    }
}
