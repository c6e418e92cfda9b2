pragma circom 2.2.0;

/**
 * The oracle state of one market. Everybody who makes one proves the widths of AssertMarketState or derives them.
 *
 * mark             uint<27>  ticks, at least 1: what positions are marked at
 * median           uint<27>  ticks: the reporters' median of the last fresh round
 * fundingIndex     int<25>   ticks paid by one lot so far, whole part (rounded down)
 * maintenanceRate  uint<19>  fraction of RATE_ONE
 * initialRate      uint<20>  fraction of RATE_ONE
 * updatedAt        uint<40>  unix seconds of the last fresh round
 * breakerUntil     uint<40>  unix seconds until which the market is reduce-only
 * variance         uint<32>  of returns, 2^-40 per second
 * weight           uint<28>  ticks: the mark times sigma
 * fundingFraction  uint<36>  of a tick: the rest of the funding index, 2^-36
 * anchor           uint<27>  ticks, at least 1: a mark of some time ago
 * anchorAt         uint<40>  unix seconds: when the anchor was the mark
 * breakerLevel     uint<2>   how often the last trip's cool-down was doubled
 */
bus MarketState() {
    signal {maxbit} mark;
    signal {maxbit} median;
    signal {maxabs} fundingIndex;
    signal {maxbit} maintenanceRate;
    signal {maxbit} initialRate;
    signal {maxbit} updatedAt;
    signal {maxbit} breakerUntil;
    signal {maxbit} variance;
    signal {maxbit} weight;
    signal {maxbit} fundingFraction;
    signal {maxbit} anchor;
    signal {maxbit} anchorAt;
    signal {maxbit} breakerLevel;
}
