/** Everything a performance needs, put together once by main. */
import type { LocalChain } from "./chain/startChain.ts";
import type { RecordedMarket } from "./market.ts";
import type { Play } from "./play.ts";
import type { Terminal } from "./print/terminal.ts";
import type { Observations } from "./promises.ts";
import type { Stage } from "./stage/contracts.ts";
import type { Follower } from "./stage/follower.ts";
import type { OracleDesk } from "./stage/oracleDesk.ts";
import type { ProverDesk } from "./stage/proverDesk.ts";
import type { LedgerContext } from "./story/ledger.ts";

export interface Theatre {
  readonly chain: LocalChain;
  readonly stage: Stage;
  readonly prover: ProverDesk;
  readonly oracle: OracleDesk;
  readonly follower: Follower;
  readonly context: LedgerContext;
  readonly market: RecordedMarket;
  readonly scenes: Play["scenes"];
  /** When the guard began, unix seconds. */
  readonly startSec: number;
  readonly terminal: Terminal;
  readonly observations: Observations;
  /** Aborted when somebody ends the demo early. */
  readonly signal: AbortSignal;
}
