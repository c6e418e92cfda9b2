/** The demo's story on the model alone: every promise of the demo must already hold here, before any proof exists. */
import { expect } from "chai";
import { loadMarket, rangeOf } from "../../scripts/demo/market.ts";
import { LIMITS, PARAMETERS, PROFILE, REPORTERS } from "../../scripts/demo/parameters.ts";
import { accountOf, CAST } from "../../scripts/demo/story/cast.ts";
import { type PlayedScene, simulate } from "../../scripts/demo/story/simulate.ts";
import { STORY } from "../../scripts/demo/story/story.ts";
import { marketTime } from "../../scripts/demo/units.ts";
import { boundsOf, bufferBps } from "../../verifier/model/box.ts";
import { checkParameters } from "../../verifier/model/checkParameters.ts";
import { equity, health } from "../../verifier/model/margin.ts";
import { liabilitiesOf } from "../../verifier/model/state.ts";
import { marketTerms } from "../../verifier/model/terms.ts";
import { accountAt } from "../../verifier/model/tree.ts";

const [AAVE, AVAX] = [0, 1];

describe("the demo's story", () => {
  let played: readonly PlayedScene[];
  const sceneAt = (clock: string): PlayedScene => {
    const found = played.find(({ scene }) => scene.at === clock);
    if (found === undefined) throw new RangeError(`no scene at ${clock}`);
    return found;
  };
  const fates = (clock: string) =>
    sceneAt(clock).actions.map(({ action, outcome }) => [action.type, outcome.kind ?? "valid"]);

  before(async () => {
    played = await simulate(STORY, await loadMarket());
  });

  it("uses parameters that the model accepts", () => checkParameters(PARAMETERS, PROFILE.markets));

  it("has a reporter for every slot, and rounds closer together than prices go stale, but for the outage", () => {
    expect(REPORTERS).to.have.length(PROFILE.reporters);
    const rounds = STORY.filter(({ round }) => round);
    for (const [index, scene] of rounds.entries()) {
      const previous = rounds[index - 1];
      if (previous === undefined || scene.outage === "ends") continue;
      expect(marketTime(scene.at) - marketTime(previous.at)).to.be.within(1, Number(PARAMETERS.margin.staleSec));
    }
  });

  it("has twelve accounts, three of them with positions in both markets, and both sides of both markets", () => {
    const state = sceneAt("21:11:12").ledger.state;
    const sizes = CAST.map(({ name }) => accountAt(state.tree, accountOf(name)).sizes);
    expect(sizes).to.have.length.at.least(12);
    expect(sizes.filter((list) => list.every((size) => size !== 0n))).to.have.length(3);
    for (const market of [AAVE, AVAX]) {
      expect(sizes.some((list) => (list[market] ?? 0n) > 0n)).to.equal(true);
      expect(sizes.some((list) => (list[market] ?? 0n) < 0n)).to.equal(true);
    }
  });

  it("accepts every deposit and trade of the quiet minutes", () => {
    for (const { actions } of played.slice(0, 2)) {
      expect(actions.every(({ outcome }) => outcome.valid)).to.equal(true);
    }
  });

  it("trips both breakers at 21:13:00 and holds the marks back, and lets go by 21:14:36", () => {
    const [tripped, cleared] = [sceneAt("21:13:00"), sceneAt("21:14:36")];
    for (const market of tripped.markets) {
      expect(market.breakerUntil > tripped.ledger.oracle.timestamp).to.equal(true);
      expect(market.mark > market.median).to.equal(true);
    }
    for (const market of cleared.markets) {
      expect(market.breakerUntil <= cleared.ledger.oracle.timestamp).to.equal(true);
      expect(market.mark).to.equal(market.median);
    }
  });

  it("trips AAVE's breaker by its anchor at 21:19:00, for twice the time, though the mark keeps up", () => {
    const scene = sceneAt("21:19:00");
    const [aave, avax] = scene.markets;
    const { timestamp } = scene.ledger.oracle;
    expect(aave?.mark).to.equal(aave?.median);
    expect([aave?.breakerUntil, aave?.breakerLevel]).to.deep.equal([timestamp + 120n, 1n]);
    expect(avax !== undefined && avax.breakerUntil <= timestamp).to.equal(true);
  });

  it("moves Bela's account to the insurance and on to Liv, at no loss to the insurance", () => {
    expect(sceneAt("21:14:36").unhealthy).to.deep.equal([accountOf("Bela")]);
    expect(fates("21:14:36")).to.deep.equal([
      ["backstop", "valid"],
      ["takeover", "valid"],
    ]);
    const insurance = accountAt(sceneAt("21:14:36").ledger.state.tree, 0);
    expect(insurance.sizes).to.deep.equal([0n, 0n]);
    expect(insurance.quote > 0n).to.equal(true);
  });

  it("re-centres Hana's bounds although nobody is unhealthy, and nullifies the forged withdrawal", () => {
    const scene = sceneAt("21:17:36");
    expect(scene.unhealthy).to.deep.equal([]);
    expect(fates("21:17:36")).to.deep.equal([
      ["recertify", "valid"],
      ["withdraw", "unauthorised"],
    ]);
    expect(bufferOf(sceneAt("21:16:12"), AVAX, scene) < 0n).to.equal(true);
    expect(bufferOf(scene, AVAX, scene) > 1000n).to.equal(true);
  });

  it("keeps both marks within the honest venues when Binance prints AVAX at less than half", async () => {
    const scene = sceneAt("21:20:24");
    const market = await loadMarket();
    const prices = market.pricesAt(marketTime("21:20:24"))[AVAX] ?? [];
    const [binance, ...honest] = prices;
    const range = rangeOf(honest);
    const mark = scene.markets[AVAX]?.mark ?? 0n;
    expect((binance ?? 0n) * 2n < mark).to.equal(true);
    expect(mark >= (range?.low ?? 0n) && mark <= (range?.high ?? 0n)).to.equal(true);
  });

  it("carries Hana's AVAX loss by her AAVE profit on one margin account", () => {
    const { ledger } = sceneAt("21:20:24");
    const terms = marketTerms(ledger.state, ledger.oracle, PARAMETERS);
    const hana = accountAt(ledger.state.tree, accountOf("Hana"));
    expect(health(hana, terms) >= 0n).to.equal(true);
    const deposit = 7_000_000_000n;
    const avax = ledger.oracle.markets[AVAX];
    const paid = sceneAt("21:11:12").markets[AVAX]?.mark ?? 0n;
    const aloneEquity = deposit - (hana.sizes[AVAX] ?? 0n) * (paid - (avax?.mark ?? 0n));
    const alone = {
      quote: aloneEquity - (hana.sizes[AVAX] ?? 0n) * (avax?.mark ?? 0n),
      sizes: [0n, hana.sizes[AVAX] ?? 0n],
    };
    expect(health(alone, terms) < 0n).to.equal(true);
  });

  it("liquidates just enough of Lena, and refuses Omar's withdrawal for his margin", () => {
    expect(sceneAt("21:20:24").unhealthy).to.deep.equal([accountOf("Lena")]);
    expect(fates("21:20:24")).to.deep.equal([
      ["liquidate", "valid"],
      ["withdraw", "margin"],
    ]);
    expect(sceneAt("21:20:24").unhealthyAfter).to.deep.equal([]);
    const { tree } = sceneAt("21:20:24").ledger.state;
    expect((accountAt(tree, accountOf("Lena")).sizes[AAVE] ?? 0n) > 0n).to.equal(true);
  });

  it("has an outage long enough to halt, and a valid withdrawal that waits through it", () => {
    expect(fates("21:20:36")).to.deep.equal([["withdraw", "valid"]]);
    const outage = marketTime("21:24:36") - marketTime("21:20:36");
    expect(outage).to.be.greaterThan(LIMITS.proofDeadlineSec);
  });

  it("ends with nobody unhealthy or bankrupt, no breaker, no deficit, and every unit owed accounted for", () => {
    const last = sceneAt("21:24:36");
    expect([...last.unhealthyAfter, ...last.bankrupt]).to.deep.equal([]);
    expect(last.deficitAfter).to.equal(0n);
    expect(last.markets.every(({ breakerUntil }) => breakerUntil <= last.ledger.oracle.timestamp)).to.equal(true);
    const terms = marketTerms(last.ledger.state, last.ledger.oracle, PARAMETERS);
    const deposited = CAST.reduce((sum, { deposit }) => sum + BigInt(deposit) * 1_000_000n, 0n);
    expect(liabilitiesOf(last.ledger.state, terms.markets)).to.equal(deposited - owedClaims(played));
    const worth = CAST.reduce(
      (sum, { name }) => sum + equity(accountAt(last.ledger.state.tree, accountOf(name)), terms),
      0n,
    );
    const insurance = equity(accountAt(last.ledger.state.tree, 0), terms) + last.ledger.state.insurance;
    expect(worth + insurance).to.equal(deposited - owedClaims(played));
  });

  it("needs no more than 13 batches", () => {
    const batches = STORY.reduce((sum, { actions }) => sum + Math.ceil(actions.length / PROFILE.operations), 0);
    expect(batches).to.be.at.most(13);
  });

  /** Valid withdrawals: claims that left the proven state, quote units. */
  function owedClaims(scenes: readonly PlayedScene[]): bigint {
    const paid = scenes.flatMap(({ actions }) => actions).filter(({ outcome }) => outcome.valid);
    return paid.reduce((sum, { operation }) => sum + (operation.type === "withdraw" ? operation.amount : 0n), 0n);
  }

  /** Buffer of a market by the box of one scene at the prices of another, basis points. */
  function bufferOf(boxOf: PlayedScene, market: number, pricesOf: PlayedScene): bigint {
    const bounds = boundsOf(boxOf.box, PROFILE.markets)[market];
    const terms = marketTerms(pricesOf.ledger.state, pricesOf.ledger.oracle, PARAMETERS).markets[market];
    if (terms === undefined || bounds === undefined) throw new RangeError(`no market ${market}`);
    return bufferBps(bounds, terms.mark, terms) ?? 0n;
  }
});
