import { expect, test } from "bun:test";
import { loadCredentials } from "../../src/config/credentials.ts";
import { ConfigError } from "../../src/config/errors.ts";
import { loadConfig } from "../../src/config/load.ts";
import { BASE } from "../support/base-config.ts";
import { project } from "./project.ts";

const SECRET = "hunter2";

test("loadCredentials() reads conf/local/credentials.yml, frozen, and nothing when it does not exist", async () => {
  const dir = await project({ "local/credentials.yml": `bucket: {key: a, secret: ${SECRET}}\n` });
  const credentials = await loadCredentials(dir, {});
  expect(credentials).toEqual({ bucket: { key: "a", secret: SECRET } });
  expect(Object.isFrozen(credentials.bucket)).toBe(true);
  expect(await loadCredentials(await project(), {})).toEqual({});
  expect(await loadCredentials(await project({ "local/credentials.yml": "# none yet\n" }), {})).toEqual({});
});

test.each([
  ["no names", `[${SECRET}]`],
  ["a value that is no mapping", `bucket: ${SECRET}`],
  ["broken YAML", `bucket: {key: ${SECRET}`],
  ["an unknown alias", `bucket: *${SECRET}`],
  ["an unknown tag", `bucket: !${SECRET} {}`],
  ["a key twice", `${SECRET}: {a: 1}\n${SECRET}: {a: 1}`],
])("loadCredentials() gives the place of %s, and shows no secret", async (_, text) => {
  const dir = await project({ "local/credentials.yml": text });
  const error = await loadCredentials(dir, {}).catch((thrown: unknown) => thrown as Error);
  expect(error).toBeInstanceOf(ConfigError);
  expect((error as Error).message).toMatch(/^conf\/local\/credentials.yml:\d+:\d+: /);
  expect((error as Error).message).not.toContain(SECRET);
  await expect(loadConfig({ base: BASE, dir, environ: {} })).rejects.toThrow("conf/local/credentials.yml:");
});

test("loadConfig() has nothing of the credentials, and takes entries that name them", async () => {
  const dir = await project({
    "local/credentials.yml": `bucket: {secret: ${SECRET}}\n`,
    "local/catalog.yml": "table: {type: csv, filepath: x.csv, credentials: bucket}\n",
  });
  const config = await loadConfig({ base: BASE, dir, environ: {} });
  expect(config.catalog.table?.credentials).toBe("bucket");
  expect(JSON.stringify(config)).not.toContain(SECRET);
});

test("loadConfig() gives the place of missing credentials, with the nearest name", async () => {
  const dir = await project({
    "local/credentials.yml": "bucket: {}\n",
    "local/catalog.yml":
      "a: {type: csv, filepath: x, credentials: buckt}\nb: {type: csv, filepath: x, credentials: zzzzzz}\n",
  });
  const error = (await loadConfig({ base: BASE, dir, environ: {} }).catch(
    (thrown: unknown) => thrown,
  )) as Error;
  expect(error.message.split("\n")).toEqual([
    'conf/local/catalog.yml:1:29: a.credentials: there are no credentials "buckt". Did you mean "bucket"?',
    'conf/local/catalog.yml:2:29: b.credentials: there are no credentials "zzzzzz". Add them to conf/local/credentials.yml',
  ]);
});

test.each([
  ["base/credentials.yml", undefined],
  ["local/credentials_more.yml", undefined],
  ["prod/credentials.yml", "prod"],
])("loadConfig() refuses credentials in conf/%s, and does not show them", async (path, env) => {
  const dir = await project({ [path]: `bucket: {secret: ${SECRET}}\n` });
  const error = (await loadConfig({ base: BASE, dir, env, environ: {} }).catch(
    (thrown: unknown) => thrown,
  )) as Error;
  expect(error.message).toStartWith(
    `conf/${path}: credentials are read only from conf/local/credentials.yml`,
  );
  expect(error.message).not.toContain(SECRET);
});
