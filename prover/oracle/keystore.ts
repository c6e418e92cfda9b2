import { randomBytes } from "node:crypto";
import { open, readFile, stat } from "node:fs/promises";
import { z } from "zod";
import { deriveKey, type SigningKey } from "../../verifier/model/eddsa.ts";
import { ProverError } from "../errors.ts";

/** A key file is missing, readable by others, or not a key file. Its message never holds the key. */
export class KeystoreError extends ProverError {
  override readonly name = "KeystoreError";
  readonly code = "KEYSTORE";
  readonly path: string;
  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.path = path;
  }
}

const decimal = z.string().regex(/^\d+$/).transform(BigInt);
const keystoreSchema = z.object({
  format: z.literal("homeostat-babyjubjub-1"),
  publicKey: z.object({ x: decimal, y: decimal }),
  seed: z.string().regex(/^[0-9a-f]{64}$/),
});

const SEED_BYTES = 32;
const OTHERS = 0o077;

/** A new secret seed from the operating system. */
export const newSeed = (): Uint8Array => randomBytes(SEED_BYTES);

/**
 * Writes a signing key so that only its owner can read it, and never over an existing file.
 * @param seed 32 secret bytes
 * @throws {KeystoreError} when the file exists or cannot be written
 */
export async function writeKeystore(path: string, seed: Uint8Array): Promise<SigningKey> {
  const key = deriveKey(seed);
  const { x, y } = key.publicKey;
  const content = {
    format: "homeostat-babyjubjub-1",
    publicKey: { x: String(x), y: String(y) },
    seed: Buffer.from(seed).toString("hex"),
  };
  try {
    const file = await open(path, "wx", 0o600);
    try {
      await file.writeFile(`${JSON.stringify(content, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new KeystoreError(
      path,
      (error as NodeJS.ErrnoException).code === "EEXIST" ? "exists already" : "cannot be written",
    );
  }
  return key;
}

/**
 * @throws {KeystoreError} when the file is missing, open to others, or its public key is not that of its seed
 */
export async function readKeystore(path: string): Promise<SigningKey> {
  const mode = await stat(path).then(
    (found) => found.mode,
    () => {
      throw new KeystoreError(path, "cannot be read");
    },
  );
  if ((mode & OTHERS) !== 0) throw new KeystoreError(path, "others may read it; chmod 600 it");
  const parsed = keystoreSchema.safeParse(parseJson(await readFile(path, "utf8")));
  if (!parsed.success) throw new KeystoreError(path, "is not a key file of this program");
  const key = deriveKey(Buffer.from(parsed.data.seed, "hex"));
  const { x, y } = parsed.data.publicKey;
  if (key.publicKey.x !== x || key.publicKey.y !== y)
    throw new KeystoreError(path, "its public key is not that of its seed");
  return key;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
