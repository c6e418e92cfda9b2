pragma circom 2.2.0;

include "./FullScan.circom";

component main {public [root, price]} = FullScan(4, 4);
