import type { S3Client, S3Options } from "bun";
import type { Credentials } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf, UsageError } from "../../lib/errors.ts";
import { didYouMean } from "../../lib/nearest.ts";
import type { FileStore } from "./file-store.ts";

const SCHEME = "s3://";

export function isS3Path(path: string): boolean {
  return path.startsWith(SCHEME);
}

/** What an entry of credentials.yml may have, with the place of each among the client's options. */
const KEYS = {
  access_key_id: "accessKeyId",
  secret_access_key: "secretAccessKey",
  session_token: "sessionToken",
  endpoint: "endpoint",
  region: "region",
  // As s3fs has them, through which Kedro reaches buckets.
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
 * Files in a bucket of anything that speaks S3. A put is whole or not at all, so that nothing is renamed. The client
 * is made when something is first read or written; nothing is asked of the environment or of another place.
 *
 * @param filepath `s3://bucket/key`.
 * @param credentials `access_key_id`, `secret_access_key`, and `endpoint`, `region`, `session_token` where needed.
 * @throws UsageError when the path or the credentials are not of that form; no message has a secret in it.
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

/** Names after the prefix, all pages of them; with a delimiter only up to it. */
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
      `${filepath} needs "credentials": the name of an entry of conf/local/credentials.yml with access_key_id and secret_access_key`,
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
        ". Known are: access_key_id, secret_access_key, session_token, endpoint, region";
      throw new UsageError(`its credentials have an unknown key "${name}"${hint}`);
    }
    if (typeof value !== "string" || value === "")
      throw new UsageError(`"${name}" of its credentials must be a text`);
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

/** @returns for what is not there an error with the code of a missing file. */
function readable(error: unknown, path: string): Error {
  const code = String((error as { code?: unknown }).code ?? "");
  const isMissing = code === "NoSuchKey" || code === "NotFound" || code === "ENOENT";
  if (isMissing) return Object.assign(new Error(`${path} does not exist`), { code: "ENOENT" });
  return new DatasetError(`${path}: ${messageOf(error)}${code === "" ? "" : ` (${code})`}`, { cause: error });
}
