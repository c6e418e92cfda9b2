// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Homeostat} from "../../contracts/Homeostat.sol";
import {HooksTest} from "../solidity/Hooks.t.sol";

/// @dev The hostile engine's own guard in the place of the other one: a log that cannot be read halts it.
/// @custom:fails other markets go on
contract PlantedHooks is HooksTest {
    function _other() internal view override returns (Homeostat) {
        return guardOfHostile;
    }
}
