import fc from "fast-check";
import { bodyText, type Schema, text } from "./hostile.ts";

/** A request as it is sent. */
export interface FuzzRequest {
  method: string;
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  body: string | null;
}

/** A route of the application, with the schema of its JSON body, if it is described. */
export interface FuzzRoute {
  method: string;
  /** As Hono has it, such as `/api/v1/runs/:id`. */
  pattern: string;
  query: readonly string[];
  body: Schema | undefined;
}

interface Operation {
  parameters?: { in: string; name: string }[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
}

/** The routes of an application with what its document says of them. */
export function fuzzRoutes(
  routes: readonly { method: string; path: string }[],
  document: { paths: Record<string, Record<string, Operation>> },
): FuzzRoute[] {
  const own = new Map(
    routes.filter(({ method }) => method !== "ALL").map((one) => [`${one.method} ${one.path}`, one]),
  );
  return [...own.values()].map(({ method, path }) => {
    const operation = document.paths[path.replaceAll(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
    const query = (operation?.parameters ?? []).filter((one) => one.in === "query").map(({ name }) => name);
    return {
      method,
      pattern: path,
      query,
      body: operation?.requestBody?.content["application/json"]?.schema,
    };
  });
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "PROPFIND"];
const TYPES = [
  "application/json",
  "application/json; charset=utf-16",
  "application/merge-patch+json",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "multipart/form-data",
  "application/zip",
  "application/octet-stream",
  "text/plain",
  "",
];
const FIELDS = [
  ...[
    "label",
    "labeller",
    "writer",
    "session",
    "state",
    "reason",
    "note",
    "tag",
    "add",
    "remove",
    "confirm",
    "odd",
  ],
  ...[
    "pipeline",
    "params",
    "version",
    "cursor",
    "limit",
    "order",
    "set",
    "true",
    "ids",
    "run",
    "kind",
    "hash",
    "at",
  ],
  ...["language", "theme", "back", "to", "from", "until", "search", "window", "select", "name", "action"],
];

/** Mostly the usual value. */
const mostly = <T>(usual: T, ...others: T[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

const pairs = (names: readonly string[]) =>
  fc
    .array(
      fc.tuple(
        fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: text }),
        text,
      ),
      { maxLength: 4 },
    )
    .map((found) => found.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join("&"));

/** As a client would escape it, except what is wrongly escaped on purpose. */
function escaped(value: string): string {
  return value.startsWith("%") ? value : encodeURIComponent(value.toWellFormed());
}

/**
 * Requests to the routes, with their own methods and bodies most of the time.
 * @param ids values of path parameters that exist.
 */
export function fuzzRequests(
  routes: readonly FuzzRoute[],
  ids: readonly string[],
): fc.Arbitrary<FuzzRequest> {
  const segment = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...ids) },
    { weight: 1, arbitrary: text.map(escaped) },
  );
  return fc.oneof(...routes.map((route) => requestTo(route, segment)));
}

function requestTo(route: FuzzRoute, segment: fc.Arbitrary<string>): fc.Arbitrary<FuzzRequest> {
  const path = fc
    .tuple(
      fc.array(segment, { minLength: 4, maxLength: 4 }),
      pairs([...route.query, "x", "constructor", ...FIELDS.slice(0, 6)]),
    )
    .map(([values, query]) => {
      let at = 0;
      const filled = route.pattern.replaceAll(/:\w+|\*/g, () => values[at++ % values.length]!);
      return query === "" ? filled : `${filled}?${query}`;
    });
  const isForm = route.body === undefined;
  const body = isForm ? fc.oneof(pairs(FIELDS), bodyText(undefined)) : bodyText(route.body);
  const type = isForm ? "application/x-www-form-urlencoded" : "application/json";
  return fc
    .record({
      method: mostly(route.method, ...METHODS),
      path: fc.oneof(
        { weight: 30, arbitrary: path },
        { weight: 1, arbitrary: path.map((one) => `${one}/${"a/".repeat(3_000)}`) },
      ),
      headers: fc.record(
        {
          "content-type": mostly(type, ...TYPES),
          accept: mostly("*/*", "text/html", "image/png", ";;q=,", "x".repeat(500)),
          "idempotency-key": fc.constantFrom("", "k", "k".repeat(201)),
          "last-event-id": fc.constantFrom("1", "-1", "9".repeat(30), "x"),
          "hx-request": fc.constant("true"),
          cookie: fc.constantFrom("language=xx", "theme=%", "labeller=%ff", "a=b; ".repeat(50)),
          "if-none-match": fc.constantFrom("*", '"x"', "W/"),
        },
        { requiredKeys: ["content-type", "accept"] },
      ),
      body: fc.option(body, { nil: null, freq: 8 }),
    })
    .map(({ body: sent, headers, ...rest }) => {
      const hasBody = rest.method !== "GET" && rest.method !== "HEAD";
      const { "content-type": contentType, ...others } = headers;
      return {
        ...rest,
        headers: defined(contentType === "" ? others : headers),
        body: hasBody ? sent : null,
      };
    });
}

function defined(headers: Partial<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
