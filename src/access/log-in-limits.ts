import { MAX_NAME, nameKey } from "../domain/access/account.ts";
import { limitKey } from "../domain/access/network.ts";
import { BusyError, TooManyError } from "../lib/errors.ts";
import { saying } from "../lib/saying.ts";
import { Attempts } from "./attempts.ts";

/** Wrong passwords for one account from one address in a minute. */
const PER_PAIR = 10;
/**
 * Wrong passwords from one address, and for one account from all addresses, in a minute. Many, because a class has one
 * address, and one of its pupils could otherwise keep everyone else out.
 */
const [PER_ADDRESS, PER_ACCOUNT] = [100, 100];

/** Limits how often someone can be wrong. A link needs no limit: nobody guesses its 256 bits. */
export interface LogInLimits {
  /**
   * Runs an attempt to log in, and counts it unless it succeeds. Those from one address are made in sequence, so
   * that a class can log in at once, and many guesses at once are not more than in turn.
   * @returns the result of `attempt`; null, which counts, is a wrong password.
   * @throws TooManyError instead of running it; BusyError when too many wait.
   */
  attempt<T>(
    from: { address: string | null; account: string },
    attempt: () => Promise<T | null>,
  ): Promise<T | null>;
}

/** Attempts that may wait for their turn. */
const MOST_WAITING = 200;

/** @param monotonicMs a clock that cannot be set. */
export function createLogInLimits(monotonicMs: () => number): LogInLimits {
  const limits = {
    pair: new Attempts(PER_PAIR),
    from: new Attempts(PER_ADDRESS),
    name: new Attempts(PER_ACCOUNT),
  };
  const turns = new Map<string, Promise<unknown>>();
  let waiting = 0;

  async function counted<T>(from: string, name: string, attempt: () => Promise<T | null>): Promise<T | null> {
    const counts = [
      [limits.pair, JSON.stringify([from, name])],
      [limits.from, from],
      [limits.name, name],
    ] as const;
    for (const [i, [limit, key]] of counts.entries()) {
      const waitMs = limit.take(key, monotonicMs());
      if (waitMs === 0) continue;
      // What is not tried is not wrong.
      for (const [other, its] of counts.slice(0, i)) other.giveBack(its);
      refuse(waitMs);
    }
    const result = await attempt();
    if (result !== null) for (const [limit, key] of counts) limit.giveBack(key);
    return result;
  }

  return {
    async attempt({ address, account }, attempt) {
      if (waiting >= MOST_WAITING) {
        throw new BusyError("Too many people are logging in. Try again in a moment", {
          says: saying("access.busy"),
        });
      }
      const from = limitKey(address);
      const before = turns.get(from);
      const turn = (async () => {
        await before?.catch(() => {});
        // No account has a longer name, and what is typed must not fill the memory.
        return counted(from, nameKey(account.slice(0, MAX_NAME)), attempt);
      })();
      turns.set(from, turn);
      waiting++;
      try {
        return await turn;
      } finally {
        waiting--;
        if (turns.get(from) === turn) turns.delete(from);
      }
    },
  };
}

function refuse(waitMs: number): never {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  throw new TooManyError(`Too many wrong attempts. Try again in ${seconds} s`, seconds, {
    says: saying("access.tooManyAttempts", { seconds }),
  });
}
