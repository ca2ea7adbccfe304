import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Saying } from "../../lib/saying.ts";

/** A request that is refused before any route sees it, or for everyone: by its status, with the reason as data. */
export class RefusedRequest extends HTTPException {
  /** The message as data, for pages in other languages. */
  readonly says: Saying;

  constructor(status: ContentfulStatusCode, message: string, says: Saying) {
    super(status, { message });
    this.says = says;
  }
}
