import { expect } from "chai";
import { isWanted, readOptions } from "../../scripts/bench/options.ts";
import { findEquipment } from "../../scripts/bench/provers/equipment.ts";
import { figuresOf, type ProverName } from "../../scripts/bench/provers/figures.ts";
import { type Contender, inTurn } from "../../scripts/bench/provers/inTurn.ts";
import { figureValue, type Results, type Sample } from "../../scripts/bench/provers/samples.ts";
import { SIZES } from "../../scripts/bench/provers/sizes.ts";
import { provers } from "../../scripts/bench/provers.ts";
import { createHasher } from "../../verifier/model/hasher.ts";

const sample = (wall: number, extra: Partial<Sample> = {}): Sample => ({
  wall,
  cpu: 2 * wall,
  peakBytes: 1e6,
  ...extra,
});
const counted = { multiplications: 5e6, multiplyNs: 4 };
const RESULTS: Results = {
  constraints: 53_000,
  processors: 2,
  samples: new Map<ProverName, readonly Sample[]>([
    ["snarkjs", [sample(9), sample(1), sample(8, { peakBytes: 3e6 })]],
    ["peer", [sample(2), sample(3)]],
    ["native-ifma", [sample(0.5, counted), sample(0.1, { ...counted, multiplyNs: 2 }), sample(0.2, counted)]],
  ]),
  witness: new Map([
    ["wasm", [sample(0.3), sample(0.1)]],
    ["native", [sample(0.02)]],
  ]),
};
const measured = (name: string): number | undefined =>
  figureValue(figuresOf("53k").find((figure) => figure.name === name)!, RESULTS);

describe("the proving bench's figures", () => {
  it("have names of their own, known before anything runs", () => {
    expect(new Set(provers.names).size).to.equal(provers.names.length);
    for (const name of [
      "prove.native-ifma.160k",
      "prove.native-adx.160k",
      "prove.native-portable.160k",
      "prove.snarkjs.160k",
      "prove.limit.ifma.160k",
      "prove.ratio.native-ifma.160k",
      "prove.limitRatio.ifma.160k",
    ])
      expect(provers.names, name).to.include(name);
    for (const { label } of SIZES) expect(provers.names).to.include(`prove.snarkjs.${label}`);
  });

  it("have no tables and no native witness where those take gigabytes and minutes", () => {
    const needsExtras = /-tables|witness\.native|witnessShare/;
    const extrasOf = (label: string) => provers.names.filter((name) => name.includes(label) && needsExtras.test(name));
    expect(SIZES.filter(({ extras }) => !extras).map(({ label }) => label)).to.deep.equal(["511k"]);
    for (const { label, extras } of SIZES) expect(extrasOf(label).length > 0, label).to.equal(extras);
    expect(extrasOf("160k")).to.include.members(["prove.native-adx-tables.160k", "prove.witness.native.160k.cpu"]);
  });

  for (const [name, value] of [
    ["prove.constraints.53k", 53_000],
    ["prove.witness.wasm.53k", 0.2],
    ["prove.witness.wasm.53k.cpu", 0.4],
    ["prove.witness.native.53k", 0.02],
    ["prove.witness.native.53k.cpu", 0.04],
    ["prove.witnessShare.native-ifma.53k", 10], // 40 ms of 400 ms, by processor time
    ["prove.snarkjs.53k", 8],
    ["prove.snarkjs.53k.cpu", 16],
    ["prove.snarkjs.53k.memory", 3],
    ["prove.peer.53k", 2.5],
    ["prove.native-ifma.53k", 0.2],
    ["prove.multiplications.ifma.53k", 5e6],
    ["prove.multiply.ifma.53k", 2],
    ["prove.limit.ifma.53k", 0.005], // 5e6 products of 2 ns on two processors
    ["prove.limitRatio.ifma.53k", 40],
    ["prove.limitRatio.ifma.53k.cpu", 40],
    ["prove.ratio.native-ifma.53k", 40],
    ["prove.ratio.peer.53k", 3.2],
    ["prove.peerRatio.native-ifma.53k", 12.5],
  ] as const) {
    it(`are medians, their quotients, and least times: ${name}`, () =>
      expect(Math.abs((measured(name) ?? Number.NaN) - value) < 1e-9, String(measured(name))).to.equal(true));
  }

  it("are absent when a prover has not run", () => {
    expect(measured("prove.native-adx.53k")).to.equal(undefined);
    expect(measured("prove.ratio.native-adx.53k")).to.equal(undefined);
    expect(measured("prove.limit.adx.53k")).to.equal(undefined);
    const witnessShare = figuresOf("53k").find(({ name }) => name === "prove.witnessShare.native-ifma.53k")!;
    expect(figureValue(witnessShare, { ...RESULTS, witness: new Map() })).to.equal(undefined);
  });

  it("ask for a peer and for nothing to be built when only a peer's is wanted", async () => {
    const said: string[] = [];
    const figures = figuresOf("10k").filter(({ name }) => name.startsWith("prove.peer."));
    const without = await findEquipment(figures, undefined, (line) => said.push(line));
    expect([[...without.provers], without.addonPath, said.length]).to.deep.equal([[], undefined, 1]);
    expect(said[0]).to.include("--peer");
    const given = await findEquipment(figures, "/bin/prover", (line) => said.push(line));
    expect([[...given.provers], given.peerPath, given.addonPath, said.length]).to.deep.equal([
      ["peer"],
      "/bin/prover",
      undefined,
      1,
    ]);
  });

  it("need no work that nobody asked for", async () => {
    const said: string[] = [];
    for await (const figure of provers.run(["prove.peer.511k"], (line) => said.push(line), {}))
      expect.fail(figure.name);
    expect(said).to.have.length(1); // that there is no peer
  });
});

describe("the proving bench's turns", () => {
  it("let everyone prove once a turn, and do not count the first", async () => {
    const order: string[] = [];
    const contender = (name: ProverName): Contender => {
      let calls = 0;
      return {
        name,
        async prove() {
          order.push(name);
          return { sample: sample(++calls), result: { proof: name, publicSignals: [] } };
        },
      };
    };
    const asides: boolean[] = [];
    const accepted: unknown[] = [];
    const samples = await inTurn([contender("snarkjs"), contender("native-adx")], 2, {
      say: () => {},
      accept: (prover, { proof }) => accepted.push([prover, proof]),
      aside: async (isCounted) => void asides.push(isCounted),
    });
    expect(order).to.deep.equal(["snarkjs", "native-adx", "snarkjs", "native-adx", "snarkjs", "native-adx"]);
    expect(samples.get("native-adx")?.map(({ wall }) => wall)).to.deep.equal([2, 3]);
    expect(asides).to.deep.equal([false, true, true]);
    expect(accepted).to.have.length(6);
    expect(accepted[1]).to.deep.equal(["native-adx", "native-adx"]);
  });
});

describe("the benchmarks' command line", () => {
  it("takes runs and a peer, and leaves out what is not said", () => {
    expect(readOptions([])).to.deep.equal({ only: "", json: false, options: {} });
    expect(readOptions(["--only", "prove", "--json", "--runs", "12", "--peer", "p"])).to.deep.equal({
      only: "prove",
      json: true,
      options: { runs: 12, peer: "p" },
    });
  });

  for (const [only, wanted] of [
    ["", true],
    ["prove.snarkjs.10k", true],
    ["prove.*.10k", true],
    ["*k.cpu", true],
    ["snarkjs", false],
    ["prove.snarkjs.10k.memory", false],
    ["prove.*.53k", false],
    ["prove.snarkjs.1.k", false],
    ["prove.snarkjs.(", false],
  ] as const)
    it(`${wanted ? "wants" : "does not want"} prove.snarkjs.10k.cpu by --only "${only}"`, () =>
      expect(isWanted("prove.snarkjs.10k.cpu", only)).to.equal(wanted));

  for (const runs of ["0", "-1", "1.5", "many"])
    it(`refuses --runs=${runs}`, () => expect(() => readOptions([`--runs=${runs}`])).to.throw(RangeError, runs));
});

describe("the proving bench's situations", () => {
  it("are the model's own: valid operations and accepted rounds, the same each time", async () => {
    const hasher = await createHasher();
    for (const { inputs } of SIZES.slice(0, 3)) expect(inputs(hasher)).to.deep.equal(inputs(hasher));
  });
});
