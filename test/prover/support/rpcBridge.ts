import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Transport } from "../../../prover/chain/transport.ts";

/** What the bridge does to a call instead of answering well. */
export type Mischief = "none" | "drop" | "error 500" | "busy" | "html" | "truncated" | "lost reply";

/** Serves a transport as JSON-RPC over HTTP on the loopback interface, with mischief. */
export async function startRpcBridge(transport: Transport, mischief: (method: string) => Mischief = () => "none") {
  const fired = new Map<Mischief, number>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { id, method, params } = JSON.parse(Buffer.concat(chunks).toString()) as {
      id: number;
      method: string;
      params: unknown[];
    };
    const kind = mischief(method);
    fired.set(kind, (fired.get(kind) ?? 0) + 1);
    if (kind === "drop") return request.socket.destroy();
    if (kind === "error 500") return response.writeHead(500).end("oops");
    if (kind === "html") return response.end("<html>busy</html>");
    if (kind === "busy")
      return response.end(JSON.stringify({ jsonrpc: "2.0", id, error: { code: -32005, message: "rate limit" } }));
    const answer = await transport.send(method, params).then(
      (result) => ({ jsonrpc: "2.0", id, result }),
      (error: { code?: number; message?: string; data?: unknown }) => ({
        jsonrpc: "2.0",
        id,
        error: { code: error.code ?? -32000, message: error.message ?? "", data: error.data },
      }),
    );
    if (kind === "lost reply") return request.socket.destroy();
    const text = JSON.stringify(answer);
    return response.end(kind === "truncated" ? text.slice(0, text.length / 2) : text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fired,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
