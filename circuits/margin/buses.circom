pragma circom 2.2.0;

/** The fields of an account that its leaf hashes. Account 0 and empty accounts have owner 0. */
bus Account(markets) {
    signal owner; //          field, 0 = not open
    signal keyX; //           field, BabyJubjub
    signal keyY; //           field
    signal nonce; //          uint<40>
    signal quote; //          int<63>, quote units
    signal size[markets]; //  int<40>, lots
}

/** What a market means for an operation: derived once a batch from the oracle state and the parameters; then come the loss indices. */
bus Market() {
    signal mark; //               uint<27>, ticks
    signal low; //                uint<27>, ticks, min(mark, median)
    signal high; //               uint<27>, ticks, max(mark, median)
    signal indexLong; //          int<26>, ticks, funding + loss index of longs
    signal indexShort; //         int<26>, ticks
    signal marginTicks; //        uint<27>, ticks, ceil(mark * maintenanceRate)
    signal kappaLong; //          int<28>, ticks, mark - marginTicks - indexLong
    signal kappaShort; //         int<28>, ticks, mark + marginTicks - indexShort
    signal initialRate; //        uint<20>, fraction of 2^20
    signal sizeSlope; //          uint<24>, 2^-40 of notional per lot
    signal openInterestSlope; //  uint<24>, 2^-40 of notional per lot
    signal weight; //             uint<28>, ticks
    signal band; //               uint<27>, ticks around the mark in which trades may happen
    signal discount; //           uint<27>, ticks
    signal penalty; //            uint<27>, ticks
    signal freshUntil; //         uint<41>, unix seconds: the last moment at which the price is not stale
    signal breakerUntil; //       uint<40>, unix seconds: the breaker is set before it
}

/** One account's positions under the terms of a batch. */
bus Exposure(markets) {
    signal absolute[markets]; //  uint, lots
    signal isShort[markets]; //   bit
    signal isFlat[markets]; //    bit
    signal long[markets]; //      uint, lots, max(size, 0)
    signal isEmpty; //            bit, no position at all
    signal value; //              int<71>, quote units: sum of size * kappa, so that health = quote + value
}

/** The one market that an operation trades in; all zero when it trades in none. */
bus Chosen() {
    signal mark; //         uint<27>, ticks
    signal indexLong; //    int<26>, ticks
    signal indexShort; //   int<26>, ticks
    signal gain; //         int<28>, ticks: what health gains by each lot liquidated
    signal band; //         uint<27>, ticks
    signal discount; //     uint<27>, ticks
    signal penalty; //      uint<27>, ticks
    signal stale; //        bit
    signal reduceOnly; //   bit
}

/** An account's position in the chosen market. */
bus Position() {
    signal absolute; //  uint, lots
    signal isShort; //   bit
    signal isFlat; //    bit, 0 where there is no chosen market
    signal long; //      uint, lots
}

/** What the rules ask about one account, before and after the operation. */
bus Side(markets) {
    signal isOpen; //        bit
    signal healthBefore; //  int<72>, quote units
    signal healthAfter; //   int<72>, quote units
    Position() before;
    Position() after;
    signal initialOk; //     bit, after
    signal flatOk; //        bit, after: has a position, or owes nothing
    signal fits; //          bit, after: size and quote are in their legal ranges
}

/** The state that an operation moves, besides the accounts. */
bus Totals(markets) {
    signal treeHash; //               field
    signal treeBox; //                field
    signal sumQuote; //               int<73>, quote units
    signal insurance; //              uint<63>, quote units
    signal openInterest[markets]; //  uint<44>, lots
    signal lossLong[markets]; //      int<25> or -2^25, ticks
    signal lossShort[markets]; //     the same
}

/** What a ShareLoss would do; of any other kind of operation `charged`, `long` and `short` are zero. */
bus LossShare() {
    signal charged; //    uint<70>, quote units that account A gets besides the insurance
    signal long; //       uint<26> or 2^26, ticks that the named market's long loss index rises by
    signal short; //      the same, ticks that its short loss index falls by
    signal hasPayers; //  bit: somebody holds a side that is charged
    signal fits; //       bit: both indices stay in their range
    signal isDue; //      bit: there is a deficit, and no market has a larger exposure
}

/** The opening of an account in the tree. */
bus Opening(markets, depth) {
    Account(markets) account;
    signal boxes[depth]; //          packed boxes of the leaf and its ancestors below the root
    signal siblingHashes[depth];
    signal siblingBoxes[depth];
}

/** The fields of an operation's first two words, and which of the nine kinds it is. */
bus Decoded(markets, depth) {
    signal isNoop; //               bit, as all of the next nine: at most one is set
    signal isDeposit;
    signal isWithdraw;
    signal isTrade;
    signal isLiquidate;
    signal isBackstop;
    signal isRecertify;
    signal isSetKey;
    signal isShareLoss;
    signal isUnreadable; //         bit: unknown kind, unknown market, or an account outside of the tree
    signal market[markets]; //      one-hot, all zero where no market is used
    signal indexBitsA[depth]; //    bits, least significant first
    signal indexBitsB[depth];
    signal isFirstA; //             bit, account A is account 0
    signal isFirstB;
    signal isSame; //               bit, A = B
    signal nonceA; //               uint<40>
    signal nonceB; //               uint<40>
    signal expiry; //               uint<40>, unix seconds
    signal size; //                 uint<40>, lots
    signal price; //                uint<27>, ticks
    signal amount; //               uint<63>, quote units
}
