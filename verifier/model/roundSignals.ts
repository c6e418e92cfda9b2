/** Public signals of OracleRound by name. */
export interface RoundSignals {
  readonly oldOracleRoot: bigint;
  readonly newOracleRoot: bigint;
  readonly reporterSetRoot: bigint;
  readonly domain: bigint;
  /** round' + timestamp' << 40 + tvl << 80 */
  readonly roundWord: bigint;
  readonly dataCommitment: bigint;
  readonly challenge: bigint;
  readonly evaluation: bigint;
  /** Price word of each market after the round. */
  readonly priceWords: readonly bigint[];
}

/** The public signals of OracleRound in the order of their declaration. */
export function orderRoundSignals(signals: RoundSignals): readonly bigint[] {
  return [
    signals.oldOracleRoot,
    signals.newOracleRoot,
    signals.reporterSetRoot,
    signals.domain,
    signals.roundWord,
    signals.dataCommitment,
    signals.challenge,
    signals.evaluation,
    ...signals.priceWords,
  ];
}
