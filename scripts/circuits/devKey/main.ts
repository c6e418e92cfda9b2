/** Child process of the build: `main.ts <r1cs> <zkey> <r1cs sha256>` writes the development key and prints what it does. */
import { chooseArithmetic } from "./chooseArithmetic.ts";
import { makeDevKey } from "./makeDevKey.ts";

const [r1csPath, zkeyPath, circuitDigest] = process.argv.slice(2);
if (r1csPath === undefined || zkeyPath === undefined || circuitDigest === undefined) {
  throw new RangeError("usage: main.ts <r1cs> <zkey> <sha256 of the r1cs>");
}
const arithmetic = await chooseArithmetic();
console.log(`arithmetic: ${arithmetic.name}`);
await makeDevKey(r1csPath, zkeyPath, circuitDigest, { arithmetic, onProgress: (done) => console.log(done) });
