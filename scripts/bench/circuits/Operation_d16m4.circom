pragma circom 2.2.0;

include "../../../circuits/margin/Operation.circom";

component main = Operation(4, 16);
