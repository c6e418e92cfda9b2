// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Arrays} from "@openzeppelin/contracts/utils/Arrays.sol";
import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {Status} from "../interfaces/HomeostatTypes.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {IHomeostatSolvencyProof} from "../interfaces/IHomeostatSolvencyProof.sol";
import {ISolvencyProof} from "../interfaces/ISolvencyProof.sol";
import {HaltCause} from "../libraries/HaltCause.sol";
import {SolvencyFigures} from "./SolvencyFigures.sol";

/// @title What the vault holds and what proofs say that it owes, by ERC-7893. See IHomeostatSolvencyProof.
contract HomeostatSolvencyProof is SolvencyFigures, IERC165 {
    using Arrays for uint256[];

    /// @notice Full cover, ten-thousandths. Liabilities count every unit owed, so that more is not needed.
    uint256 public constant MINIMUM_RATIO = RATIO_ONE;
    uint256 private constant AMOUNT_BITS = 104;
    uint256 private constant MAX_TIME = type(uint48).max - 1;
    uint256 private constant CAUSES =
        HaltCause.PROOF_LATE | HaltCause.ROUND_LATE | HaltCause.VAULT_SHORT | HaltCause.DEFICIT | HaltCause.BANKRUPT;

    /* storage: ascending words: unix seconds (48) above assets (104) above liabilities (104), token units */
    uint256[] private _history;

    /// @param etherFeed_ ether for one whole token; zero for a token that is ether itself
    /// @param maximumAgeSec_ how old that feed's answer may be
    constructor(
        IHomeostat homeostat_,
        AggregatorV3Interface etherFeed_,
        uint256 maximumAgeSec_
    ) SolvencyFigures(homeostat_, etherFeed_, maximumAgeSec_) {}

    /* --- the present --- */

    /// @inheritdoc ISolvencyProof
    /// @custom:reverts NoEtherPrice
    function getProtocolAssets() external view returns (ProtocolAssets memory) {
        (uint256 held, ) = _figures();
        return _assets(held, block.timestamp);
    }

    /// @inheritdoc ISolvencyProof
    /// @custom:reverts NoEtherPrice
    function getProtocolLiabilities() external view returns (ProtocolLiabilities memory) {
        (, uint256 owed) = _figures();
        return _liabilities(owed, homeostat.roundTimestamp());
    }

    /// @inheritdoc ISolvencyProof
    function getSolvencyRatio() public view returns (uint256) {
        (uint256 held, uint256 owed) = _figures();
        return _ratioDown(held, owed);
    }

    /// @inheritdoc ISolvencyProof
    function verifySolvency() external view returns (bool isSolvent, uint256 healthFactor) {
        healthFactor = getSolvencyRatio();
        bool current = homeostat.haltCauses() & CAUSES == 0 && homeostat.status(0) != Status.Exit;
        isSolvent = current && healthFactor >= MINIMUM_RATIO;
    }

    /* --- the past --- */

    /// @inheritdoc IHomeostatSolvencyProof
    function record() external {
        uint256 length = _history.length;
        if (length != 0 && _timeOf(_history[length - 1]) == block.timestamp) revert AlreadyRecorded(block.timestamp);
        (uint256 held, uint256 owed) = _figures(); // owed: a sum of 63 and 96 bits
        uint256 ratio = _ratioDown(held, owed);
        _history.push((((block.timestamp << AMOUNT_BITS) | held) << AMOUNT_BITS) | owed);
        emit SolvencyMetricsUpdated(held, owed, ratio, block.timestamp);
        if (ratio < MINIMUM_RATIO) emit RiskAlert("CRITICAL", ratio, MINIMUM_RATIO, block.timestamp);
    }

    /// @inheritdoc ISolvencyProof
    /// @dev Values at today's price of ether: the history keeps amounts.
    function getSolvencyHistory(
        uint256 startTime,
        uint256 endTime
    )
        external
        view
        returns (
            uint256[] memory timestamps,
            uint256[] memory ratios,
            ProtocolAssets[] memory assets,
            ProtocolLiabilities[] memory liabilities
        )
    {
        uint256 latest = endTime < MAX_TIME ? endTime : MAX_TIME;
        if (startTime > latest) return (timestamps, ratios, assets, liabilities);
        uint256 first = _history.lowerBound(startTime << (2 * AMOUNT_BITS));
        uint256 count = _history.lowerBound((latest + 1) << (2 * AMOUNT_BITS)) - first;
        (timestamps, ratios) = (new uint256[](count), new uint256[](count));
        (assets, liabilities) = (new ProtocolAssets[](count), new ProtocolLiabilities[](count));
        for (uint256 i; i < count; ++i) {
            uint256 word = _history[first + i];
            (uint256 held, uint256 owed) = (uint104(word >> AMOUNT_BITS), uint104(word));
            (timestamps[i], ratios[i]) = (_timeOf(word), _ratioDown(held, owed));
            (assets[i], liabilities[i]) = (_assets(held, timestamps[i]), _liabilities(owed, timestamps[i]));
        }
    }

    /* --- what nobody may, and what this is --- */

    /// @inheritdoc ISolvencyProof
    /// @custom:reverts OnlyProofsUpdate
    function updateAssets(address[] calldata, uint256[] calldata, uint256[] calldata) external view {
        revert OnlyProofsUpdate(msg.sender);
    }

    /// @inheritdoc ISolvencyProof
    /// @custom:reverts OnlyProofsUpdate
    function updateLiabilities(address[] calldata, uint256[] calldata, uint256[] calldata) external view {
        revert OnlyProofsUpdate(msg.sender);
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == type(ISolvencyProof).interfaceId || interfaceId == type(IERC165).interfaceId;
    }

    function _timeOf(uint256 word) private pure returns (uint256) {
        return word >> (2 * AMOUNT_BITS);
    }
}
