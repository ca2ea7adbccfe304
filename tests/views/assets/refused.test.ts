import { expect, test } from "bun:test";
import { RefusedByServer, requireTaken } from "../../../views/assets/refused.ts";

const page = (detail: string | null) =>
  ({
    querySelector: (selector: string) =>
      selector === "[data-detail]" && detail !== null ? { textContent: detail } : null,
  }) as unknown as ParentNode;

test.each([401, 403, 409, 429])("requireTaken() throws what the page says of a %i", (status) => {
  expect(() => requireTaken({ status }, page(" You may not. "))).toThrow(new RefusedByServer("You may not."));
});

test("requireTaken() accepts a page that is done, one without a reason, and what went wrong on the server", () => {
  for (const [status, detail] of [
    [200, "x"],
    [403, null],
    [403, " "],
    [500, "x"],
    [503, "x"],
  ] as const) {
    expect(() => requireTaken({ status }, page(detail))).not.toThrow();
  }
});
