import { createHash, randomBytes } from "node:crypto";

/** Of a secret: nobody guesses 256 bits. */
const BYTES = 32;
/** With it, tools that search code for secrets recognise a token. */
const TOKEN_PREFIX = "tgk_";

/** A secret, and what is stored of it. */
export interface Secret {
  /** Shown once, and never stored. */
  readonly secret: string;
  readonly hash: string;
}

/** Makes the secret of a session or a link: 43 characters that a URL can have. */
export function newSecret(): Secret {
  return secretOf(randomBytes(BYTES).toString("base64url"));
}

/** Makes the secret of a token. */
export function newTokenSecret(): Secret {
  return secretOf(TOKEN_PREFIX + randomBytes(BYTES).toString("base64url"));
}

function secretOf(secret: string): Secret {
  return { secret, hash: hashOf(secret) };
}

/** Returns the SHA-256 of a secret, in hex. A random secret needs no slow hash: nobody can try all of them. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
