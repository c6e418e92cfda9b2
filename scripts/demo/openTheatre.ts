/** Puts chain, contracts, oracle network and prover together, and takes them apart again whatever happens. */
import { mkdir } from "node:fs/promises";
import type { BackendChoice } from "../../prover/proving/backendChoice.ts";
import { loadArtefacts } from "../circuits/artefacts.ts";
import { startChain } from "./chain/startChain.ts";
import { PROFILE } from "./parameters.ts";
import type { Play } from "./play.ts";
import type { Terminal } from "./print/terminal.ts";
import { createObservations } from "./promises.ts";
import { setStage } from "./stage/contracts.ts";
import { createFollower } from "./stage/follower.ts";
import { startOracleDesk } from "./stage/oracleDesk.ts";
import { createProverDesk } from "./stage/proverDesk.ts";
import { type Ledger, openLedger } from "./story/ledger.ts";
import { walletKeyOf } from "./story/people.ts";
import { firstPrices, ledgerContext } from "./story/simulate.ts";
import type { Theatre } from "./theatre.ts";
import { marketTime } from "./units.ts";

export interface OpenTheatre {
  readonly theatre: Theatre;
  /** The model's view of the guard's genesis. */
  readonly opening: Ledger;
  /** Ends every process and socket, in the reverse order. */
  close(): Promise<void>;
}

/** Time before the first scene that the deployment may use, seconds. */
const SET_UP_SEC = 90;

export interface RunOptions {
  /** Folder of this run. */
  readonly folder: string;
  readonly backend: BackendChoice;
}

export async function openTheatre(
  { folder, backend }: RunOptions,
  play: Play,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<OpenTheatre> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.reverse().splice(0)) await closer();
  };
  try {
    await mkdir(folder, { recursive: true });
    const { market, scenes } = play;
    const startSec = marketTime(scenes[0]?.at ?? "");
    const prices = firstPrices(market, startSec);
    const { hasher } = await ledgerContext(0n);

    const chain = await startChain(startSec - SET_UP_SEC);
    closers.push(chain.stop);
    const stage = await setStage(chain, hasher, play, { timeSec: startSec, prices });
    closers.push(stage.close);
    const context = await ledgerContext(stage.domain);
    const opening = openLedger(context, startSec, prices);

    const { OracleRound, MarginBatch } = (await loadArtefacts(PROFILE.name)).manifest.circuits;
    const digests = { OracleRound: OracleRound.files.zkey.sha256, MarginBatch: MarginBatch.files.zkey.sha256 };
    const follower = createFollower(stage, context, opening, digests);

    await chain.fund(stage.walletOf("prover").address);
    const prover = await createProverDesk({
      transport: chain.transport,
      guard: stage.addresses.guard,
      fromBlock: stage.addresses.genesisBlock,
      signerKey: walletKeyOf("prover"),
      folder,
      backend,
    });
    closers.push(prover.stop);
    await prover.start();
    const oracle = await startOracleDesk(market, stage.domain, prover);
    closers.push(oracle.stop);

    const observations = createObservations(play.promises);
    const parts = { chain, stage, prover, oracle, follower, context, market, scenes, startSec };
    const theatre = { ...parts, terminal, observations, signal };
    return { theatre, opening, close };
  } catch (error) {
    await close();
    throw error;
  }
}
