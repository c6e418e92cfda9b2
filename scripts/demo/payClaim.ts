/** The last act: the withdrawal that waited through the halt is paid once its delay has passed. */
import colors from "picocolors";
import { NO_LEAD } from "./print/rows.ts";
import { mined } from "./stage/contracts.ts";
import { identityOf } from "./story/people.ts";
import type { Theatre } from "./theatre.ts";
import { showTime, showUsd } from "./units.ts";

/** Pays every claim that the guard holds; anyone may. Here it is the keeper. */
export async function payClaims({ chain, stage, terminal, observations }: Theatre): Promise<void> {
  const count = Number(await stage.guard.getFunction("claimCount").staticCall());
  for (let id = 0; id < count; id++) {
    const [owner, amount, payableAt] = await stage.guard.getFunction("claim").staticCall(id);
    await chain.clock.jumpTo(Number(payableAt));
    const before = BigInt(await stage.token.getFunction("balanceOf").staticCall(owner));
    await mined(stage.guard.connect(stage.walletOf("keeper")), "payClaim", [id]);
    const after = BigInt(await stage.token.getFunction("balanceOf").staticCall(owner));
    const isNoor = owner === identityOf("Noor").address;
    terminal.line();
    terminal.line(
      `${colors.bold(colors.cyan(showTime(BigInt(payableAt))))}  ${colors.bold("The claim's delay has passed.")}`,
    );
    terminal.line(`${NO_LEAD}${colors.green("✔")} ${isNoor ? "Noor" : owner} is paid ${showUsd(after - before)} USD`);
    if (isNoor && after - before === amount) observations.kept("claim");
  }
}
