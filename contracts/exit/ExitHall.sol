// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IExitDeposits} from "../interfaces/IExitDeposits.sol";
import {IExitHall} from "../interfaces/IExitHall.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {AccountOpening} from "../interfaces/IStateHasher.sol";
import {StateWords} from "../libraries/StateWords.sol";
import {ExitDeposits} from "./ExitDeposits.sol";
import {ExitProof} from "./ExitProof.sol";

/// @title Pays everyone out of a guard in Exit, all at one ratio. See IExitHall.
contract ExitHall is ExitDeposits {
    /// @inheritdoc IExitHall
    uint256 public backed;
    /// @inheritdoc IExitHall
    uint256 public owed;

    constructor(address guard_, address hasher_, uint256 depth_) ExitProof(guard_, hasher_, depth_) {}

    /// @inheritdoc IExitHall
    function open() external whileShowing {
        uint256 earliest = opensAt();
        if (block.timestamp < earliest) revert TooEarly(earliest, block.timestamp);
        if (!insuranceShown) revert InsuranceNotShown();

        IHomeostat homeostat = IHomeostat(guard);
        uint256 assets = IERC20(homeostat.token()).balanceOf(homeostat.engine());
        isOpen = true;
        owed = _owed(homeostat);
        backed = Math.min(assets, owed);
        emit Opened(backed, owed);
    }

    /// @inheritdoc IExitHall
    function exit(AccountOpening calldata opening) external {
        uint256 account = opening.index;
        if (account == INSURANCE_ACCOUNT) revert WrongAccount(account);
        int256 value = accountValue(opening);
        if (value <= 0) revert NothingOwed(account, value);
        uint256 paid = shareOf(uint256(value));
        _finish(account);
        emit AccountLeft(account, opening.owner, uint256(value), paid);
        IHomeostat(guard).payExit(opening.owner, paid);
    }

    /// @inheritdoc IExitDeposits
    function exitDeposit(bytes32 head) external {
        (address to, uint256 amount) = _takeDeposit(head);
        uint256 paid = shareOf(amount);
        emit DepositReturned(head, to, amount, paid);
        IHomeostat(guard).payExit(to, paid);
    }

    /// @inheritdoc IExitHall
    function shareOf(uint256 amount) public view returns (uint256) {
        if (!isOpen) revert HallNotOpen();
        return owed == 0 ? amount : Math.mulDiv(amount, backed, owed);
    }

    /// @inheritdoc IExitHall
    function opensAt() public view returns (uint256) {
        uint256 enteredAt = IHomeostat(guard).exitAt();
        if (enteredAt == 0) revert ExitNotEntered();
        return enteredAt + IHomeostat(guard).exitShareSec();
    }

    /// @dev Accounts but the insurance account own liabilities - insurance value in sum; those with something own the losses more.
    ///      Not positive only when losses were left out: then nothing is known to be owed, and each is paid in full.
    function _owed(IHomeostat homeostat) private view returns (uint256) {
        uint256 liabilities = StateWords.liabilities(homeostat.totalsWord());
        uint256 sum = liabilities + losses + deposits + homeostat.unpaidClaims();
        int256 rest = int256(sum) - insuranceValue;
        return rest > 0 ? uint256(rest) : 0;
    }
}
