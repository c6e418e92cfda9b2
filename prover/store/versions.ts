import type { Account } from "../../verifier/model/account.ts";
import type { Database, Row } from "./database.ts";
import { checkDigest, countOf, digestOf, integerOf, integersOf, integersText, integerText } from "./values.ts";

/** A proven version of the engine's state: totals, and the accounts that changed since the version before. */
export interface StoredVersion {
  /** Operations settled in it; names the version. */
  readonly settled: number;
  readonly blockNumber: number;
  /** Unix seconds of that block. */
  readonly provenAt: number;
  readonly stateRoot: bigint;
  /** Signed quote units. */
  readonly sumQuote: bigint;
  /** Quote units. */
  readonly insurance: bigint;
  /** openInterest, lossLong, lossShort of each market. */
  readonly markets: readonly bigint[];
  /** Quote units, at the oracle state of the version's batch. */
  readonly liabilities: bigint;
}

export interface VersionTable {
  append(version: StoredVersion, changed: ReadonlyMap<number, Account>): void;
  last(): StoredVersion | null;
  /** The version with this many settled operations; null when it is pruned, or never was. */
  at(settled: number): StoredVersion | null;
  /** Every account that was ever set, as of a version. */
  accountsAt(settled: number, markets: number): Iterable<readonly [index: number, account: Account]>;
}

const COLUMNS = [
  ...["settled", "block_number", "proven_at", "state_root"],
  ...["sum_quote", "insurance", "markets", "liabilities"],
] as const;

export function versionTable(database: Database): VersionTable {
  function append(version: StoredVersion, changed: ReadonlyMap<number, Account>): void {
    const columns = [
      version.settled,
      version.blockNumber,
      version.provenAt,
      integerText(version.stateRoot),
      integerText(version.sumQuote),
      integerText(version.insurance),
      integersText(version.markets),
      integerText(version.liabilities),
    ];
    database.run(
      `INSERT INTO version (${COLUMNS.join(", ")}, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...columns,
      digestOf(columns),
    );
    for (const [index, account] of changed) {
      database.run(
        "INSERT INTO account (position, settled, block_number, fields) VALUES (?, ?, ?, ?)",
        index,
        version.settled,
        version.blockNumber,
        integersText(accountFields(account)),
      );
    }
  }

  function* accountsAt(settled: number, markets: number): Generator<readonly [number, Account]> {
    const rows = database.all(
      `SELECT position, fields FROM account AS newest WHERE settled <= ?1 AND NOT EXISTS (
         SELECT 1 FROM account WHERE position = newest.position AND settled > newest.settled AND settled <= ?1)
       ORDER BY position`,
      settled,
    );
    for (const row of rows) yield [countOf(row, "position"), readAccount(integersOf(row, "fields"), markets)];
  }

  return {
    append,
    accountsAt,
    last() {
      const row = database.first("SELECT * FROM version ORDER BY settled DESC LIMIT 1");
      return row === null ? null : readVersion(row);
    },
    at(settled) {
      const row = database.first("SELECT * FROM version WHERE settled = ?", settled);
      return row === null ? null : readVersion(row);
    },
  };
}

function readVersion(row: Row): StoredVersion {
  checkDigest(row, COLUMNS);
  return {
    settled: countOf(row, "settled"),
    blockNumber: countOf(row, "block_number"),
    provenAt: countOf(row, "proven_at"),
    stateRoot: integerOf(row, "state_root"),
    sumQuote: integerOf(row, "sum_quote"),
    insurance: integerOf(row, "insurance"),
    markets: integersOf(row, "markets"),
    liabilities: integerOf(row, "liabilities"),
  };
}

/** owner, keyX, keyY, nonce, quote, sizes, lanes. */
function accountFields(account: Account): readonly bigint[] {
  const { owner, keyX, keyY, nonce, quote, sizes, lanes } = account;
  return [owner, keyX, keyY, nonce, quote, ...sizes, ...lanes];
}

function readAccount(fields: readonly bigint[], markets: number): Account {
  const [owner = 0n, keyX = 0n, keyY = 0n, nonce = 0n, quote = 0n, ...rest] = fields;
  return { owner, keyX, keyY, nonce, quote, sizes: rest.slice(0, markets), lanes: rest.slice(markets, 3 * markets) };
}
