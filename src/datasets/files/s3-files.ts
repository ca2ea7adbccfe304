import type { S3Client, S3Options } from "bun";
import type { Credentials } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf, UsageError } from "../../lib/errors.ts";
import { didYouMean } from "../../lib/nearest.ts";
import type { FileStore } from "./file-store.ts";

const SCHEME = "s3://";

/** Whether a path starts with `s3://`. */
export function isS3Path(path: string): boolean {
  return path.startsWith(SCHEME);
}

/** The keys that an entry of credentials.yml may have, with the client's option for each. */
const KEYS = {
  access_key_id: "accessKeyId",
  secret_access_key: "secretAccessKey",
  session_token: "sessionToken",
  endpoint: "endpoint",
  region: "region",
  // The names of s3fs, which Kedro uses to access buckets.
  key: "accessKeyId",
  secret: "secretAccessKey",
  token: "sessionToken",
  endpoint_url: "endpoint",
  region_name: "region",
  aws_access_key_id: "accessKeyId",
  aws_secret_access_key: "secretAccessKey",
  aws_session_token: "sessionToken",
} as const satisfies Record<string, keyof S3Options>;
const GROUP = "client_kwargs";

/**
 * Files in a bucket of any S3-compatible service. A put is atomic, so no rename is needed. The client is created on
 * first use; credentials are never taken from the environment or elsewhere.
 *
 * @param filepath `s3://bucket/key`.
 * @param credentials `access_key_id`, `secret_access_key`, and `endpoint`, `region`, `session_token` where needed.
 * @throws UsageError when the path or the credentials do not have that form; no message contains a secret.
 */
export function s3Files(filepath: string, credentials: Credentials | undefined): FileStore {
  const { bucket } = partsOf(filepath);
  const options = optionsOf(filepath, credentials);
  let client: S3Client | null = null;
  const use = async <T>(path: string, call: (client: S3Client, key: string) => Promise<T>): Promise<T> => {
    client ??= new Bun.S3Client({ ...options, bucket });
    try {
      return await call(client, partsOf(path).key);
    } catch (error) {
      throw readable(error, path);
    }
  };
  const names = (directory: string) => use(directory, (s3, key) => listed(s3, `${key}/`, "/"));
  return {
    join: (path, ...parts) => [path, ...parts].filter((part) => part !== "").join("/"),
    read: (path) => use(path, (s3, key) => s3.file(key).bytes()),
    size: (path) => use(path, async (s3, key) => (await s3.stat(key)).size),
    write: (path, content) => use(path, async (s3, key) => void (await s3.write(key, content))),
    exists: (path) => use(path, (s3, key) => s3.exists(key)),
    names,
    removeDirectory: (directory) =>
      use(directory, async (s3, key) => {
        for (const name of await listed(s3, `${key}/`)) await s3.delete(`${key}/${name}`);
      }),
  };
}

/** Returns all names after the prefix, over all pages; with a delimiter, only the part up to it. */
async function listed(client: S3Client, prefix: string, delimiter?: string): Promise<string[]> {
  const found: string[] = [];
  let continuationToken: string | undefined;
  do {
    const page = await client.list({ prefix, delimiter, continuationToken });
    found.push(...(page.contents ?? []).map(({ key }) => key.slice(prefix.length)));
    found.push(
      ...(page.commonPrefixes ?? []).map((one) => one.prefix.slice(prefix.length).replace(/\/$/, "")),
    );
    continuationToken = page.isTruncated ? page.nextContinuationToken : undefined;
  } while (continuationToken !== undefined);
  return found.filter((name) => name !== "");
}

function partsOf(path: string): { bucket: string; key: string } {
  const match = /^s3:\/\/([^/]+)\/(.*[^/])$/.exec(path);
  if (match === null) throw new UsageError(`expected s3://bucket/key, found "${path}"`);
  return { bucket: match[1]!, key: match[2]! };
}

function optionsOf(filepath: string, credentials: Credentials | undefined): S3Options {
  if (credentials === undefined) {
    throw new UsageError(
      `${filepath} requires "credentials": the name of an entry of conf/local/credentials.yml with access_key_id and secret_access_key`,
    );
  }
  const group = credentials[GROUP];
  const inner = typeof group === "object" && group !== null ? group : {};
  const { [GROUP]: _, ...outer } = credentials;
  const options: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...outer, ...inner })) {
    if (!Object.hasOwn(KEYS, name)) {
      const hint =
        didYouMean(name, Object.keys(KEYS)) ||
        ". Known keys: access_key_id, secret_access_key, session_token, endpoint, region";
      throw new UsageError(`its credentials have an unknown key "${name}"${hint}`);
    }
    if (typeof value !== "string" || value === "")
      throw new UsageError(`"${name}" of its credentials must be a string`);
    options[KEYS[name as keyof typeof KEYS]] = value;
  }
  for (const [needed, name] of [
    ["accessKeyId", "access_key_id"],
    ["secretAccessKey", "secret_access_key"],
  ] as const) {
    if (options[needed] === undefined) throw new UsageError(`its credentials have no "${name}"`);
  }
  return options;
}

/** Converts an S3 error to one with the path; the error of a missing object has the code "ENOENT". */
function readable(error: unknown, path: string): Error {
  const code = String((error as { code?: unknown }).code ?? "");
  const isMissing = code === "NoSuchKey" || code === "NotFound" || code === "ENOENT";
  if (isMissing) return Object.assign(new Error(`${path} does not exist`), { code: "ENOENT" });
  return new DatasetError(`${path}: ${messageOf(error)}${code === "" ? "" : ` (${code})`}`, { cause: error });
}
