// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {OperationWords} from "../../../contracts/libraries/OperationWords.sol";
import {Prover} from "./Prover.sol";
import {Words} from "./Words.sol";

/// @title What everybody owns and is owed, kept by hand beside the guard as an honest circuit would keep it. Quote units.
abstract contract Ledger is Prover {
    uint256 internal constant ACTORS = 3;

    struct Books {
        uint256[ACTORS + 1] balances; // by account; zero is the insurance account's
        uint256[ACTORS + 1] owed; // claims that proven batches of the standing branch created, by account of their owner
        uint256 liabilities;
    }

    Books internal _books;

    function _actor(uint256 seed) internal pure returns (address) {
        return address(uint160(0xA11CE + (seed % ACTORS)));
    }

    /// @dev Judges the operations in order. `nullify` is a mask of deposits that fail.
    /// @return valid mask, and the books afterwards
    function _judge(
        uint256[9][] memory batch,
        uint256 nullify
    ) internal view returns (uint256 valid, Books memory books) {
        books = _books;
        valid = 0xffff;
        for (uint256 i; i < batch.length; ++i) {
            uint256 account = Words.account(batch[i]);
            uint256 amount = Words.amount(batch[i]);
            if (Words.kind(batch[i]) == OperationWords.DEPOSIT) {
                if ((nullify >> i) & 1 == 1) {
                    valid ^= 1 << i;
                    books.owed[account] += amount;
                } else {
                    books.balances[account] += amount;
                    books.liabilities += amount;
                }
            } else if (Words.kind(batch[i]) == OperationWords.WITHDRAW) {
                if (amount > books.balances[account]) {
                    valid ^= 1 << i;
                } else {
                    books.balances[account] -= amount;
                    books.liabilities -= amount;
                    books.owed[account] += amount;
                }
            }
        }
    }

    function _owedTotal() internal view returns (uint256 sum) {
        for (uint256 i; i <= ACTORS; ++i) sum += _books.owed[i];
    }
}
