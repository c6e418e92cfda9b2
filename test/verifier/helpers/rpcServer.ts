/** An in-process chain behind HTTP on the loopback interface, for a program that wants a URL. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { RpcProvider } from "../../../verifier/replay/rpc.ts";

export interface RpcServer {
  readonly url: string;
  close(): Promise<void>;
}

export async function startRpcServer(provider: RpcProvider): Promise<RpcServer> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer); // a request without encoding yields buffers
    const { id, method, params } = JSON.parse(Buffer.concat(chunks).toString()) as {
      id: number;
      method: string;
      params: unknown[];
    };
    const answer = await provider.send(method, params).then(
      (result) => ({ jsonrpc: "2.0", id, result }),
      (error: Error) => ({ jsonrpc: "2.0", id, error: { code: 3, message: error.message, data: revertData(error) } }),
    );
    response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo; // listening on TCP
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The data of a revert, as nodes give it; the in-process chain nests it one level deep or not. */
function revertData(error: Error & { readonly data?: unknown }): unknown {
  const { data } = error;
  return typeof data === "object" && data !== null && "data" in data ? data.data : data;
}
