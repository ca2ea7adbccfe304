import { nameKey } from "../domain/access/account.ts";
import { COMMON_PASSWORDS, COMMON_WORDS } from "./common-passwords.ts";

/**
 * Memory in KiB and passes of argon2id.
 * Source: OWASP, Password Storage Cheat Sheet: at least 19 MiB and 2 passes with one thread.
 */
const ARGON2ID = { algorithm: "argon2id", memoryCost: 19_456, timeCost: 2 } as const;
/** Passwords that are computed at a time, 19 MiB each. */
const AT_A_TIME = 2;

/** In characters, of a password. */
export const MIN_PASSWORD = 10;
/** In bytes of UTF-8: enough for a sentence, and little work to hash. */
const MAX_PASSWORD_BYTES = 512;

/** The fault of a password that someone chooses. */
export type PasswordProblem = "short" | "long" | "common" | "name";

/**
 * Evaluates a password that someone chooses: by its length, and by whether it would be tried first. There are no rules about
 * kinds of characters.
 * Source: NIST SP 800-63B, 3.1.1.2.
 */
export function passwordProblem(text: string, name: string): PasswordProblem | null {
  if ([...text].length < MIN_PASSWORD) return "short";
  if (Buffer.byteLength(text) > MAX_PASSWORD_BYTES) return "long";
  const lower = text.toLowerCase();
  // "Password123!" is "password" with what is added to it first.
  const core = lower.replace(/[^a-z]+$/, "");
  if (COMMON_PASSWORDS.has(lower) || COMMON_WORDS.has(core) || new Set(lower).size <= 2) return "common";
  const key = nameKey(name);
  return key.length >= 3 && nameKey(lower).includes(key) ? "name" : null;
}

/** Hashes and verifies passwords, some at a time. */
export interface Passwords {
  hash(text: string): Promise<string>;
  /** @param hash null when there is none: it takes as long, and the result is false. */
  verify(text: string, hash: string | null): Promise<boolean>;
}

/** Creates it. @param cost of argon2id; less only for tests. */
export function createPasswords(cost: { memoryCost: number; timeCost: number } = ARGON2ID): Passwords {
  const options = { ...ARGON2ID, ...cost };
  const waiting: (() => void)[] = [];
  let running = 0;
  let nobody: Promise<string> | null = null;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= AT_A_TIME) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  }

  const hash = (text: string) => inTurn(() => Bun.password.hash(text, options));
  return {
    hash,
    async verify(text, stored) {
      // Whether an account exists must not show in how long the answer takes.
      nobody ??= Bun.password.hash(crypto.randomUUID(), options);
      const compared = stored ?? (await nobody);
      const isRight = await inTurn(() => Bun.password.verify(text, compared));
      return isRight && stored !== null;
    },
  };
}
