/** Child process of the build: `main.ts <r1cs> <zkey> <r1cs sha256>` writes the development key and prints what it has done. */
import { makeDevKey } from "./makeDevKey.ts";

const [r1csPath, zkeyPath, circuitDigest] = process.argv.slice(2);
if (r1csPath === undefined || zkeyPath === undefined || circuitDigest === undefined) {
  throw new RangeError("usage: main.ts <r1cs> <zkey> <sha256 of the r1cs>");
}
await makeDevKey(r1csPath, zkeyPath, circuitDigest, (done) => console.log(done));
