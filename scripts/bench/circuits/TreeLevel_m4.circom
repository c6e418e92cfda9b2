pragma circom 2.2.0;

include "../../../circuits/tree/PathLevel.circom";

component main = PathLevel(8);
