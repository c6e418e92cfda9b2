// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title ERC-7893, DeFi Protocol Solvency Proof Mechanism: the functions, structures and events of the standard.
/// @dev Ratios are in ten-thousandths; values in ether with 18 decimals.
interface ISolvencyProof {
    /// @notice What a protocol holds.
    /// @param tokens,amounts,values one entry a token: address, token units, value
    /// @param timestamp unix seconds
    struct ProtocolAssets {
        address[] tokens;
        uint256[] amounts;
        uint256[] values;
        uint256 timestamp;
    }

    /// @notice What a protocol owes; the fields as in ProtocolAssets.
    struct ProtocolLiabilities {
        address[] tokens;
        uint256[] amounts;
        uint256[] values;
        uint256 timestamp;
    }

    /// @notice A new entry of the history.
    event SolvencyMetricsUpdated(
        uint256 totalAssets,
        uint256 totalLiabilities,
        uint256 healthFactor,
        uint256 timestamp
    );
    /// @notice The ratio was found below a threshold.
    event RiskAlert(string riskLevel, uint256 currentValue, uint256 threshold, uint256 timestamp);

    /// @notice What the protocol holds now.
    function getProtocolAssets() external view returns (ProtocolAssets memory);
    /// @notice What the protocol owes now.
    function getProtocolLiabilities() external view returns (ProtocolLiabilities memory);
    /// @notice Assets over liabilities, ten-thousandths.
    function getSolvencyRatio() external view returns (uint256);
    /// @notice Whether the ratio is sufficient, and the ratio.
    function verifySolvency() external view returns (bool isSolvent, uint256 healthFactor);
    /// @notice Recorded entries from startTime to endTime, unix seconds, both included.
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
        );
    /// @notice For protocols whose figures someone has to bring.
    function updateAssets(address[] calldata tokens, uint256[] calldata amounts, uint256[] calldata values) external;
    /// @notice For protocols whose figures someone has to bring.
    function updateLiabilities(
        address[] calldata tokens,
        uint256[] calldata amounts,
        uint256[] calldata values
    ) external;
}
