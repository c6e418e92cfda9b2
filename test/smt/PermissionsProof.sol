// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Status} from "../../contracts/interfaces/HomeostatTypes.sol";
import {OperationWords} from "../../contracts/libraries/OperationWords.sol";
import {Mode, Permissions} from "../../contracts/libraries/Permissions.sol";

/// @title Claims about Permissions, proved for every kind and state by `npm run check:smt`.
contract PermissionsProof {
    /// @dev A worse state never allows more. Claims in Exit are the exception: there they are paid at the ratio that all share.
    function isMonotone(uint256 kind, Status mild, Status severe) external pure {
        if (mild > severe) return;
        if (kind == Permissions.PAY_CLAIM && severe == Status.Exit) return;
        assert(Permissions.modeOf(kind, severe) <= Permissions.modeOf(kind, mild));
    }

    /// @dev Reducing risk, adding collateral, and what leads back to normal are never refused before Exit.
    function waysOutStayOpen(Status status) external pure {
        if (status == Status.Exit) return;
        assert(Permissions.modeOf(OperationWords.TRADE, status) != Mode.Refused);
        assert(Permissions.modeOf(OperationWords.WITHDRAW, status) != Mode.Refused);
        assert(Permissions.modeOf(OperationWords.DEPOSIT, status) == Mode.Allowed);
        assert(Permissions.modeOf(OperationWords.LIQUIDATE, status) == Mode.Allowed);
        assert(Permissions.modeOf(OperationWords.BACKSTOP, status) == Mode.Allowed);
        assert(Permissions.modeOf(OperationWords.RECERTIFY, status) == Mode.Allowed);
        assert(Permissions.modeOf(OperationWords.SET_KEY, status) == Mode.Allowed);
        assert(Permissions.modeOf(OperationWords.SHARE_LOSS, status) == Mode.Allowed);
        assert(Permissions.modeOf(Permissions.PROOF, status) == Mode.Allowed);
    }

    /// @dev Whatever adds risk needs a state without restrictions.
    function riskNeedsNormal(Status status) external pure {
        if (Permissions.modeOf(OperationWords.TRADE, status) == Mode.Allowed) assert(status == Status.Normal);
    }

    /// @dev No money leaves while halted.
    function nothingIsPaidWhileHalted() external pure {
        assert(Permissions.modeOf(Permissions.PAY_CLAIM, Status.Halted) == Mode.Refused);
    }

    /// @dev Exit is final and only for leaving.
    function exitOnlyPaysClaims(uint256 kind) external pure {
        Mode mode = Permissions.modeOf(kind, Status.Exit);
        if (kind == Permissions.PAY_CLAIM) assert(mode == Mode.Restricted);
        else assert(mode == Mode.Refused);
    }

    /// @dev Nobody gets anything by a type that nobody knows.
    function unknownIsRefused(uint256 kind, Status status) external pure {
        if (kind == OperationWords.NOOP || (kind > OperationWords.SHARE_LOSS && kind < Permissions.PROOF))
            assert(Permissions.modeOf(kind, status) == Mode.Refused);
        if (kind > Permissions.PAY_CLAIM) assert(Permissions.modeOf(kind, status) == Mode.Refused);
    }
}
