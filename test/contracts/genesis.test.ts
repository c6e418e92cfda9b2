import { expect } from "chai";
import { Contract } from "ethers";
import { deployHomeostat } from "../../scripts/deploy/deployHomeostat.ts";
import { makeGenesis } from "../../scripts/deploy/genesis.ts";
import { GUARD_ABI, VERIFIER_ABI } from "../../verifier/chain/abi.ts";
import { domainOf } from "../../verifier/model/domain.ts";
import { deriveKey } from "../../verifier/model/eddsa.ts";
import { encodePriceWord, genesisOracle, oracleRoot } from "../../verifier/model/oracle.ts";
import { genesisState, stateRoot } from "../../verifier/model/state.ts";
import { challengeOf, evaluateWords } from "../../verifier/model/words.ts";
import { CALM, NO_LOSSES, PROFILE } from "../helpers/contracts/bench.ts";
import * as encode from "../helpers/contracts/encode.ts";
import { ethers } from "../helpers/contracts/network.ts";
import { hasher, parameters } from "../helpers/model/instance.ts";

const OPENING = { timestamp: 1_760_000_000n, prices: [6_000_000n, 250_000n] };
const KEYS = [1, 2, 3].map((seed) => deriveKey(new Uint8Array(32).fill(seed)).publicKey);

describe("a deployment of the generated verifiers", () => {
  it("begins where the model begins", async () => {
    const genesis = makeGenesis(hasher, PROFILE, parameters, KEYS, OPENING);
    const [signer] = await ethers.getSigners();
    const at = await deployHomeostat(signer!, { profile: PROFILE, genesis, token: "test" });
    const guard = new Contract(at.guard, GUARD_ABI, signer!);
    const oracle = genesisOracle(parameters, OPENING.timestamp, OPENING.prices);

    expect(await guard.oracleRoot!()).to.equal(oracleRoot(hasher, oracle, parameters));
    expect(await guard.stateRoot!()).to.equal(stateRoot(hasher, genesisState(hasher, PROFILE)));
    for (const [m, market] of oracle.markets.entries())
      expect(await guard.priceWord!(m)).to.equal(encodePriceWord(market));
    expect([await guard.round!(), await guard.roundTimestamp!()]).to.deep.equal([0n, OPENING.timestamp]);
    expect(await guard.staleSec!()).to.equal(parameters.margin.staleSec);
    expect(await guard.lossWord!()).to.equal(NO_LOSSES);
    expect(await guard.domain!()).to.equal(domainOf(31337n, BigInt(at.guard)));
    expect(genesis.reporterKeys.slice(-2)).to.deep.equal([0n, 0n]); // the fourth slot is empty

    for (const [address, signals] of [
      [at.roundVerifier, 10n],
      [at.batchVerifier, 11n],
    ] as const) {
      const verifier = new Contract(address, VERIFIER_ABI, signer!);
      expect([await verifier.PUBLIC_COUNT!(), await verifier.DEV_SETUP!()]).to.deep.equal([signals, true]);
    }
  });
});

describe("the encoding that the contracts' tests use", () => {
  it("agrees with the model's, though written apart from it", () => {
    const unseen = { anchor: 1n, anchorAt: 0n, breakerLevel: 0n }; // in the risk word, which no contract reads
    const market = {
      ...CALM,
      ...unseen,
      fundingIndex: -123n,
      breakerUntil: 77n,
      variance: 0n,
      weight: 1n,
      fundingFraction: 0n,
    };
    expect(encode.priceWord(market)).to.equal(encodePriceWord(market));
    const words = Array.from({ length: 18 }, (_, i) => 2n ** BigInt(13 * i) + 5n);
    const challenge = encode.challengeOf(words, 99n);
    expect(challenge).to.equal(challengeOf(words, 99n));
    expect(encode.evaluate(words, challenge)).to.equal(evaluateWords(words, challenge));
  });
});
