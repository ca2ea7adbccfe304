/** 4xx statuses after which the same request may succeed later. All others are final. */
const TRANSIENT = new Set([403, 404, 408, 425, 429]);

/** Whether the same request may succeed later. */
export function isTransient({ status }: Response): boolean {
  return status >= 500 || TRANSIENT.has(status);
}

/** Sends JSON. @returns null when the server cannot be reached, or `signal` has aborted the request. */
export async function send(
  method: "POST" | "PATCH",
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Response | null> {
  try {
    return await fetch(path, {
      method,
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch {
    return null;
  }
}

/** The body of a response; null when the connection or the request ends before the body does. */
export async function bodyOf<T>(response: Response): Promise<T | null> {
  try {
    return (await response.json()) as T;
  } catch {
    return null;
  }
}

/** The `detail` of problem+json, which is meant for the reader, otherwise the status. */
export async function reasonOf(response: Response): Promise<string> {
  const problem: unknown = await response.json().catch(() => null);
  if (typeof problem === "object" && problem !== null && "detail" in problem) return String(problem.detail);
  return `HTTP ${response.status}`;
}
