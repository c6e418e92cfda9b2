/** How a contract asks which of its mutants is switched on. */

/** Its balance, in wei, is the number of the mutant that is switched on; 0 for none. */
export const CHOICE_ADDRESS = "0xc40ce0c40ce0c40ce0c40ce0c40ce0c40ce0c40c";

export const SWITCH_FILE = "mutation/Mutation.sol";

/** A balance outlives deployments and calls, and comes back with each snapshot that was taken after it was set. */
export const SWITCH_SOURCE = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

library Mutation {
    function chosen(uint256 number) internal pure returns (bool) {
        return _asPure(_choice)() == number;
    }

    function within(uint256 first, uint256 last) internal pure returns (bool) {
        uint256 choice = _asPure(_choice)();
        return first <= choice && choice <= last;
    }

    function _choice() private view returns (uint256) {
        return address(${`uint160(${BigInt(CHOICE_ADDRESS)})`}).balance;
    }

    function _asPure(function() internal view returns (uint256) given) private pure returns (function() internal pure returns (uint256) taken) {
        assembly ("memory-safe") {
            taken := given
        }
    }
}
`;
