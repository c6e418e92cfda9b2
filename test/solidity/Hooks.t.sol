// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Groth16Proof} from "../../contracts/interfaces/IGroth16Verifier.sol";
import {Status} from "../../contracts/interfaces/HomeostatTypes.sol";
import {Homeostat} from "../../contracts/Homeostat.sol";
import {HostileEngine} from "../../contracts/mocks/HostileEngine.sol";
import {Disturber} from "./support/Disturber.sol";

/// @title A malicious hook harms nobody: not its own settlement, and no other protocol.
contract HooksTest is Disturber {
    HostileEngine internal hostile;
    Homeostat internal guardOfHostile;

    function setUp() public {
        _deploy();
        token.mint(address(engine), 1000);
        address predicted = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1);
        hostile = new HostileEngine(predicted);
        guardOfHostile = _deployGuard(address(hostile));
    }

    function testFuzz_theSettlementStands(uint256 mood, bytes calldata reentry) external {
        hostile.setMood(HostileEngine.Mood(mood % 3)); // honest, reverts, burns all its gas
        hostile.setReentry(reentry);
        _settleHostile();
        _requireEqual(guardOfHostile.settled(), 1, "a hook cannot undo a settlement");
    }

    function testFuzz_othersGoOn(uint256 mood) external {
        hostile.setMood(HostileEngine.Mood(mood % 4));
        _requireOthersGoOn();
    }

    /// @dev Every market of every guard but the hostile one's.
    function _requireOthersGoOn() internal virtual {
        vm.warp(_now() + 12);
        _submitRound();
        _settleAll(0);
        for (uint256 m; m < MARKETS; ++m) _require(_other().status(m) == Status.Normal, "other markets go on");
    }

    function _other() internal view virtual returns (Homeostat) {
        return guard;
    }

    function _settleHostile() private {
        uint256[9] memory words;
        vm.recordLogs();
        hostile.log(words);
        _collectOperations();
        uint256[9][] memory batch = new uint256[9][](1);
        batch[0] = _operations[_operations.length - 1];
        Groth16Proof memory proof;
        guardOfHostile.settleBatch(_batchUpdate(0xffff, 0), batch, proof);
    }
}
