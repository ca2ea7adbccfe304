import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { HIDDEN, safeText } from "../../src/lib/hide-secrets.ts";

describe("safeText()", () => {
  test("leaves ordinary messages as they are", () => {
    const messages = [
      "Cannot load dataset \"train\": data/05_model_input/train.bin does not exist. Run pipeline 'de' first",
      "The shape [128,28,28,1] does not fit [1, 28, 28]",
      "Cannot store a sample: /data/tegaki.db: the disk is full (SQLITE_FULL)",
      "basic training failed in epoch 3 of 10",
      "sha256 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae is not the registered one",
      "手書きの数字: 7",
    ];
    expect(messages.map((message) => safeText(message))).toEqual(messages);
  });

  test("hides strokes, points and pixels, also cut off or printed over several lines", () => {
    const strokes = [
      [
        [55, 10],
        [50.5, 50],
      ],
    ];
    const pixels = Uint8Array.from({ length: 784 }, (_, i) => i % 256);
    const texts = [
      JSON.stringify(strokes),
      JSON.stringify({ strokes }),
      JSON.stringify(strokes).slice(0, 9),
      JSON.stringify(strokes, null, 2),
      Bun.inspect(strokes),
      String(pixels),
      Bun.inspect(pixels),
      '{"x":55,"y":10,"t":5}',
      "{ x: 55, y: 10 }",
    ];
    for (const text of texts) expect(safeText(`bad: ${text}`)).not.toMatch(/55|5[05]|10|128/);
  });

  test("hides tokens, passwords, cookies, query strings and pictures, and says what was there", () => {
    const hidden = {
      "GET /api/v1/samples?writer=Ann&token=abc failed": "GET /api/v1/samples?[hidden] failed",
      "https://a.example/x?y=1 and ftp://joe:pw@host/":
        "https://a.example/x?[hidden] and ftp://[hidden]@host/",
      "Authorization: Bearer abc.def": "Authorization: [hidden]",
      "got Bearer abc.def-ghi, no": "got Bearer [hidden], no",
      "got Basic am9lOnB3, no": "got Basic [hidden], no",
      'cookie="lang=en; sid=77"': "cookie: [hidden]",
      "secret_key=abc api-key: 'xyz' password = pw":
        "secret_key=[hidden] api-key: '[hidden]' password = [hidden]",
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig": "[hidden]",
      "data:image/png;base64,iVBORw0KGgoAAAANSU=": "[hidden]",
    };
    for (const [text, expected] of Object.entries(hidden)) expect(safeText(text)).toBe(expected);
  });

  test("hides the texts that it is given: short words only where they stand alone, others everywhere", () => {
    const hidden = ["Ann", "花子", "林", "s3cr3t-value", "7", ""];
    expect(safeText("Ann wrote Annotations", hidden)).toBe(`${HIDDEN} wrote Annotations`);
    expect(safeText("花子さんと林さん", hidden)).toBe(`${HIDDEN}さんと${HIDDEN}さん`);
    expect(safeText("xs3cr3t-valuex", hidden)).toBe(`x${HIDDEN}x`);
    expect(safeText("7 samples", hidden)).toBe("7 samples");
  });

  test("hides the longer of two texts first, so that nothing is left of it", () => {
    expect(safeText("Ann-Marie", ["Ann", "Ann-Marie"])).toBe(HIDDEN);
  });

  test("takes regular expressions in a hidden text for what they are: characters", () => {
    expect(safeText("a(b*c and .*", ["a(b*c", ".*"])).toBe(`${HIDDEN} and ${HIDDEN}`);
  });

  test("writes controls, line separators, direction marks and halves of pairs as escapes", () => {
    expect(safeText("a\nb\r\nc\td\u001b[31m\u0007\u0085\u2028\u2029\u202e\ud800")).toBe(
      "a\\nb\\r\\nc\\td\\u001b[31m\\u0007\\u0085\\u2028\\u2029\\u202e\\ud800",
    );
  });

  test("never returns a line break or more than 1,001 characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 3_000 }), (text) => {
        const safe = safeText(text);
        expect(safe.length).toBeLessThanOrEqual(1_001);
        expect(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(safe)).toBe(false);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("takes less than a second for a megabyte made to be slow", () => {
    const starts = [
      "[",
      "[[",
      "/",
      "//",
      "?",
      "1",
      "1,",
      "{",
      "{x",
      "token",
      "basic ",
      "eyJ",
      "a@",
      " ",
      "=",
      "aaaa",
    ];
    const startMs = performance.now();
    for (const start of starts) safeText(start.repeat(1_000_000 / start.length));
    expect((performance.now() - startMs) / starts.length).toBeLessThan(1_000);
  });
});
