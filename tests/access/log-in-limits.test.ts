import { expect, test } from "bun:test";
import { createLogInLimits } from "../../src/access/log-in-limits.ts";
import { BusyError, TooManyError } from "../../src/lib/errors.ts";
import { rejectionOf } from "../storage/helpers.ts";

function limits() {
  let nowMs = 1_000;
  const made = createLogInLimits(() => nowMs);
  let attempts = 0;
  return {
    attempts: () => attempts,
    wait: (ms: number) => {
      nowMs += ms;
    },
    tries: (isRight: boolean, address: string | null = "192.0.2.1", account = "Ann") =>
      made.attempt({ address, account }, async () => {
        attempts++;
        return isRight ? "in" : null;
      }),
    failing: () =>
      made.attempt({ address: "192.0.2.1", account: "Ann" }, () => {
        attempts++;
        return Promise.reject(new Error("the store is closed"));
      }),
    made,
  };
}

test("after 10 wrong attempts of one address, even the right password is refused, untried, until a minute has passed", async () => {
  const { tries, attempts, wait } = limits();
  for (let i = 0; i < 10; i++) expect(await tries(false)).toBeNull();
  const refused = await rejectionOf(tries(true));
  expect(refused).toBeInstanceOf(TooManyError);
  expect([refused.message, (refused as TooManyError).retryAfterS]).toEqual([
    "Too many wrong attempts. Try again in 60 s",
    60,
  ]);
  expect(attempts()).toBe(10);
  expect(await tries(true, "192.0.2.2")).toBe("in");
  wait(59_999);
  expect(await rejectionOf(tries(true))).toBeInstanceOf(TooManyError);
  wait(1);
  expect(await tries(true)).toBe("in");
  for (let i = 0; i < 10; i++) expect(await tries(false)).toBeNull();
  expect(await rejectionOf(tries(true))).toBeInstanceOf(TooManyError);
});

test("right passwords do not count: a class of 30 logs in at once from one address, and again", async () => {
  const { tries } = limits();
  for (let round = 0; round < 5; round++) {
    const all = await Promise.all(
      Array.from({ length: 30 }, (_, n) => tries(true, "192.0.2.1", `Pupil ${n}`)),
    );
    expect(all).toEqual(Array(30).fill("in"));
  }
});

test("of 50 wrong attempts sent at once for one account, 10 are tried", async () => {
  const { tries, attempts } = limits();
  const all = await Promise.allSettled(
    Array.from({ length: 50 }, (_, n) => tries(false, "192.0.2.1", n % 2 === 0 ? "Ann" : "ANN")),
  );
  expect(attempts()).toBe(10);
  expect(all.filter(({ status }) => status === "rejected")).toHaveLength(40);
});

test("addresses of one IPv6 network count as one, and so do requests without an address", async () => {
  for (const [first, second, other] of [
    ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"],
    [null, null, "192.0.2.9"],
  ] as const) {
    const { tries } = limits();
    for (let i = 0; i < 10; i++) await tries(false, first);
    expect(await rejectionOf(tries(true, second))).toBeInstanceOf(TooManyError);
    expect(await tries(true, other)).toBe("in");
  }
});

test("100 wrong attempts for one account from many addresses keep the next one out, in any case; others get in", async () => {
  const { tries, wait } = limits();
  for (let i = 0; i < 100; i++)
    expect(await tries(false, `198.51.100.${i}`, i % 2 ? "ANN" : "ａｎｎ")).toBeNull();
  // It is not tried, so it is not counted against its address either.
  for (let i = 0; i < 20; i++)
    expect(await rejectionOf(tries(true, "192.0.2.1"))).toBeInstanceOf(TooManyError);
  expect(await tries(true, "192.0.2.1", "Bob")).toBe("in");
  wait(60_000);
  expect(await tries(true, "192.0.2.1")).toBe("in");
});

test("an attempt that fails is passed on, counts, and does not keep the next one waiting", async () => {
  const { failing, tries } = limits();
  const both = await Promise.allSettled([failing(), tries(true)]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  for (let i = 0; i < 9; i++) expect((await rejectionOf(failing())).message).toBe("the store is closed");
  expect(await rejectionOf(tries(true))).toBeInstanceOf(TooManyError);
});

test("while 200 attempts wait, another one is refused as busy; afterwards there is room", async () => {
  const { made, tries } = limits();
  const open = Promise.withResolvers<string>();
  const waiting = Array.from({ length: 200 }, (_, n) =>
    made.attempt({ address: `198.51.100.${n}`, account: `x${n}` }, () => open.promise),
  );
  expect(await rejectionOf(tries(true))).toBeInstanceOf(BusyError);
  open.resolve("in");
  await Promise.all(waiting);
  expect(await tries(true)).toBe("in");
});

test("one who is wrong for one account does not keep the others of the address out, unless a hundred times a minute", async () => {
  const { tries, wait } = limits();
  for (let i = 0; i < 30; i++) await tries(false, "192.0.2.1", "nobody").catch(() => null);
  expect(await tries(true, "192.0.2.1", "Teacher")).toBe("in");
  for (let i = 0; i < 90; i++) await tries(false, "192.0.2.1", `guess ${i}`);
  expect(await rejectionOf(tries(true, "192.0.2.1", "Teacher"))).toBeInstanceOf(TooManyError);
  expect(await tries(true, "192.0.2.2", "Teacher")).toBe("in");
  wait(60_000);
  expect(await tries(true, "192.0.2.1", "Teacher")).toBe("in");
});
