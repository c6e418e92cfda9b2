/** The key that pays the gas of what is sent. */
import { readFile } from "node:fs/promises";
import { type JsonRpcProvider, Wallet } from "ethers";

/** The keystore cannot be used. Its message never holds a key or a password. */
export class WalletError extends Error {
  override readonly name = "WalletError";
  readonly code = "WALLET";
}

export const PASSWORD_VARIABLE = "HOMEOSTAT_KEYSTORE_PASSWORD";

/**
 * @param path an Ethereum keystore, as wallets export it; its password is read from the environment
 * @throws {WalletError} when file or password is missing or wrong
 */
export async function openWallet(path: string, provider: JsonRpcProvider): Promise<Wallet> {
  const password = process.env[PASSWORD_VARIABLE];
  if (password === undefined) throw new WalletError(`${PASSWORD_VARIABLE} holds no password for ${path}`);
  const text = await readFile(path, "utf8").catch(() => {
    throw new WalletError(`${path}: cannot be read`);
  });
  try {
    const { privateKey } = await Wallet.fromEncryptedJson(text, password);
    return new Wallet(privateKey, provider);
  } catch {
    throw new WalletError(`${path}: is no Ethereum keystore, or the password is another one`);
  }
}
