import { expect, test } from "bun:test";
import { chmod, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SettingKey } from "../../../src/domain/settings/fields.ts";
import { InvalidSettings, type Settings, type SettingValue } from "../../../src/domain/settings/settings.ts";
import { ConflictError } from "../../../src/lib/errors.ts";
import { projectSettings } from "../../support/project-settings.ts";
import { project } from "../project.ts";

const LOCAL = "local/server.yml";
const THRESHOLD = "scheduler.triggers.new_samples";

async function change(
  settings: Settings,
  values: Partial<Record<SettingKey, SettingValue>>,
  { hash, isDryRun = false }: { hash?: string; isDryRun?: boolean } = {},
  reset: readonly SettingKey[] = [],
) {
  return settings.change({ values, reset, hash: hash ?? (await settings.read()).hash, isDryRun });
}

const settingOf = async (settings: Settings, key: SettingKey) =>
  (await settings.read()).settings.find((setting) => setting.key === key)!;

const textOf = (dir: string, file = LOCAL) => readFile(join(dir, "conf", file), "utf8");

test("a change is written to conf/local, which is created, and is in force at once", async () => {
  const dir = await project();
  const { settings, live, changes } = await projectSettings({ dir });
  const { changed, diff } = await change(settings, { [THRESHOLD]: 50, promotion: "auto" });
  expect(changed).toEqual([THRESHOLD]);
  expect(diff.map(({ kind, text }) => [kind, text])).toEqual([
    ["added", "scheduler:"],
    ["added", "  triggers:"],
    ["added", "    new_samples: 50"],
  ]);
  expect(await textOf(dir)).toBe("scheduler:\n  triggers:\n    new_samples: 50\n");
  expect(live.current().scheduler.triggers.new_samples).toBe(50);
  expect(Object.isFrozen(live.current().scheduler.triggers)).toBe(true);
  expect(changes).toEqual([[THRESHOLD]]);
  expect(await settingOf(settings, THRESHOLD)).toMatchObject({ value: 50, inUse: 50, fallback: 500 });
});

test("a dry run compares, and writes nothing", async () => {
  const text = "# ours\nmodels:\n  keep: 9 # few\n";
  const dir = await project({ [LOCAL]: text });
  const { settings, live } = await projectSettings({ dir });
  const { changed, diff } = await change(settings, { "models.keep": 10 }, { isDryRun: true });
  expect(changed).toEqual(["models.keep"]);
  expect(diff).toContainEqual({ kind: "removed", text: "  keep: 9 # few" });
  expect(diff).toContainEqual({ kind: "added", text: "  keep: 10 # few" });
  expect(await textOf(dir)).toBe(text);
  expect(live.current().models.keep).toBe(9);
});

test("a value that takes effect after a restart is stored, and the old one stays in use", async () => {
  const dir = await project();
  const { settings } = await projectSettings({ dir });
  await change(settings, { "log.level": "debug" });
  expect(await settingOf(settings, "log.level")).toMatchObject({ value: "debug", inUse: "info" });
});

test("invalid values are refused together, each with the loader's reason, and nothing is written", async () => {
  const dir = await project({ [LOCAL]: "models:\n  keep: 9\n" });
  const { settings, live } = await projectSettings({ dir });
  const values = { "gate.threshold": 2, "scheduler.triggers.cron": "0 3 31 2 *", "models.keep": 7 };
  const error = await change(settings, values).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InvalidSettings);
  expect((error as InvalidSettings).problems.map(({ key, message }) => [key, message])).toEqual([
    ["scheduler.triggers.cron", 'must be a time that occurs, found "0 3 31 2 *"'],
    ["gate.threshold", "must be at most 1, found 2"],
  ]);
  expect((error as InvalidSettings).problems[1]!.says).toMatchObject({ key: "param.max" });
  expect(await textOf(dir)).toBe("models:\n  keep: 9\n");
  expect(live.current().models.keep).toBe(9);
});

test("shares of checks above a half together are refused, and nothing is written", async () => {
  const dir = await project({ [LOCAL]: "labelling:\n  known_answers: 0.4\n" });
  const { settings } = await projectSettings({ dir });
  const refused = await change(settings, { "labelling.second_opinions": 0.5 }).catch((error) => error);
  expect(refused).toBeInstanceOf(InvalidSettings);
  expect((refused as InvalidSettings).problems).toMatchObject([
    { key: "labelling.second_opinions", says: { key: "param.checks" } },
  ]);
  expect(await textOf(dir)).toBe("labelling:\n  known_answers: 0.4\n");
});

test("a change is refused when someone else has written the file since it was read", async () => {
  const dir = await project({ [LOCAL]: "models:\n  keep: 9\n" });
  const { settings } = await projectSettings({ dir });
  const { hash } = await settings.read();
  await writeFile(join(dir, "conf", LOCAL), "models:\n  keep: 8\n");
  const refused = change(settings, { "models.keep": 7 }, { hash });
  await expect(refused).rejects.toThrow(ConflictError);
  expect(await textOf(dir)).toBe("models:\n  keep: 8\n");
});

test("of two changes at the same time from the same state, one is written and the other refused", async () => {
  const dir = await project();
  const { settings } = await projectSettings({ dir });
  const { hash } = await settings.read();
  const results = await Promise.allSettled([
    change(settings, { "models.keep": 7 }, { hash }),
    change(settings, { "models.keep": 8 }, { hash }),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  expect(await textOf(dir)).toBe("models:\n  keep: 7\n");
});

test("the file is replaced by a rename: mode and link stay, and no temporary file is left", async () => {
  const dir = await project({ "shared.txt": "models:\n  keep: 9\n", "local/parameters.yml": "" });
  const [shared, local] = [join(dir, "conf/shared.txt"), join(dir, "conf", LOCAL)];
  await chmod(shared, 0o600);
  await symlink(shared, local);
  const { settings } = await projectSettings({ dir });
  await change(settings, { "models.keep": 7 });
  expect(await readFile(shared, "utf8")).toBe("models:\n  keep: 7\n");
  expect((await stat(shared)).mode & 0o777).toBe(0o600);
  expect((await readdir(join(dir, "conf"))).sort()).toEqual(["local", "shared.txt"]);
});

test("variables, flags, other files and interpolations lock a setting, and the reason names them", async () => {
  const dir = await project({
    [LOCAL]: `gate:\n  margin: \${globals:margin}\n`,
    "local/globals.yml": "margin: 0.01",
    "local/server_more.yml": "models: { keep: 3 }",
  });
  const { settings } = await projectSettings({
    dir,
    environ: { TEGAKI_SERVER__GATE__THRESHOLD: "0.5", TEGAKI_SERVER__TRIAL: "{ watch: false }" },
    flags: { "log.level": { flag: "--log-level", value: "error" } },
  });
  const locks = (await settings.read()).settings.filter(({ lock }) => lock !== null);
  expect(locks.map(({ key, value, lock }) => [key, value, lock!.by, lock!.name])).toEqual([
    ["gate.threshold", 0.5, "variable", "TEGAKI_SERVER__GATE__THRESHOLD"],
    ["gate.margin", 0.01, "interpolation", `\${globals:margin}`],
    ["trial.watch", false, "variable", "TEGAKI_SERVER__TRIAL"],
    ["models.keep", 3, "file", "conf/local/server_more.yml"],
    ["log.level", "error", "flag", "--log-level"],
  ]);
  for (const [key, value] of [
    ["gate.threshold", 0.6],
    ["models.keep", 4],
    ["log.level", "info"],
  ] as const) {
    const error = await change(settings, { [key]: value }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidSettings);
    expect((error as Error).message).toContain(`${key} is set by`);
  }
});

test("a change that an anchor would pass on to another key is refused", async () => {
  const text = "models:\n  keep: &n 50\nmonitoring:\n  keep_days: *n\n";
  const dir = await project({ [LOCAL]: text });
  const { settings } = await projectSettings({ dir });
  const refused = change(settings, { "models.keep": 60 });
  await expect(refused).rejects.toThrow("the change would also change monitoring.keep_days");
  expect(await textOf(dir)).toBe(text);
});

test("a reset removes the key from the file with its comments around it kept, and the default is in force", async () => {
  const text =
    "# ours\nmodels:\n  # small disk\n  keep: 9 # few\nscheduler:\n  combine: all\n  approval: run\n";
  const dir = await project({ [LOCAL]: text });
  const { settings, live, changes } = await projectSettings({ dir });
  expect(await settingOf(settings, "models.keep")).toMatchObject({ value: 9, fallback: 200, isSet: true });
  const keys = ["models.keep", "scheduler.combine", "gate.margin"] as const;
  const dry = await change(settings, {}, { isDryRun: true }, keys);
  expect(dry).toMatchObject({ changed: ["scheduler.combine", "models.keep"], reset: dry.changed });
  expect(dry.diff.filter(({ kind }) => kind !== "same").map(({ kind, text: line }) => [kind, line])).toEqual([
    ["removed", "models:"],
    ["removed", "  keep: 9 # few"],
    ["removed", "  combine: all"],
  ]);
  expect(await textOf(dir)).toBe(text);

  await change(settings, { promotion: "manual" }, {}, keys);
  expect(await textOf(dir)).toBe("# ours\n  # small disk\nscheduler:\n  approval: run\npromotion: manual\n");
  expect(live.current()).toMatchObject({ models: { keep: 200 }, scheduler: { combine: "any" } });
  expect(changes).toEqual([["scheduler.combine", "promotion", "models.keep"]]);
  expect(await settingOf(settings, "models.keep")).toMatchObject({ value: 200, inUse: 200, isSet: false });
});

test("a reset is refused for a locked key, one that is also set, an anchor in use, and a file that has changed", async () => {
  const text = "models:\n  keep: &n 50\nmonitoring:\n  keep_days: *n\ngate:\n  margin: 0.1\n";
  const dir = await project({ [LOCAL]: text });
  const { settings } = await projectSettings({ dir, environ: { TEGAKI_SERVER__GATE__MARGIN: "0.01" } });
  const { hash } = await settings.read();
  const reset = (...keys: SettingKey[]) => change(settings, {}, { hash }, keys);
  await expect(reset("gate.margin")).rejects.toThrow("gate.margin is set by TEGAKI_SERVER__GATE__MARGIN");
  await expect(change(settings, { "models.keep": 5 }, { hash }, ["models.keep"])).rejects.toThrow(
    "models.keep is in both `values` and `reset`",
  );
  await expect(reset("models.keep")).rejects.toThrow(
    "models.keep cannot be removed without a change elsewhere",
  );
  await writeFile(join(dir, "conf", LOCAL), `${text}# seen\n`);
  await expect(reset("monitoring.keep_days")).rejects.toThrow("was changed by someone else");
  expect(await textOf(dir)).toBe(`${text}# seen\n`);
});

test("a reset of a value that equals the default removes it from the file", async () => {
  const dir = await project({ [LOCAL]: "models:\n  keep: 200\n" });
  const { settings } = await projectSettings({ dir });
  const { changed } = await change(settings, {}, {}, ["models.keep"]);
  expect(changed).toEqual(["models.keep"]);
  expect(await textOf(dir)).toBe("");
});

test("the file of another environment is the one that is written", async () => {
  const dir = await project({ "prod/server.yml": "models: { keep: 9 }\n", [LOCAL]: "models: { keep: 5 }\n" });
  const { settings } = await projectSettings({ dir, env: "prod" });
  await change(settings, { "models.keep": 7 });
  expect(await textOf(dir, "prod/server.yml")).toBe("models: { keep: 7 }\n");
  expect(await textOf(dir)).toBe("models: { keep: 5 }\n");
});

test("settings of a project whose files are invalid cannot be read, and the reason names the place", async () => {
  const dir = await project();
  const { settings } = await projectSettings({ dir });
  await change(settings, { "models.keep": 7 });
  await writeFile(join(dir, "conf", LOCAL), "models: { kep: 7 }\n");
  await expect(settings.read()).rejects.toThrow('conf/local/server.yml:1:11: models: unknown key "kep"');
});
