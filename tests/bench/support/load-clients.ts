import type { Socket } from "bun";

/** One request as bytes: a raw client costs a tenth of `fetch`, so that the generator is not what is measured. */
export type RawRequest = Uint8Array<ArrayBuffer>;

/** What a client has seen of one response. */
interface SeenResponse {
  /** 0: the connection ended before a response was complete. */
  status: number;
  /** From the time at which the request was to be sent, in milliseconds. */
  ms: number;
  /** Of `Retry-After`, in seconds. */
  retryAfter: number | null;
}

/** Returns `POST path` with a JSON body for a server. */
export function postOf(url: string, path: string, body: unknown): RawRequest {
  const { host } = new URL(url);
  const json = Buffer.from(JSON.stringify(body));
  const head = `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: ${json.length}\r\n\r\n`;
  return new Uint8Array(Buffer.concat([Buffer.from(head), json]));
}

/** A keep-alive connection that sends one request at a time, and connects again when the server has closed it. */
class LoadClient {
  readonly #hostname: string;
  readonly #port: number;
  #socket: Socket | null = null;
  #received = Buffer.alloc(0);
  #waiting: ((response: { status: number; retryAfter: number | null }) => void) | null = null;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#hostname = hostname;
    this.#port = Number(port);
  }

  /** @param dueMs `performance.now()` at which it was to be sent; by default now. */
  async send(request: RawRequest, dueMs = performance.now()): Promise<SeenResponse> {
    const socket = this.#socket ?? (await this.#connect());
    if (socket === null) return { status: 0, ms: performance.now() - dueMs, retryAfter: null };
    const response = new Promise<{ status: number; retryAfter: number | null }>((resolve) => {
      this.#waiting = resolve;
    });
    socket.write(request);
    return { ...(await response), ms: performance.now() - dueMs };
  }

  close(): void {
    this.#socket?.end();
    this.#socket = null;
  }

  async #connect(): Promise<Socket | null> {
    const ended = () => {
      this.#socket = null;
      this.#received = Buffer.alloc(0);
      this.#finish({ status: 0, retryAfter: null });
    };
    this.#socket = await Bun.connect({
      hostname: this.#hostname,
      port: this.#port,
      socket: { data: (_, bytes) => this.#receive(bytes), close: ended, error: ended, connectError: ended },
    }).catch(() => null);
    return this.#socket;
  }

  #receive(bytes: Buffer): void {
    this.#received =
      this.#received.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#received, bytes]);
    const end = this.#received.indexOf("\r\n\r\n");
    if (end < 0) return;
    const head = this.#received.toString("latin1", 0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.#received.length < end + 4 + length) return;
    this.#received = this.#received.subarray(end + 4 + length);
    const retryAfter = /retry-after: (\d+)/i.exec(head)?.[1];
    this.#finish({
      status: Number(head.slice(9, 12)),
      retryAfter: retryAfter === undefined ? null : Number(retryAfter),
    });
  }

  #finish(response: { status: number; retryAfter: number | null }): void {
    const resolve = this.#waiting;
    this.#waiting = null;
    resolve?.(response);
  }
}

/** Counts and quantiles of responses. */
export interface LoadSummary {
  seconds: number;
  /** Responses with 200 or 201. */
  accepted: number;
  /** Responses with 429 or 503, all of them with `Retry-After`. */
  refused: number;
  /** Anything else: other statuses, refusals without `Retry-After`, connections that ended. */
  failed: number;
  /** Of the accepted, in milliseconds. */
  p50: number;
  p99: number;
}

/** Summarises the responses of some seconds. */
function summaryOf(seen: readonly SeenResponse[], seconds: number): LoadSummary {
  const accepted = seen.filter(({ status }) => status === 200 || status === 201);
  const refused = seen.filter(
    ({ status, retryAfter }) => (status === 429 || status === 503) && retryAfter !== null,
  );
  const times = accepted.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (q: number) => times[Math.min(times.length - 1, Math.floor(q * times.length))] ?? Number.NaN;
  return {
    ...{ seconds, accepted: accepted.length, refused: refused.length },
    failed: seen.length - accepted.length - refused.length,
    ...{ p50: at(0.5), p99: at(0.99) },
  };
}

/** Every connection sends its next request as soon as it has the response to the one before. */
export async function closedLoop(
  url: string,
  {
    connections,
    seconds,
    requestOf,
  }: { connections: number; seconds: number; requestOf(n: number): RawRequest },
): Promise<LoadSummary> {
  const seen: SeenResponse[] = [];
  const clients = Array.from({ length: connections }, () => new LoadClient(url));
  const startMs = performance.now();
  const endMs = startMs + seconds * 1_000;
  let n = 0;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < endMs) {
        const response = await client.send(requestOf(n++));
        seen.push(response);
        // A connection that is refused at once must not make the generator the load.
        if (response.status === 0) await Bun.sleep(100);
      }
      client.close();
    }),
  );
  return summaryOf(seen, (performance.now() - startMs) / 1_000);
}

/** Sends at a fixed rate, whatever the server does; times count from when a request was due. */
export async function openLoop(
  url: string,
  { perSecond, seconds, requestOf }: { perSecond: number; seconds: number; requestOf(n: number): RawRequest },
): Promise<LoadSummary> {
  const idle: LoadClient[] = [];
  const seen: SeenResponse[] = [];
  const pending: Promise<void>[] = [];
  const startMs = performance.now();
  for (let n = 0; n < perSecond * seconds; n++) {
    const dueMs = startMs + (n * 1_000) / perSecond;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await Bun.sleep(waitMs);
    const client = idle.pop() ?? new LoadClient(url);
    pending.push(
      client.send(requestOf(n), dueMs).then((response) => {
        seen.push(response);
        idle.push(client);
      }),
    );
  }
  await Promise.all(pending);
  for (const client of idle) client.close();
  return summaryOf(seen, (performance.now() - startMs) / 1_000);
}
