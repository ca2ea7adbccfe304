import type { Context, Hono, MiddlewareHandler } from "hono";
import { TrieRouter } from "hono/router/trie-router";

/** The methods of one path pattern, HEAD included where there is GET. */
interface Resource {
  pattern: string;
  methods: readonly string[];
}

/**
 * Refuses a method that the path does not have. The most exact pattern decides: `/models/rollback` has POST alone, although
 * `/models/:version`, which has GET as well, would match it too, and would say that there is no such version.
 *
 * @param app whose routes are read at the first request.
 * @param refuse responds, with `Allow`.
 */
export function ownMethods(
  app: Pick<Hono, "routes">,
  refuse: (c: Context, methods: readonly string[]) => Response | Promise<Response>,
): MiddlewareHandler {
  let router: TrieRouter<Resource> | undefined;
  return async (c, next) => {
    router ??= routerOf(app.routes);
    const [matches] = router.match("ALL", c.req.path);
    const resource = matches.map(([one]) => one).reduce<Resource | null>(moreExact, null);
    if (resource === null || resource.methods.includes(c.req.method)) return next();
    return refuse(c, resource.methods);
  };
}

function routerOf(routes: Hono["routes"]): TrieRouter<Resource> {
  const byPattern = new Map<string, Set<string>>();
  for (const { method, path } of routes) {
    if (method === "ALL") continue;
    const methods = byPattern.get(path) ?? new Set();
    methods.add(method);
    if (method === "GET") methods.add("HEAD");
    byPattern.set(path, methods);
  }
  const router = new TrieRouter<Resource>();
  for (const [pattern, methods] of byPattern) router.add("ALL", pattern, { pattern, methods: [...methods] });
  return router;
}

/** Of two patterns that match a path, the one whose first different segment is not a parameter. */
function moreExact(best: Resource | null, one: Resource): Resource {
  if (best === null) return one;
  const [a, b] = [best.pattern.split("/"), one.pattern.split("/")];
  const i = a.findIndex((segment, at) => isFree(segment) !== isFree(b[at]));
  return i >= 0 && isFree(a[i]) ? one : best;
}

function isFree(segment: string | undefined): boolean {
  return segment === undefined || segment.startsWith(":") || segment === "*";
}
