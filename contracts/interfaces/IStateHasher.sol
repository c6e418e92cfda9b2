// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @notice One level of an account's path, from the leaf up.
/// @param siblingHash,siblingBox the node beside the path's
/// @param parentBox box of the node above both
struct PathStep {
    uint256 siblingHash;
    uint256 siblingBox;
    uint256 parentBox;
}

/// @notice An account with what proves its place in a state root: enough for anyone who knows the proven accounts.
/// @param index leaf of the tree; bit i, the lowest first, says that the path's node at level i is a right child
/// @param owner,nonce,quote,keyX,keyY,sizes the account; quote units and lots, signed
/// @param box the account's own certificate
/// @param sumQuote,marketsHash the rest of what the state root holds
struct AccountOpening {
    uint256 index;
    address owner;
    uint40 nonce;
    int64 quote;
    int128 sumQuote;
    uint256 keyX;
    uint256 keyY;
    uint256 box;
    uint256 marketsHash;
    int64[] sizes;
    PathStep[] path;
}

/// @title Recomputes a state root from an opening, as the circuit does. Without state: one serves any number of guards.
interface IStateHasher {
    /// @notice The opening has another number of sizes than the hasher has markets.
    error WrongMarkets(uint256 given, uint256 wanted);

    /// @notice The state root that the opening belongs to, if it belongs to any.
    /// @param insurance quote units, the other part of the state root
    /// @custom:reverts WrongMarkets, NotInField
    function stateRootOf(AccountOpening calldata opening, uint256 insurance) external view returns (uint256);

    /// @notice Number of markets of the accounts that it hashes.
    function markets() external view returns (uint256);
}
