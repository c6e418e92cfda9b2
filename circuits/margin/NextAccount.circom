pragma circom 2.2.0;

include "./buses.circom";

/**
 * Claim: next is the account after a valid operation, and the account before after an invalid one.
 *
 * param  markets       1 .. 4
 * in     account       Account, before
 * in     isValid       bit
 * in     takesOwner    bit: the account is opened
 * in     takesKey      bit: it is opened, or its key is set
 * in     takesNonce    bit: it signed
 * in     owner         field
 * in     keyX, keyY    field
 * in     nonce         uint<40>
 * in     quoteChange   int<70>, quote units
 * in     sizeChange    int<40>, lots
 * out    next          Account
 * cost   8 + 1 per market
 * sound  a valid operation's values were found to be in range.
 */
template NextAccount(markets) {
    Account(markets) input account;
    signal input isValid;
    signal input takesOwner;
    signal input takesKey;
    signal input takesNonce;
    signal input owner;
    signal input keyX;
    signal input keyY;
    signal input nonce;
    signal input quoteChange;
    signal input sizeChange[markets];

    signal setsOwner <== isValid * takesOwner;
    signal setsKey <== isValid * takesKey;
    signal setsNonce <== isValid * takesNonce;
    Account(markets) output next;
    next.owner <== account.owner + setsOwner * (owner - account.owner);
    next.keyX <== account.keyX + setsKey * (keyX - account.keyX);
    next.keyY <== account.keyY + setsKey * (keyY - account.keyY);
    next.nonce <== account.nonce + setsNonce * (nonce - account.nonce);
    next.quote <== account.quote + isValid * quoteChange;
    for (var m = 0; m < markets; m++) {
        next.size[m] <== account.size[m] + isValid * sizeChange[m];
    }
}
