// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

/// @title An uptime feed that answers any words, at any length, or reverts. For tests only.
contract UptimeFeedDouble {
    error Refused();

    uint256[] private _answer;
    bool private _refusing;

    /// @notice The words of the next answers, as they are; a sound feed gives five.
    function setAnswer(uint256[] calldata answer) external {
        (_answer, _refusing) = (answer, false);
    }

    function setRefusing() external {
        _refusing = true;
    }

    // solhint-disable-next-line no-complex-fallback
    fallback(bytes calldata) external returns (bytes memory answer) {
        if (_refusing) revert Refused();
        for (uint256 i; i < _answer.length; ++i) answer = abi.encodePacked(answer, _answer[i]);
    }
}
