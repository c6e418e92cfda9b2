// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A token that misbehaves as told. For tests only.
contract HostileToken is ERC20 {
    enum Mood {
        Honest,
        FeeOnTransfer,
        BalanceReverts,
        BalanceBurnsGas,
        BalanceAnswersNothing,
        BalanceBomb,
        TransferReverts,
        CallsBack
    }

    error Refused();

    Mood public mood;
    address public target;
    bytes public payload;
    bool public callbackSucceeded;
    bytes public callbackAnswer;

    constructor() ERC20("Hostile", "HOST") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function setMood(Mood mood_) external {
        mood = mood_;
    }

    /// @notice What a transfer calls in the mood CallsBack.
    function setCallback(address target_, bytes calldata payload_) external {
        (mood, target, payload) = (Mood.CallsBack, target_, payload_);
    }

    function balanceOf(address account) public view override returns (uint256) {
        if (mood == Mood.BalanceReverts) revert Refused();
        // The same in Solidity: none; these are answers that no Solidity function of this type gives.
        if (mood == Mood.BalanceBurnsGas) {
            // solhint-disable-next-line no-inline-assembly
            assembly {
                invalid()
            }
        }
        if (mood == Mood.BalanceAnswersNothing) {
            // solhint-disable-next-line no-inline-assembly
            assembly {
                return(0, 0)
            }
        }
        if (mood == Mood.BalanceBomb) {
            // solhint-disable-next-line no-inline-assembly
            assembly {
                return(0, 20000)
            }
        }
        return super.balanceOf(account);
    }

    function _update(address from, address to, uint256 value) internal override {
        if (mood == Mood.TransferReverts && from != address(0)) revert Refused();
        if (mood == Mood.FeeOnTransfer && from != address(0)) {
            super._update(from, address(this), 1);
            value -= 1;
        }
        if (mood == Mood.CallsBack && from != address(0)) {
            mood = Mood.Honest;
            // solhint-disable-next-line avoid-low-level-calls
            (callbackSucceeded, callbackAnswer) = target.call(payload);
        }
        super._update(from, to, value);
    }
}
