import { expect, test } from "bun:test";
import { MOST_KEYS, RateLimiter } from "../../src/access/rate-limiter.ts";
import { createRandom } from "../../src/lib/random.ts";

const MINUTE_MS = 60_000;

/**
 * A leaky bucket in whole numbers, in units of 1/60,000 of one: it drains by `perMinute` units a millisecond, and holds
 * what may come at once.
 */
class Bucket {
  #level = 0;
  #atMs = 0;
  readonly #perMinute: number;

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** Milliseconds to wait; 0 when they are counted. */
  take(nowMs: number, n: number): number {
    this.#level = Math.max(0, this.#level - (nowMs - this.#atMs) * this.#perMinute);
    this.#atMs = nowMs;
    const over = this.#level + n * MINUTE_MS - this.#perMinute * MINUTE_MS;
    if (over > 0) return over / this.#perMinute;
    this.#level += n * MINUTE_MS;
    return 0;
  }
}

test.each([1, 2, 7, 10, 59, 60, 61, 97, 1_200, 7_919, 99_991])(
  "take() agrees with a leaky bucket in whole numbers at %i a minute, over 5,000 requests at random times",
  (perMinute) => {
    const random = createRandom(perMinute);
    const [limiter, bucket] = [new RateLimiter(), new Bucket(perMinute)];
    let [nowMs, allowed, refused] = [0, 0, 0];
    const pauseMs = Math.max(2, Math.ceil((2 * MINUTE_MS) / perMinute));
    for (let i = 0; i < 5_000; i++) {
      // Bursts, ordinary pauses, and now and then a long one.
      const kind = random.next();
      nowMs += kind < 0.5 ? 0 : kind < 0.98 ? random.int(pauseMs) : random.int(3 * MINUTE_MS);
      const n = 1 + random.int(Math.max(1, Math.ceil(perMinute / 10)));
      const [waitMs, expected] = [limiter.take("a", { perMinute }, nowMs, n), bucket.take(nowMs, n)];
      expect(waitMs === 0).toBe(expected === 0);
      expect(Math.abs(waitMs - expected)).toBeLessThan(1e-3);
      if (expected === 0) allowed++;
      else refused++;
    }
    expect(allowed).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(100);
  },
);

test.each([1, 7, 60, 1_200, 7_919])(
  "exactly %i come through at once, then one each time that the wait is over",
  (perMinute) => {
    const limiter = new RateLimiter();
    let allowed = 0;
    while (limiter.take("a", { perMinute }, 5) === 0) allowed++;
    expect(allowed).toBe(perMinute);
    let nowMs = 5;
    for (let i = 0; i < 100; i++) {
      const waitMs = limiter.take("a", { perMinute }, nowMs);
      expect(waitMs).toBeGreaterThan(0);
      expect(limiter.take("a", { perMinute }, nowMs + waitMs * 0.99)).toBeGreaterThan(0);
      nowMs += waitMs;
      expect(limiter.take("a", { perMinute }, nowMs)).toBe(0);
    }
    expect(nowMs - 5).toBeCloseTo((100 * MINUTE_MS) / perMinute, 3);
  },
);

test("more than are ever possible at once are refused for good, and count nothing", () => {
  const limiter = new RateLimiter();
  expect(limiter.take("a", { perMinute: 10 }, 0, 11)).toBe(Number.POSITIVE_INFINITY);
  expect(limiter.take("a", { perMinute: 10 }, 0, 10)).toBe(0);
});

test("a clock that has stood still or a refused request adds nothing to the wait", () => {
  const limiter = new RateLimiter();
  expect(limiter.take("a", { perMinute: 1 }, 0)).toBe(0);
  for (let i = 0; i < 10; i++) expect(limiter.take("a", { perMinute: 1 }, 0)).toBe(MINUTE_MS);
});

test("giveBack() makes room for as many as it gives, but never for more than at once", () => {
  const rate = { perMinute: 3 };
  const limiter = new RateLimiter();
  for (let i = 0; i < 3; i++) limiter.take("a", rate, 0);
  limiter.giveBack("a", rate, 2);
  expect([limiter.take("a", rate, 0), limiter.take("a", rate, 0)]).toEqual([0, 0]);
  expect(limiter.take("a", rate, 0)).toBeGreaterThan(0);
  limiter.giveBack("a", rate, 100);
  limiter.giveBack("unknown", rate);
  expect(limiter.take("a", rate, 0, 3)).toBe(0);
  expect(limiter.take("a", rate, 0)).toBeGreaterThan(0);
});

test("keys do not share a rate, and no more than 100,000 are remembered: the one seen longest ago is forgotten", () => {
  const rate = { perMinute: 1 };
  const limiter = new RateLimiter();
  for (let i = 0; i < MOST_KEYS; i++) expect(limiter.take(`key ${i}`, rate, 0)).toBe(0);
  expect(limiter.size).toBe(MOST_KEYS);
  // Seen again, and refused, the first key is still the oldest: a refusal is not kept.
  expect(limiter.take("key 1", rate, 0)).toBeGreaterThan(0);
  expect(limiter.take("another", rate, 0)).toBe(0);
  expect(limiter.size).toBe(MOST_KEYS);
  expect(limiter.take("key 0", rate, 0)).toBe(0);
  expect(limiter.take("another", rate, 0)).toBeGreaterThan(0);
  expect(limiter.size).toBe(MOST_KEYS);
});
