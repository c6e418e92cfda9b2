// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IExitHall} from "../interfaces/IExitHall.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {AccountOpening, IStateHasher} from "../interfaces/IStateHasher.sol";
import {PriceWord} from "../libraries/PriceWord.sol";
import {StateWords} from "../libraries/StateWords.sol";

/// @title What an account owns, by an opening of the guard's state root.
abstract contract ExitProof is IExitHall {
    uint256 private constant MAX_DEPTH = 32;

    /// @inheritdoc IExitHall
    address public immutable guard;
    /// @inheritdoc IExitHall
    address public immutable hasher;
    /// @inheritdoc IExitHall
    uint256 public immutable depth;

    constructor(address guard_, address hasher_, uint256 depth_) {
        if (hasher_.code.length == 0) revert BadHall("hasher", uint160(hasher_));
        if (depth_ == 0 || depth_ > MAX_DEPTH) revert BadHall("depth", depth_);
        (guard, hasher, depth) = (guard_, hasher_, depth_);
    }

    /// @inheritdoc IExitHall
    function accountValue(AccountOpening calldata opening) public view returns (int256 value) {
        if (opening.path.length != depth || opening.index >> depth != 0) {
            revert WrongPath(opening.index, opening.path.length, depth);
        }
        uint256 provenRoot = IHomeostat(guard).stateRoot();
        uint256 derivedRoot = IStateHasher(hasher).stateRootOf(opening, _insuranceScalar());
        if (derivedRoot != provenRoot) revert NotInState(opening.index, derivedRoot, provenRoot);

        value = opening.quote;
        uint256 lossWord = IHomeostat(guard).lossWord();
        for (uint256 m; m < opening.sizes.length; ++m) {
            int256 size = opening.sizes[m];
            if (size == 0) continue;
            uint256 word = IHomeostat(guard).priceWord(m);
            int256 loss = size > 0 ? StateWords.lossLong(lossWord, m) : StateWords.lossShort(lossWord, m);
            value += size * (int256(PriceWord.mark(word)) - PriceWord.fundingIndex(word) - loss);
        }
    }

    /// @dev The circuit proves the totals word and the state root together.
    function _insuranceScalar() internal view returns (uint256) {
        return StateWords.insurance(IHomeostat(guard).totalsWord());
    }
}
