// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IMarginEngine, Order, Signature} from "../interfaces/IMarginEngine.sol";
import {IHomeostatErrors} from "../interfaces/IHomeostatErrors.sol";
import {Field} from "./Field.sol";

/// @title Writes the words of an operation, each value checked against its bits by name. See OperationWords for the layout.
library OperationEncoding {
    /// @notice w0 and w1 of an operation; the log writes w2.
    function encode(uint256 kind, Order memory o) internal pure returns (uint256[9] memory words) {
        words[0] =
            kind |
            (_fits("market", o.market, 4) << 4) |
            (_fits("accountA", o.accountA, 32) << 8) |
            (_fits("accountB", o.accountB, 32) << 40) |
            (_fits("nonceA", o.nonceA, 40) << 72) |
            (_fits("nonceB", o.nonceB, 40) << 112) |
            (_fits("expiry", o.expiry, 40) << 152);
        words[1] =
            _fits("size", o.size, 40) |
            (_fits("price", o.price, 27) << 40) |
            (_fits("amount", o.amount, 63) << 67);
    }

    /// @notice Puts a signature at words[start..start+2]; 3 is side A's place, 6 side B's.
    function sign(uint256[9] memory words, uint256 start, Signature calldata signature) internal pure {
        if (!Field.contains(signature.r8x)) revert IHomeostatErrors.NotInField("r8x", signature.r8x);
        if (!Field.contains(signature.r8y)) revert IHomeostatErrors.NotInField("r8y", signature.r8y);
        if (!Field.contains(signature.s)) revert IHomeostatErrors.NotInField("s", signature.s);
        (words[start], words[start + 1], words[start + 2]) = (signature.r8x, signature.r8y, signature.s);
    }

    /// @notice Puts owner and key at words[3..5].
    function name(uint256[9] memory words, address owner, uint256 keyX, uint256 keyY) internal pure {
        if (!Field.contains(keyX)) revert IHomeostatErrors.NotInField("keyX", keyX);
        if (!Field.contains(keyY)) revert IHomeostatErrors.NotInField("keyY", keyY);
        (words[3], words[4], words[5]) = (uint256(uint160(owner)), keyX, keyY);
    }

    function _fits(string memory what, uint256 value, uint256 bits) private pure returns (uint256) {
        if (value >> bits != 0) revert IMarginEngine.TooWide(what, value, bits);
        return value;
    }
}
