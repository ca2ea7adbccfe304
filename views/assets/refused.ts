/** The server refuses a request; the message is for the reader. */
export class RefusedByServer extends Error {
  override readonly name = "RefusedByServer";
}

/** The part of a page that is read. */
type Page = Pick<ParentNode, "querySelector">;

/**
 * Tells why the server refuses a request, when its page says so: nobody is logged in, the role is too small, it was done too
 * often. What went wrong on the server has no such reason.
 * @throws RefusedByServer
 */
export function requireTaken({ status }: Pick<Response, "status">, page: Page): void {
  if (status < 400 || status >= 500) return;
  const detail = page.querySelector("[data-detail]")?.textContent?.trim() ?? "";
  if (detail !== "") throw new RefusedByServer(detail);
}
