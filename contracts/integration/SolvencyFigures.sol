// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {AggregatorV3Interface} from "../interfaces/AggregatorV3Interface.sol";
import {IHomeostat} from "../interfaces/IHomeostat.sol";
import {IHomeostatSolvencyProof} from "../interfaces/IHomeostatSolvencyProof.sol";
import {StateWords} from "../libraries/StateWords.sol";

/// @title What a vault holds and owes, in token units and in ether.
abstract contract SolvencyFigures is IHomeostatSolvencyProof {
    uint256 internal constant RATIO_ONE = 10_000;
    /// @dev Keeps products in range, whatever a strange token says; a vault's cap has 62 bits.
    uint256 private constant MAX_HELD = type(uint104).max;
    uint256 private constant ETHER_DECIMALS = 18;

    /// @notice The guard whose proofs these are.
    IHomeostat public immutable homeostat;
    /// @notice What the vault holds.
    IERC20Metadata public immutable token;
    /// @notice Ether for one whole token; zero for a token that is ether itself.
    AggregatorV3Interface public immutable etherFeed;
    /// @notice How old that feed's answer may be, seconds.
    uint256 public immutable maximumAgeSec;
    uint256 private immutable _oneToken;

    constructor(IHomeostat homeostat_, AggregatorV3Interface etherFeed_, uint256 maximumAgeSec_) {
        (homeostat, token) = (homeostat_, IERC20Metadata(homeostat_.token()));
        uint8 decimals = token.decimals();
        if (decimals > ETHER_DECIMALS) revert BadSolvencyProof("decimals", decimals);
        if (address(etherFeed_) != address(0) && maximumAgeSec_ == 0) revert BadSolvencyProof("maximumAgeSec", 0);
        (etherFeed, maximumAgeSec, _oneToken) = (etherFeed_, maximumAgeSec_, 10 ** decimals);
    }

    /// @return held the vault's balance now, token units, MAX_HELD at most
    /// @return owed liabilities to accounts and insurance, and claims not yet paid, token units
    function _figures() internal view returns (uint256 held, uint256 owed) {
        held = token.balanceOf(homeostat.engine());
        if (held > MAX_HELD) held = MAX_HELD;
        owed = StateWords.liabilities(homeostat.totalsWord()) + homeostat.unpaidClaims();
    }

    /// @return ten-thousandths; type(uint256).max when nothing is owed
    function _ratioDown(uint256 held, uint256 owed) internal pure returns (uint256) {
        return owed == 0 ? type(uint256).max : (held * RATIO_ONE) / owed;
    }

    /// @dev One entry of the standard's structures. Rounded down.
    function _entry(
        uint256 amount
    ) internal view returns (address[] memory tokens, uint256[] memory amounts, uint256[] memory values) {
        (tokens, amounts, values) = (new address[](1), new uint256[](1), new uint256[](1));
        (tokens[0], amounts[0], values[0]) = (address(token), amount, (amount * _weiPerToken()) / _oneToken);
    }

    function _assets(uint256 held, uint256 timestamp) internal view returns (ProtocolAssets memory) {
        (address[] memory tokens, uint256[] memory amounts, uint256[] memory values) = _entry(held);
        return ProtocolAssets(tokens, amounts, values, timestamp);
    }

    function _liabilities(uint256 owed, uint256 timestamp) internal view returns (ProtocolLiabilities memory) {
        (address[] memory tokens, uint256[] memory amounts, uint256[] memory values) = _entry(owed);
        return ProtocolLiabilities(tokens, amounts, values, timestamp);
    }

    function _weiPerToken() private view returns (uint256) {
        if (address(etherFeed) == address(0)) return 1 ether;
        (, int256 answer, , uint256 updatedAt, ) = etherFeed.latestRoundData();
        bool fresh = updatedAt + maximumAgeSec >= block.timestamp;
        if (answer <= 0 || !fresh) revert NoEtherPrice(answer, updatedAt);
        return (uint256(answer) * 1 ether) / 10 ** etherFeed.decimals();
    }
}
