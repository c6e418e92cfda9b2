/** A transaction's hash from its fields: an endpoint cannot show other calldata under the same hash. */
import { Signature, Transaction } from "ethers";
import { z } from "zod";

const hex = z.string().regex(/^0x[0-9a-f]*$/i);
const optional = hex.nullish();
const fieldsSchema = z.object({
  type: hex.default("0x0"),
  chainId: optional,
  nonce: hex,
  gas: hex,
  gasPrice: optional,
  maxFeePerGas: optional,
  maxPriorityFeePerGas: optional,
  to: optional,
  value: hex,
  input: hex,
  accessList: z.array(z.object({ address: hex, storageKeys: z.array(hex) })).nullish(),
  v: hex,
  r: hex,
  s: hex,
});
const DYNAMIC_FEE = 2;
const LEGACY = 0;
const EIP155_OFFSET = 35n;

/**
 * @param answer what eth_getTransactionByHash gave
 * @returns null for a kind of transaction that cannot be hashed here (blobs, delegations, those of rollups)
 */
export function transactionHash(answer: unknown): string | null {
  const parsed = fieldsSchema.safeParse(answer);
  if (!parsed.success) return null;
  const fields = parsed.data;
  const type = Number(fields.type);
  if (type > DYNAMIC_FEE) return null;
  try {
    return hashOf(fields, type);
  } catch {
    return null; // values that no signed transaction has
  }
}

function hashOf(fields: z.infer<typeof fieldsSchema>, type: number): string | null {
  const { r, s, v } = fields;
  const transaction = Transaction.from({
    type,
    nonce: Number(fields.nonce),
    gasLimit: fields.gas,
    to: fields.to ?? null,
    value: fields.value,
    data: fields.input,
    chainId: type === LEGACY ? legacyChainId(BigInt(v)) : (fields.chainId ?? 0n),
    ...(type === DYNAMIC_FEE
      ? { maxFeePerGas: fields.maxFeePerGas ?? 0n, maxPriorityFeePerGas: fields.maxPriorityFeePerGas ?? 0n }
      : { gasPrice: fields.gasPrice ?? 0n }),
    ...(type === LEGACY ? {} : { accessList: fields.accessList ?? [] }),
    signature: Signature.from({ r: padded(r), s: padded(s), v: BigInt(v) < 2n ? 27 + Number(v) : BigInt(v) }),
  });
  return transaction.hash;
}

/** EIP-155 hides the chain in v; 0 when it is not bound to one. */
function legacyChainId(v: bigint): bigint {
  return v >= EIP155_OFFSET ? (v - EIP155_OFFSET) / 2n : 0n;
}

function padded(number: string): string {
  return `0x${number.slice(2).padStart(64, "0")}`;
}
