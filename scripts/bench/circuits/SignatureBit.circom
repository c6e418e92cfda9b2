pragma circom 2.2.0;

include "../../../circuits/signature/SignatureBit.circom";

component main = SignatureBit();
