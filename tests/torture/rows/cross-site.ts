import { send } from "../support/requests.ts";
import { type Row, times } from "../support/row.ts";
import { rowCounts } from "../support/store.ts";

const EVIL = "https://evil.example";
/** What a browser sends for another site, one that does not send where the request is from included. */
const FROM_ELSEWHERE: [string, Record<string, string>][] = [
  ["cross-site", { "sec-fetch-site": "cross-site", origin: EVIL }],
  ["same-site", { "sec-fetch-site": "same-site", origin: EVIL }],
  ["an old browser", { origin: EVIL }],
  ["a sandboxed frame", { "sec-fetch-site": "cross-site", origin: "null" }],
];
/** The bodies that another site can send without being asked, and JSON. */
const BODIES: [string, string | null, string][] = [
  ["a form", "application/x-www-form-urlencoded", "label=7&force=true"],
  ["text", "text/plain", '{"force":true}'],
  ["no type", null, '{"force":true}'],
  ["JSON", "application/json", '{"force":true}'],
];

/** Row 15: requests that another site makes a browser send. */
export const crossSite: Row = {
  row: 15,
  property: "Another site cannot change anything",
  quick: "tests/http/middleware/security.test.ts",
  boundSeconds: 180,
  missing: () => null,
  async run(place, tally, scale) {
    const project = await place.project();
    const { url } = await place.serve(project);
    const { body } = await send(url, "GET", "/api/v1/openapi.json");
    const operations = operationsOf(body);
    const changing = operations.filter(({ method }) => method !== "GET");
    const forms = ["/label", "/scheduler/pause", "/server/quit", "/settings", "/runs"].map((path) => ({
      method: "POST",
      path,
    }));
    const some = times(changing.length, scale, 5);
    const before = rowCounts(project.dir);
    let sent = 0;
    for (const { method, path } of [...changing.slice(0, some), ...forms]) {
      for (const [who, from] of FROM_ELSEWHERE) {
        for (const [what, type, text] of BODIES) {
          const headers = type === null ? from : { ...from, "content-type": type };
          const response = await fetch(url + path, { method, headers, body: new TextEncoder().encode(text) });
          await response.arrayBuffer();
          sent++;
          tally.expect(response.status === 403, `${method} ${path} by ${who} as ${what}: ${response.status}`);
          const allowed = response.headers.get("access-control-allow-origin");
          tally.expect(allowed === null, `${method} ${path} allows the origin ${allowed}`);
        }
      }
    }
    let read = 0;
    for (const { method, path } of operations) {
      if (method !== "GET" || /events|stream/.test(path)) continue;
      await send(url, "GET", path, undefined, FROM_ELSEWHERE[0]![1]);
      read++;
    }
    const after = rowCounts(project.dir);
    for (const [table, n] of Object.entries(after))
      tally.expect(n === before[table], `the table ${table} has ${n} rows, before ${before[table]}`);
    tally.figure(`${sent} requests of another site refused, ${read} of method GET changed nothing`);
  },
};

function operationsOf(document: Record<string, unknown>): { method: string; path: string }[] {
  const paths = (document.paths ?? {}) as Record<string, Record<string, unknown>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => ["get", "post", "put", "patch", "delete"].includes(method))
      .map((method) => ({ method: method.toUpperCase(), path: path.replaceAll(/\{[^}]+\}/g, "1") })),
  );
}
