import type { HonoRequest } from "hono";

/** Headers that identify nobody, and whose values may occur in any message. */
const PLAIN_HEADERS = new Set([
  "accept",
  "accept-encoding",
  "connection",
  "content-length",
  "content-type",
  "host",
  "x-request-id",
]);
/** Parts of a header at least this long are hidden as well: a token after "Bearer", a cookie's value. */
const MIN_PART_LENGTH = 8;
/** More than fit into a body of the default limit. */
const MAX_TEXTS = 20_000;

/**
 * Returns the strings that a client sent, which an error's message may repeat and the log must not: values of headers
 * and of the query, raw and decoded, and the strings in the body if a handler has read it. Never throws.
 */
export async function sentTexts(request: HonoRequest): Promise<string[]> {
  const texts = new Set([
    ...headerTexts(request.raw.headers),
    ...queryTexts(request.url),
    ...(await bodyTexts(request)),
  ]);
  return [...texts].slice(0, MAX_TEXTS);
}

function headerTexts(headers: Headers): string[] {
  return [...headers]
    .filter(([name]) => !PLAIN_HEADERS.has(name))
    .flatMap(([, value]) => [value, ...value.split(/[\s;,=]+/)])
    .filter((text) => text.length >= MIN_PART_LENGTH);
}

function queryTexts(url: string): string[] {
  const query = URL.parse(url)?.search.slice(1) ?? "";
  const raw = query.split("&").map((pair) => pair.slice(pair.indexOf("=") + 1));
  return [query, ...raw, ...new URLSearchParams(query).values()].filter((text) => text !== "");
}

/** Reads only what a handler has read before; no message can contain a body that was not read. */
async function bodyTexts({ bodyCache }: HonoRequest): Promise<string[]> {
  try {
    if (bodyCache.formData !== undefined) return stringsIn([...(await bodyCache.formData).values()]);
    if (bodyCache.json !== undefined) return stringsIn(await bodyCache.json);
    const bytes = await bodyCache.arrayBuffer;
    const text = bytes === undefined ? await bodyCache.text : new TextDecoder().decode(bytes);
    return text === undefined ? [] : [text, ...stringsIn(JSON.parse(text))];
  } catch {
    return [];
  }
}

/** All strings of a JSON value, but not its keys. */
function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
