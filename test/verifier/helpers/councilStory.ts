/** A real council over a real guard: members sign, anyone sends, the timelock lifts. */
import { Contract, ContractFactory, TypedDataEncoder, toBeHex, ZeroHash } from "ethers";
import type { Hasher } from "../../../verifier/model/hasher.ts";
import type { History } from "../../../verifier/replay/history.ts";
import { readHistory } from "../../../verifier/replay/readHistory.ts";
import { createRpc } from "../../../verifier/replay/rpc.ts";
import { ALL_MARKETS, ascending, MESSAGE_TYPES } from "../../helpers/contracts/council.ts";
import { FORWARDER_CODE } from "./forwarder.ts";
import { chain, connection, LocalGuard } from "./localGuard.ts";
import { trapdoorProver } from "./prover.ts";

export const LIFT_DELAY_SEC = 21_600;
export const HOUR_SEC = 3_600n;
export const NEVER = 2n ** 40n;
const THRESHOLD = 2;

const TIMELOCK_ABI = [
  "function executeBatch(address[] targets, uint256[] values, bytes[] payloads, bytes32 predecessor, bytes32 salt) payable",
];
type Message = Record<string, unknown>;

export class CouncilStory {
  readonly guard: LocalGuard;
  readonly council: Contract;
  private readonly signers: Awaited<ReturnType<typeof connection.ethers.getSigners>>;
  private readonly contractMember: Contract | null;

  private constructor(guard: LocalGuard, council: Contract, signers: CouncilStory["signers"], member: Contract | null) {
    this.guard = guard;
    this.council = council;
    this.signers = signers;
    this.contractMember = member;
  }

  /** @param withContract whether a contract is the third member, and consents */
  static async begin(hasher: Hasher, withContract = false): Promise<CouncilStory> {
    const signers = await connection.ethers.getSigners();
    const member = withContract ? await connection.ethers.deployContract("ContractMember") : null;
    const people = signers.slice(5, withContract ? 6 : 8).map(({ address }) => ({ address }));
    const all = ascending(member === null ? people : [...people, { address: await member.getAddress() }]);
    const members = all.map(({ address }) => address);
    const newCouncil = { members, threshold: THRESHOLD, liftDelaySec: LIFT_DELAY_SEC };
    const guard = await LocalGuard.deploy(hasher, "trapdoor", trapdoorProver, { newCouncil });
    const council = await connection.ethers.getContractAt("SecurityCouncil", guard.at.council);
    return new CouncilStory(guard, council as unknown as Contract, signers, member as unknown as Contract | null);
  }

  async tighten(market: bigint, level: bigint, durationSec: bigint, cause: bigint): Promise<void> {
    const inputs = await this.tightenInputs(market, level, durationSec, cause);
    await this.council.getFunction("tighten").send(...inputs);
  }

  /** The same through a contract that passes the call on. */
  async tightenThroughForwarder(market: bigint, level: bigint, durationSec: bigint, cause: bigint): Promise<void> {
    const inputs = await this.tightenInputs(market, level, durationSec, cause);
    const input = this.council.interface.encodeFunctionData("tighten", inputs);
    const forwarder = await new ContractFactory([], FORWARDER_CODE, this.signers[0]).deploy();
    const data = `0x${(await this.council.getAddress()).slice(2).padStart(64, "0")}${input.slice(2)}`;
    await this.signers[0]?.sendTransaction({ to: await forwarder.getAddress(), data, gasLimit: 2_000_000 });
  }

  /** Proposes the end of a restriction and executes it after the delay. */
  async lift(market: bigint, id: bigint): Promise<void> {
    const salt = toBeHex(await this.nonce(), 32);
    const consents = await this.consents("ProposeLift", { market });
    await this.council.getFunction("proposeLift").send(market, NEVER, consents);
    await this.pass(BigInt(LIFT_DELAY_SEC));
    const [targets, values, payloads] = await this.council.getFunction("liftCalls").staticCall(market, id);
    const timelock = new Contract(this.guard.at.timelock, TIMELOCK_ABI, this.signers[0]);
    await timelock.getFunction("executeBatch").send([...targets], [...values], [...payloads], ZeroHash, salt);
  }

  async pass(seconds: bigint): Promise<void> {
    await connection.networkHelpers.time.increase(seconds);
  }

  read(): Promise<History> {
    return readHistory(createRpc(chain), this.guard.at.guard, { fromBlock: this.guard.at.genesisBlock });
  }

  private async tightenInputs(market: bigint, level: bigint, durationSec: bigint, cause: bigint) {
    const consents = await this.consents("Tighten", { market, level, durationSec, cause });
    return [market, level, durationSec, cause, NEVER, consents];
  }

  private nonce(): Promise<bigint> {
    return this.council.getFunction("nextNonce").staticCall();
  }

  /** The first two members consent; a contract does so by what it remembers. */
  private async consents(action: "Tighten" | "ProposeLift", fields: Message) {
    const { chainId } = await connection.ethers.provider.getNetwork();
    const verifyingContract = await this.council.getAddress();
    const domain = { name: "Homeostat SecurityCouncil", version: "1", chainId, verifyingContract };
    const nonce = await this.nonce();
    const message = { guard: this.guard.at.guard, nonce, deadline: NEVER, ...fields };
    const people = this.signers.slice(5, this.contractMember === null ? 7 : 6);
    const signed = await Promise.all(
      people.map(async (member) => ({
        address: member.address,
        signature: await member.signTypedData(domain, { [action]: MESSAGE_TYPES[action] }, message),
      })),
    );
    if (this.contractMember !== null) {
      const digest = TypedDataEncoder.hash(domain, { [action]: MESSAGE_TYPES[action] }, message);
      await this.contractMember.getFunction("setConsent").send(digest, true);
      signed.push({ address: await this.contractMember.getAddress(), signature: "0x" });
    }
    return ascending(signed).map(({ address, signature }) => ({ member: address, signature }));
  }
}

/** Market 0 for an hour, everything for a day (for a cause 0, which a market that knew none may have), and its end after the delay. */
export async function councilHistory(hasher: Hasher): Promise<History> {
  const story = await CouncilStory.begin(hasher);
  await story.tighten(0n, 2n, HOUR_SEC, 7n);
  await story.pass(2n * HOUR_SEC);
  await story.tighten(ALL_MARKETS, 3n, 24n * HOUR_SEC, 0n);
  await story.lift(ALL_MARKETS, 2n);
  return story.read();
}
