// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IHomeostatErrors} from "../interfaces/IHomeostatErrors.sol";
import {Field} from "../libraries/Field.sol";

/// @title Poseidon over BN254 with circomlib's constants, for any width from five whose table is given. See PoseidonTable.
/// @dev One routine for all widths t = inputs + 1, its first five elements unrolled: 4 full rounds, partial rounds with sparse matrices, 4 full rounds. The order of
///      constants in the table is the order of their use, so that one pointer runs through it. Equal to the model's hasher by test
///      (test/contracts/exit/poseidon.test.ts), which prints the gas.
library Poseidon {
    /// @notice Hash of the inputs.
    /// @custom:reverts NotInField for an input at or above the field's order: it would have a twin with the same hash
    function hash(uint256[] memory table, uint256[] memory inputs) internal pure returns (uint256 digest) {
        for (uint256 i; i < inputs.length; ++i) {
            if (!Field.contains(inputs[i])) revert IHomeostatErrors.NotInField("poseidon", inputs[i]);
        }
        uint256 order = Field.ORDER;
        // Assembly for its cost: in Solidity each of some 700 table reads pays a bounds check, three times the gas in all.
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            // x^5 + constant, for each element of the state
            function substitute(state, row, constants, p) {
                for {
                    let end := add(state, row)
                } lt(state, end) {
                    state := add(state, 0x20)
                } {
                    let x := mload(state)
                    let square := mulmod(x, x, p)
                    mstore(state, addmod(mulmod(mulmod(square, square, p), x, p), mload(constants), p))
                    constants := add(constants, 0x20)
                }
            }
            // sum of state[j] * factors[j]; four products below p fit a word, the rest is reduced one by one
            function dot(state, row, factors, p) -> sum {
                sum := mulmod(mload(state), mload(factors), p)
                sum := add(sum, mulmod(mload(add(state, 0x20)), mload(add(factors, 0x20)), p))
                sum := add(sum, mulmod(mload(add(state, 0x40)), mload(add(factors, 0x40)), p))
                sum := add(sum, mulmod(mload(add(state, 0x60)), mload(add(factors, 0x60)), p))
                sum := addmod(sum, mulmod(mload(add(state, 0x80)), mload(add(factors, 0x80)), p), p)
                for {
                    let i := 0xa0
                } lt(i, row) {
                    i := add(i, 0x20)
                } {
                    sum := addmod(sum, mulmod(mload(add(state, i)), mload(add(factors, i)), p), p)
                }
            }
            // sum + state[i] * factors[0]; state[i] += first * factors[1]
            function update(state, first, sum, factors, p) -> newSum {
                let x := mload(state)
                newSum := addmod(sum, mulmod(x, mload(factors), p), p)
                mstore(state, addmod(x, mulmod(first, mload(add(factors, 0x20)), p), p))
            }
            // result[i] = dot of the state with row i of the matrix
            function mix(state, result, row, matrix, p) {
                for {
                    let end := add(result, row)
                } lt(result, end) {
                    result := add(result, 0x20)
                } {
                    mstore(result, dot(state, row, matrix, p))
                    matrix := add(matrix, row)
                }
            }

            let width := add(mload(inputs), 1)
            let row := mul(0x20, width)
            let matrix := add(table, 0x20)
            let sparse := add(matrix, mul(row, width))
            let constants := add(sparse, mul(row, width))
            let state := mload(0x40) // beyond the free memory pointer: nothing is kept
            let other := add(state, row)

            // capacity 0, then the inputs, each with its first constant
            mstore(state, mload(constants))
            for {
                let i := 0x20
            } lt(i, row) {
                i := add(i, 0x20)
            } {
                mstore(add(state, i), addmod(mload(add(inputs, i)), mload(add(constants, i)), order))
            }
            constants := add(constants, row)

            for {
                let end := add(constants, mul(3, row))
            } lt(constants, end) {
                constants := add(constants, row)
            } {
                substitute(state, row, constants, order)
                mix(state, other, row, matrix, order)
                let swapped := state
                state := other
                other := swapped
            }
            substitute(state, row, constants, order)
            mix(state, other, row, sparse, order)
            constants := add(constants, row)
            {
                let swapped := state
                state := other
                other := swapped
            }

            // partial rounds: the first element alone is substituted; constant, own factor, then two factors an element
            let stateEnd := add(state, row)
            for {
                let end := sub(add(matrix, mul(0x20, mload(table))), mul(4, row))
            } lt(constants, end) {} {
                let x := mload(state)
                let first := mulmod(x, x, order)
                first := addmod(mulmod(mulmod(first, first, order), x, order), mload(constants), order)
                let sum := mulmod(first, mload(add(constants, 0x20)), order)
                sum := update(add(state, 0x20), first, sum, add(constants, 0x40), order)
                sum := update(add(state, 0x40), first, sum, add(constants, 0x80), order)
                sum := update(add(state, 0x60), first, sum, add(constants, 0xc0), order)
                sum := update(add(state, 0x80), first, sum, add(constants, 0x100), order)
                constants := add(constants, 0x140)
                for {
                    let at := add(state, 0xa0)
                } lt(at, stateEnd) {
                    at := add(at, 0x20)
                } {
                    sum := update(at, first, sum, constants, order)
                    constants := add(constants, 0x40)
                }
                mstore(state, sum)
            }

            for {
                let end := add(constants, mul(3, row))
            } lt(constants, end) {
                constants := add(constants, row)
            } {
                substitute(state, row, constants, order)
                mix(state, other, row, matrix, order)
                let swapped := state
                state := other
                other := swapped
            }
            substitute(state, row, constants, order) // the last round's constants are zeros
            digest := dot(state, row, matrix, order)
        }
    }
}
