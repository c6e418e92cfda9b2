/** What a guard may have begun with. */
import { decodeOracle, oracleRoot } from "../../../verifier/model/oracle.ts";
import { editGenesis, withElement } from "../helpers/edit.ts";
import { PARAMETERS } from "../helpers/syntheticHistory.ts";
import type { Lie } from "./lie.ts";

export const genesisLies: readonly Lie[] = [
  {
    title: "a first state that is not empty",
    change: (h) => editGenesis(h, { stateRoot: h.genesis.stateRoot + 1n }),
    complaint: "genesis: genesis.stateRoot: the first state is empty",
  },
  {
    title: "an oracle root of other words",
    change: (h) => editGenesis(h, { oracleRoot: 5n }),
    complaint: "genesis: genesis.oracleRoot: the root commits to words and parameters",
  },
  {
    title: "a first price that the words do not fit",
    change: (h) => editGenesis(h, { oracleWords: withElement(h.genesis.oracleWords, 1, (w) => w + 1n) }),
    complaint: "genesis: genesis.oracleRoot: the root commits to words and parameters",
  },
  {
    title: "a first variance that nobody measured",
    change: (h) => editGenesis(h, { oracleWords: withElement(h.genesis.oracleWords, 2, (w) => w + 1n) }),
    complaint: "genesis: genesis.oracleRoot: the root commits to words and parameters",
  },
  {
    title: "a parameter out of its range",
    change: (h) => editGenesis(h, { oracleParameters: withElement(h.genesis.oracleParameters, 3, () => 4096n) }),
    complaint: "genesis: genesis.parameters: every parameter is in its range",
  },
  {
    title: "a maintenance rate that rises faster than the notice allows",
    change: (h) => editGenesis(h, { oracleParameters: withElement(h.genesis.oracleParameters, 12, () => 262_144n) }),
    complaint: "genesis: genesis.parameters: every parameter is in its range",
  },
  {
    title: "a discount beyond the margin",
    change: (h) => editGenesis(h, { marginParameters: withElement(h.genesis.marginParameters, 5, () => 60_000n) }),
    complaint: "genesis: genesis.parameters: every parameter is in its range",
  },
  {
    title: "a parameter too few",
    change: (h) => editGenesis(h, { marginParameters: h.genesis.marginParameters.slice(1) }),
    complaint: "genesis: genesis.parameters: the lists have the length of the profile",
  },
  {
    title: "sizes of no profile",
    change: (h) => editGenesis(h, { reporterKeys: h.genesis.reporterKeys.slice(2) }),
    complaint: "genesis: genesis.profile: the sizes are those of a profile",
  },
  {
    title: "a reporter key off the curve",
    change: (h) => editGenesis(h, { reporterKeys: withElement(h.genesis.reporterKeys, 0, (x) => x + 1n) }),
    complaint: "genesis: genesis.reporterKeys: every key is on the curve and of prime order",
  },
  {
    title: "one reporter in two slots",
    change: (h) =>
      editGenesis(h, {
        reporterKeys: [...h.genesis.reporterKeys.slice(0, 6), ...h.genesis.reporterKeys.slice(0, 2)],
      }),
    complaint: "genesis: genesis.reporterKeys: every reporter has a key of its own",
  },
  {
    title: "fewer reporters than a quorum",
    change: (h) => editGenesis(h, { reporterKeys: h.genesis.reporterKeys.map((x, i) => (i < 4 ? x : 0n)) }),
    complaint: "genesis: genesis.reporterKeys: a quorum of reporters exists",
  },
  {
    title: "a first variance that nobody measured, under a root that fits it",
    change: (h, hasher) => {
      const oracleWords = withElement(h.genesis.oracleWords, 2, (word) => word + 1n);
      return editGenesis(h, { oracleWords, oracleRoot: oracleRoot(hasher, decodeOracle(oracleWords), PARAMETERS) });
    },
    complaint: "genesis: genesis.oracleWords: the first oracle state is the model's for its prices and time, element 2",
  },
  {
    title: "an anchor that is not the first price, under a root that fits it",
    change: (h, hasher) => {
      const oracleWords = withElement(h.genesis.oracleWords, 2, (word) => word + (1n << 96n));
      return editGenesis(h, { oracleWords, oracleRoot: oracleRoot(hasher, decodeOracle(oracleWords), PARAMETERS) });
    },
    complaint: "genesis: genesis.oracleWords: the first oracle state is the model's for its prices and time, element 2",
  },
];
