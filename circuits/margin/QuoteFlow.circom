pragma circom 2.2.0;

include "./buses.circom";

/**
 * Claim: the changes of quote and insurance that the operation would make, and the price at which it would execute:
 * the operation's own in a trade, mark - side * discount in a liquidation (the mark when A is account 0).
 *
 * param  markets         1 .. 4
 * param  depth           levels of the tree
 * in     decoded         Decoded
 * in     chosen          Chosen
 * in     traded          int<40>, lots that go from A to B in the chosen market
 * in     beforeA, afterA, beforeB, afterB  Position in the chosen market
 * in     quoteA          int<63>, quote units, before
 * in     insurance       uint<63>, quote units, before
 * in     charged         uint<70>, quote units that a ShareLoss takes from the holders of positions, 0 otherwise
 * in     netting         int<70>, quote units: sum of (indexLong - indexShort) * change of open interest
 * out    changeA         int<70>, quote units
 * out    changeB         int<70>, quote units
 * out    changeInsurance int<67>, quote units
 * out    executionPrice  int<28>, ticks
 * cost   17
 * sound  every line is the definition; budgets: change of a side 2^40 lots * 2^28 (price less index), fine 40 + 26 bits.
 *        changeA + changeB + changeInsurance = netting + charged + deposit - withdrawal for accounts A other than B: long and short changes
 *        of the two sides add up to zero size, and price * 0 drops out; so liabilities move by deposits and withdrawals alone.
 */
template QuoteFlow(markets, depth) {
    Decoded(markets, depth) input decoded;
    Chosen() input chosen;
    signal input traded;
    Position() input beforeA;
    Position() input afterA;
    Position() input beforeB;
    Position() input afterB;
    signal input quoteA;
    signal input insurance;
    signal input charged;
    signal input netting;

    signal isFined <== decoded.isLiquidate * (1 - decoded.isFirstA);
    signal finedLots <== isFined * decoded.size;
    signal fine <== finedLots * chosen.penalty;

    signal tradePrice <== decoded.isTrade * decoded.price;
    signal markPrice <== decoded.isLiquidate * chosen.mark;
    signal discount <== isFined * chosen.discount;
    signal signedDiscount <== discount * (1 - 2 * beforeA.isShort);
    signal output executionPrice <== tradePrice + markPrice - signedDiscount;

    signal longChangeA <== afterA.long - beforeA.long;
    signal longChangeB <== afterB.long - beforeB.long;
    signal longFlowA <== longChangeA * (executionPrice - chosen.indexLong);
    signal shortFlowA <== (-traded - longChangeA) * (executionPrice - chosen.indexShort);
    signal longFlowB <== longChangeB * (executionPrice - chosen.indexLong);
    signal shortFlowB <== (traded - longChangeB) * (executionPrice - chosen.indexShort);

    signal fee <== decoded.isTrade * decoded.amount;
    signal transferred <== (decoded.isDeposit - decoded.isWithdraw) * decoded.amount;
    signal swept <== decoded.isBackstop * quoteA;
    signal spent <== decoded.isBackstop * insurance;
    signal absorbed <== decoded.isShareLoss * insurance;
    signal netted <== decoded.isBackstop * netting;
    signal output changeA <== transferred - longFlowA - shortFlowA - fee - fine - swept + absorbed + charged;
    signal output changeB <== -longFlowB - shortFlowB - fee + swept + spent + netted;
    signal output changeInsurance <== 2 * fee + fine - spent - absorbed;
}
