/**
 * Child process of the demo: a local Ethereum node with JSON-RPC on loopback, on a free port.
 * Ends with its parent, however that ends: the channel between them closes.
 * Argument: date of the genesis block, unix seconds. Sends { url } when it listens.
 */
import { network } from "hardhat";

const startSec = Number(process.argv[2]);
const server = await network.createServer(
  { override: { initialDate: new Date(startSec * 1000).toISOString(), loggingEnabled: false } },
  "127.0.0.1",
  0,
);
const { address, port } = await server.listen();

let closing = false;
async function close(): Promise<void> {
  if (closing) return;
  closing = true;
  await server.close();
  process.exit(0);
}
process.on("disconnect", () => void close());
process.on("SIGTERM", () => void close());
process.on("SIGINT", () => {}); // Ctrl-C reaches the whole group; the parent ends us when it is done with us
process.send?.({ url: `http://${address}:${port}` });
