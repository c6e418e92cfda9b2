// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {AccountOpening, IStateHasher, PathStep} from "../interfaces/IStateHasher.sol";
import {Field} from "../libraries/Field.sol";
import {Poseidon} from "./Poseidon.sol";
import {PoseidonTable} from "./PoseidonTable.sol";

/// @title Poseidon over accounts, nodes and states of the tree. See IStateHasher.
contract StateHasher is IStateHasher {
    using PoseidonTable for uint256[];

    uint256 private constant NODE_INPUTS = 4;
    uint256 private constant ROOT_INPUTS = 5;
    /// @dev Before the sizes: owner, keyX, keyY, nonce, quote.
    uint256 private constant ACCOUNT_INPUTS = 5;

    /// @inheritdoc IStateHasher
    uint256 public immutable markets;
    address private immutable _nodePage;
    address private immutable _rootPage;
    address private immutable _rootPage2;
    address private immutable _accountPage;
    address private immutable _accountPage2;

    /// @param nodePage,rootPages,accountPages data contracts with the tables of 4, 5 and 5 + markets inputs; checked here
    constructor(uint256 markets_, address nodePage, address[2] memory rootPages, address[2] memory accountPages) {
        markets = markets_;
        _nodePage = nodePage;
        (_rootPage, _rootPage2) = (rootPages[0], rootPages[1]);
        (_accountPage, _accountPage2) = (accountPages[0], accountPages[1]);

        uint256[] memory table = new uint256[](PoseidonTable.MAX_WORDS);
        table.load(nodePage, address(0));
        table.check(NODE_INPUTS + 1);
        table.load(rootPages[0], rootPages[1]);
        table.check(ROOT_INPUTS + 1);
        table.load(accountPages[0], accountPages[1]);
        table.check(ACCOUNT_INPUTS + markets_ + 1);
    }

    /// @inheritdoc IStateHasher
    function stateRootOf(AccountOpening calldata opening, uint256 insurance) external view returns (uint256) {
        if (opening.sizes.length != markets) revert WrongMarkets(opening.sizes.length, markets);
        uint256[] memory table = new uint256[](PoseidonTable.MAX_WORDS); // one place for all three
        table.load(_accountPage, _accountPage2);
        uint256 hash = Poseidon.hash(table, _accountInputs(opening));
        table.load(_nodePage, address(0));
        uint256 box;
        (hash, box) = _climb(table, hash, opening.box, opening.index, opening.path);

        table.load(_rootPage, _rootPage2);
        uint256[] memory inputs = new uint256[](ROOT_INPUTS);
        (inputs[0], inputs[1]) = (hash, box);
        (inputs[2], inputs[3], inputs[4]) = (_toField(opening.sumQuote), insurance, opening.marketsHash);
        return Poseidon.hash(table, inputs);
    }

    function _accountInputs(AccountOpening calldata opening) private view returns (uint256[] memory inputs) {
        inputs = new uint256[](ACCOUNT_INPUTS + markets);
        inputs[0] = uint160(opening.owner);
        (inputs[1], inputs[2]) = (opening.keyX, opening.keyY);
        (inputs[3], inputs[4]) = (opening.nonce, _toField(opening.quote));
        for (uint256 m; m < markets; ++m) inputs[ACCOUNT_INPUTS + m] = _toField(opening.sizes[m]);
    }

    /// @dev A parent's hash holds both children's boxes; its own box is held by the next hash, the last one by the state root.
    function _climb(
        uint256[] memory table,
        uint256 hash,
        uint256 box,
        uint256 index,
        PathStep[] calldata path
    ) private pure returns (uint256, uint256) {
        uint256[] memory inputs = new uint256[](NODE_INPUTS);
        for (uint256 level; level < path.length; ++level) {
            PathStep calldata step = path[level];
            uint256 right = (index >> level) & 1;
            (inputs[right], inputs[1 - right]) = (hash, step.siblingHash);
            (inputs[2 + right], inputs[3 - right]) = (box, step.siblingBox);
            (hash, box) = (Poseidon.hash(table, inputs), step.parentBox);
        }
        return (hash, box);
    }

    function _toField(int256 value) private pure returns (uint256) {
        return value < 0 ? Field.ORDER - uint256(-value) : uint256(value);
    }
}
