/** What the guard and its engine say, as values. Integers as in the contracts; positions and rounds below 2^53. */
export type ChainEvent =
  | {
      readonly type: "genesis";
      readonly stateRoot: bigint;
      readonly oracleRoot: bigint;
      readonly oracleParameters: readonly bigint[];
      readonly marginParameters: readonly bigint[];
      readonly reporterKeys: readonly bigint[];
      readonly oracleWords: readonly bigint[];
    }
  | { readonly type: "operation"; readonly position: number; readonly words: readonly bigint[] }
  | {
      readonly type: "round";
      readonly round: number;
      readonly timestampSec: bigint;
      readonly oracleRoot: bigint;
      readonly transactionHash: string;
    }
  | {
      readonly type: "batch";
      readonly first: number;
      readonly count: number;
      readonly round: number;
      readonly stateRoot: bigint;
      readonly outcomeWord: bigint;
      readonly totalsWord: bigint;
      readonly transactionHash: string;
    }
  | {
      /** The guard went back to an earlier proven state. */
      readonly type: "rollback";
      readonly cause: number;
      /** Operations settled after it and before it. */
      readonly settled: number;
      readonly abandonedSettled: number;
      readonly stateRoot: bigint;
      readonly transactionHash: string;
    }
  | {
      /** The log goes on from an earlier place; what it held from there on is void. */
      readonly type: "fork";
      readonly fromIndex: number;
      readonly abandonedCount: number;
      /** Head of the keccak chain over what is void, 0x-hex. */
      readonly abandonedHead: string;
    }
  | {
      /** An incident began, or has ended or will end without anyone's doing. Changes nothing that is proven. */
      readonly type: "incident";
      readonly phase: "detected" | "recovered";
      readonly cause: number;
      /** 255: everything. */
      readonly market: number;
      /** Unix seconds; with cause and market what tells incidents apart. */
      readonly detectedAt: number;
    };
