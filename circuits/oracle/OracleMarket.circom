pragma circom 2.2.0;

include "../lib/Max.circom";
include "../lib/constants.circom";
include "./Elapsed.circom";
include "./FundingRate.circom";
include "./FundingTime.circom";
include "./HasStrayed.circom";
include "./HorizonSigma.circom";
include "./InitialRate.circom";
include "./MaintenanceRate.circom";
include "./MarketParameters.circom";
include "./MarketState.circom";
include "./Median.circom";
include "./MoveMark.circom";
include "./NextAnchor.circom";
include "./NextBreaker.circom";
include "./NextFunding.circom";
include "./NextLevel.circom";
include "./NextVariance.circom";
include "./PresentReports.circom";
include "./Reach.circom";
include "./SelectMarketState.circom";
include "./Weight.circom";

/**
 * Claim: next is the market's state after the round. With fewer than quorum prices it is the old one, unchanged, and
 * goes stale; otherwise mark, variance, rates, breaker and funding advance as the parts below say.
 *
 * param  n                 reports
 * param  quorum            prices that a market needs
 * in     old               MarketState, mark at least 1
 * in     parameters        MarketParameters
 * in     deviationSquared  uint<12>, tagged
 * in     timestamp         uint<40>  unix seconds of the round, tagged; after the round before
 * in     counted           bits: the caller has constrained them to 0 or 1
 * in     prices            uint<27>  ticks, tagged; 0 says "no price"
 * in     rates             uint<21>  2^-20 per 2^16 seconds with 2^20 added, tagged
 * out    next              MarketState
 * cost   measured for each profile in circuits/README.md
 * sound  each part is total and unique for inputs of these widths, so the step is a function. A present price is not 0
 *        and the new mark lies between the old mark and the median: both at least 1.
 */
template OracleMarket(n, quorum) {
    input MarketState() old;
    input MarketParameters() parameters;
    signal input {maxbit} deviationSquared;
    signal input {maxbit} timestamp;
    signal input counted[n];
    signal input {maxbit} prices[n];
    signal input {maxbit} rates[n];
    output MarketState() next;

    component reports = PresentReports(n, quorum);
    reports.counted <== counted;
    reports.prices <== prices;

    MarketState() fresh;
    fresh.median <== Median(n, PRICE_BITS())(prices, reports.present, old.mark);
    fresh.updatedAt <== timestamp;
    signal {maxbit} elapsed <== Elapsed()(timestamp, old.updatedAt);

    // the mark, and how far it may go
    signal {maxbit} markSquared;
    markSquared.maxbit = 2 * PRICE_BITS();
    markSquared <== old.mark * old.mark; // 54 bits
    signal {maxbit} effective <== Max(VARIANCE_BITS())(old.variance, parameters.varianceFloor);
    signal {maxbit} reach <== Reach()(deviationSquared, effective, elapsed, markSquared);
    component step = MoveMark();
    step.mark <== old.mark;
    step.median <== fresh.median;
    step.reach <== reach;
    fresh.mark <== step.out;

    // variance and what scales with it
    fresh.variance <== NextVariance()(old.variance, parameters.timeConstantSec, elapsed, step.move, markSquared);
    signal {maxbit} sigma <== HorizonSigma()(fresh.variance, parameters.varianceFloor, parameters.horizonSec);
    fresh.maintenanceRate <== MaintenanceRate()(old.maintenanceRate, sigma, elapsed, parameters);
    fresh.initialRate <== InitialRate()(sigma, fresh.maintenanceRate, parameters);
    fresh.weight <== Weight()(fresh.mark, sigma);

    // breaker and anchor
    signal strayed <== HasStrayed()(old.anchor, fresh.median, parameters.anchorRate);
    signal tripped <== step.tripped + strayed - step.tripped * strayed; // either
    fresh.breakerLevel <== NextLevel()(
        tripped, timestamp, old.breakerUntil, parameters.escalationSec, old.breakerLevel
    );
    fresh.breakerUntil <== NextBreaker()(
        tripped, timestamp, parameters.cooldownSec, old.breakerUntil, fresh.breakerLevel
    );
    (fresh.anchor, fresh.anchorAt) <== NextAnchor()(
        old.anchor, old.anchorAt, fresh.mark, timestamp, parameters.anchorSec
    );

    // funding
    component funding = NextFunding();
    funding.index <== old.fundingIndex;
    funding.fraction <== old.fundingFraction;
    funding.rate <== FundingRate(n)(rates, reports.present, parameters.fundingCap);
    funding.mark <== fresh.mark;
    funding.elapsed <== FundingTime()(timestamp, old.updatedAt, old.breakerUntil);
    fresh.fundingIndex <== funding.outIndex;
    fresh.fundingFraction <== funding.outFraction;

    next <== SelectMarketState()(reports.fresh, fresh, old);
}
