import type { Asset } from "../lib/asset.ts";

/** A script that every page loads, and the asset that identifies the running server. */
const SCRIPT = "pages.js";
const STARTED = "dev-started.txt";
const POLL_MS = 300;

/**
 * Returns the page's assets for development: every page polls for the running server, and reloads when it is not the
 * one that the page came from. The script comes from the server itself, so the content security policy is unchanged.
 *
 * @param assets by file name.
 * @param started identifies this start of the server; different for each.
 */
export function withReload(assets: ReadonlyMap<string, Asset>, started: string): Map<string, Asset> {
  const script = assets.get(SCRIPT);
  if (script === undefined) throw new Error(`${SCRIPT} is not among the page's assets`);
  const body = new TextEncoder().encode(
    `${new TextDecoder().decode(script.body)}\n;${reloadScript(started)}`,
  );
  return new Map([
    ...assets,
    [SCRIPT, { body, contentType: script.contentType, etag: `"${started}"` }],
    [STARTED, { body: new TextEncoder().encode(started), contentType: "text/plain", etag: `"${started}"` }],
  ]);
}

/** While the server is down, polling fails and is repeated. */
function reloadScript(started: string): string {
  return `(() => {
  const look = async () => {
    const answer = await fetch("/assets/${STARTED}").catch(() => null);
    if (answer?.ok && (await answer.text()) !== "${started}") location.reload();
    else setTimeout(look, ${POLL_MS});
  };
  look();
})();
`;
}
