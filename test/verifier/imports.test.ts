import { readdirSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { expect } from "chai";

/** Every import of the verifier's files, as paths relative to the project root, or package names. */
function importsOf(folder: string): readonly { readonly file: string; readonly target: string }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => {
      const file = `${folder}/${name}`;
      const targets = [...readFileSync(file, "utf8").matchAll(/\bfrom\s+"([^"]+)"|\bimport\(\s*"([^"]+)"/g)].map(
        (match) => match[1] ?? match[2] ?? "",
      );
      return targets.map((target) => ({
        file,
        target: target.startsWith(".") ? relative(".", resolve(dirname(file), target)) : target,
      }));
    });
}

describe("the verifier's imports", () => {
  const imports = importsOf("verifier");

  it("are found", () => {
    expect(imports.length).to.be.greaterThan(100);
  });

  it("reach nothing of the prover, the scripts or the tests", () => {
    const foreign = imports.filter(({ target }) => /^(prover|scripts|test)\//.test(target));
    expect(foreign).to.deep.equal([]);
  });

  it("reach no prover's library: proofs are checked by a second implementation", () => {
    expect(imports.filter(({ target }) => ["snarkjs", "ffjavascript"].includes(target))).to.deep.equal([]);
  });

  it("keep the checks apart from the chain", () => {
    const reaching = imports.filter(
      ({ file, target }) => file.startsWith("verifier/check/") && /^(ethers|node:(fs|http|net))|\/chain\//.test(target),
    );
    expect(reaching).to.deep.equal([]);
  });
});
