/** The incidents' flags and stories on the model alone: what each promises must already hold here, before any proof exists. */
import { expect } from "chai";
import { readFlags } from "../../scripts/demo/flags.ts";
import { INCIDENTS } from "../../scripts/demo/incidents/catalogue.ts";
import { INCIDENT_NAMES, type IncidentName } from "../../scripts/demo/incidents/names.ts";
import { PARAMETERS } from "../../scripts/demo/parameters.ts";
import { accountOf, CAST, type Name } from "../../scripts/demo/story/cast.ts";
import { type PlayedScene, simulate } from "../../scripts/demo/story/simulate.ts";
import { marketTime, quoteUnits } from "../../scripts/demo/units.ts";
import { equity } from "../../verifier/model/margin.ts";
import { liabilitiesOf } from "../../verifier/model/state.ts";
import { marketTerms } from "../../verifier/model/terms.ts";
import { accountAt } from "../../verifier/model/tree.ts";

const AAVE = 0;

const play = (name: IncidentName): Promise<readonly PlayedScene[]> =>
  simulate(INCIDENTS[name].play.scenes, INCIDENTS[name].play.market);

function sceneAt(played: readonly PlayedScene[], clock: string): PlayedScene {
  const found = played.find(({ scene }) => scene.at === clock);
  if (found === undefined) throw new RangeError(`no scene at ${clock}`);
  return found;
}

const fates = ({ actions }: PlayedScene) => actions.map(({ outcome }) => outcome.kind ?? "valid");
const termsOf = ({ ledger }: PlayedScene) => marketTerms(ledger.state, ledger.oracle, PARAMETERS);
const worth = (scene: PlayedScene, account: number): bigint =>
  equity(accountAt(scene.ledger.state.tree, account), termsOf(scene));
const worthOf = (scene: PlayedScene, name: Name): bigint => worth(scene, accountOf(name));

describe("the demo's flags", () => {
  it("take an incident by name", () => {
    for (const name of INCIDENT_NAMES) expect(readFlags(["--incident", name]).incident).to.equal(name);
    expect(readFlags([])).to.deep.equal({ keep: false, backend: "auto" });
  });

  it("refuse an unknown incident, and list the known ones", () => {
    expect(() => readFlags(["--incident", "flood"])).to.throw(
      TypeError,
      `no incident "flood": --incident is one of ${INCIDENT_NAMES.join(", ")}`,
    );
  });

  it("refuse an unknown flag and an unknown backend", () => {
    expect(() => readFlags(["--incidents", "breaker"])).to.throw(TypeError, "Unknown option");
    expect(() => readFlags(["--backend", "abacus"])).to.throw(TypeError, "--backend is one of auto, native, snarkjs");
  });
});

describe("the incidents' stories", () => {
  for (const name of INCIDENT_NAMES) {
    it(`${name}: scenes in order of time, people by account number, and every promise has a key of its own`, () => {
      const { scenes, promises } = INCIDENTS[name].play;
      const times = scenes.map(({ at }) => marketTime(at));
      expect(times).to.deep.equal([...new Set(times)].sort((a, b) => a - b));
      const openings = scenes
        .flatMap(({ actions }) => actions)
        .filter(({ type }) => type === "deposit" || type === "phantom");
      const depositors = [...new Set(openings.map((action) => ("who" in action ? action.who : undefined)))];
      expect(depositors).to.deep.equal(CAST.slice(0, depositors.length).map((person) => person.name));
      expect(new Set(Object.values(promises)).size).to.equal(Object.keys(promises).length);
      expect(promises).to.include.keys("agreement", "verifier", "conserved");
    });
  }

  it("breaker: trips at both jumps and at no other round, for one minute and then for two", async () => {
    const played = await play("breaker");
    const trips = played.filter(({ scene, markets }) => {
      const aave = markets[AAVE];
      return scene.round && aave !== undefined && aave.mark !== aave.median;
    });
    expect(trips.map(({ scene }) => scene.at)).to.deep.equal(["12:02:00", "12:05:00"]);
    expect(trips.map(({ scene, markets }) => Number(markets[AAVE]?.breakerUntil) - marketTime(scene.at))).to.deep.equal(
      [60, 120],
    );
    expect(fates(sceneAt(played, "12:02:00"))).to.deep.equal(["price", "valid", "valid"]);
    expect(fates(sceneAt(played, "12:03:24"))).to.deep.equal(["valid"]);
  });

  it("backstop: Bela alone is bankrupt, without a breaker, and owes less than the insurance holds", async () => {
    const played = await play("backstop");
    const crash = sceneAt(played, "12:04:00");
    expect(crash.bankrupt).to.deep.equal([accountOf("Bela")]);
    expect(sceneAt(played, "12:03:00").unhealthy).to.deep.equal([]);
    expect(played.every(({ markets }) => markets.every(({ breakerUntil }) => breakerUntil === 0n))).to.equal(true);
    expect(worthOf(crash, "Bela") + crash.ledger.state.insurance > 0n).to.equal(true);
    const last = played.at(-1);
    expect(played.flatMap(fates).every((fate) => fate === "valid")).to.equal(true);
    expect(last?.deficitAfter).to.equal(0n);
    expect(last?.unhealthyAfter).to.deep.equal([]);
  });

  it("loss-sharing: charges each short the same ticks a lot, nobody else, and leaves less than a tick a lot", async () => {
    const played = await play("loss-sharing");
    const [owing, shared] = [sceneAt(played, "12:04:30"), sceneAt(played, "12:05:40")];
    expect(owing.deficitAfter > 0n).to.equal(true);
    expect(shared.deficitAfter).to.equal(0n);
    expect(played.flatMap(fates).every((fate) => fate === "valid")).to.equal(true);
    const { lossLong, lossShort, openInterest } = shared.ledger.state.markets[AAVE] ?? {};
    expect(lossLong).to.equal(0n);
    expect(lossShort).to.equal(-((owing.deficitAfter + (openInterest ?? 0n) - 1n) / (openInterest ?? 1n)));
    for (const name of ["Mira", "Carl"] as const) {
      const size = accountAt(shared.ledger.state.tree, accountOf(name)).sizes[AAVE] ?? 0n;
      expect(worthOf(shared, name) - worthOf(owing, name)).to.equal(-size * (lossShort ?? 0n));
    }
    for (const name of ["Liv", "Hana"] as const) expect(worthOf(shared, name)).to.equal(worthOf(owing, name));
    const left = worth(shared, 0) + shared.ledger.state.insurance;
    expect(left >= 0n && left < (openInterest ?? 0n)).to.equal(true);
    const owed = (scene: PlayedScene) => liabilitiesOf(scene.ledger.state, termsOf(scene).markets);
    expect(owed(shared)).to.equal(owed(owing));
  });

  it("unauthorised: every forged withdrawal is nullified, and the honest one is not", async () => {
    const played = await play("unauthorised");
    const outcomes = played.flatMap(({ actions }) => actions).filter(({ action }) => action.type === "withdraw");
    const forged = outcomes.filter(({ action }) => action.type === "withdraw" && action.forgedBy !== undefined);
    expect(forged.map(({ outcome }) => outcome.kind)).to.deep.equal(forged.map(() => "unauthorised"));
    expect(forged).to.have.length(8);
    expect(outcomes.filter((one) => !forged.includes(one)).map(({ outcome }) => outcome.valid)).to.deep.equal([true]);
  });

  it("rollback: the vault is covered until the deposit that nobody paid, and then short by exactly that", async () => {
    const played = await play("rollback");
    const paidIn = (until: number) =>
      played
        .slice(0, until)
        .flatMap(({ actions }) => actions)
        .reduce((sum, { action }) => sum + (action.type === "deposit" ? quoteUnits(action.amount) : 0n), 0n);
    const owed = (scene: PlayedScene) => liabilitiesOf(scene.ledger.state, termsOf(scene).markets);
    const fault = played.findIndex(({ actions }) => actions.some(({ action }) => action.type === "phantom"));
    const [covered, short] = [played[fault - 1], played[fault]];
    if (covered === undefined || short === undefined) throw new RangeError("no phantom deposit, or nothing before it");
    expect(owed(covered)).to.equal(paidIn(fault));
    expect(owed(short) - paidIn(fault + 1)).to.equal(quoteUnits("50000"));
    expect(played.flatMap(fates).every((fate) => fate === "valid")).to.equal(true);
  });

  it("exit and silence: every operation counts, and nobody is unhealthy", async () => {
    for (const name of ["exit", "silence"] as const) {
      const played = await play(name);
      expect(played.flatMap(fates).every((fate) => fate === "valid")).to.equal(true);
      expect(played.flatMap(({ unhealthyAfter }) => unhealthyAfter)).to.deep.equal([]);
    }
  });
});
