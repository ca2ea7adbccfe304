import { expect, test } from "bun:test";
import { join } from "node:path";
import type { Command } from "commander";
import { parse } from "yaml";
import type { Application } from "../../src/commands/application.ts";
import { createProgram } from "../../src/commands/program.ts";
import { MANUAL_SECTIONS } from "../../src/domain/manual.ts";
import { createMetrics } from "../../src/monitoring/prometheus/metrics.ts";

/* What docs/deploy and the pages about it name exists: commands and flags, keys of server.yml, metrics, alerts, files. */

const ROOT = join(import.meta.dir, "../..");
const read = (path: string) => Bun.file(join(ROOT, path)).text();
const [unit, dockerfile, compose, alerts, nginx, caddyfile, deploy, operations] = (await Promise.all([
  ...["tegaki.service", "Dockerfile", "compose.yaml", "alerts.yml", "nginx.conf", "Caddyfile"].map((name) =>
    read(`docs/deploy/${name}`),
  ),
  ...["docs/deploy.md", "docs/operations.md"].map(read),
])) as [string, string, string, string, string, string, string, string];
const server = parse(await read("conf/base/server.yml")) as Record<string, unknown>;

const program = createProgram({ version: "" } as Application, {
  out: () => {},
  err: () => {},
  isInteractive: false,
});

/** Returns what is unknown in `tegaki access reset --dir x`; an empty list when all of it exists. */
function unknownIn(line: string): string[] {
  let command: Command = program;
  const words = line.trim().split(/\s+/);
  const unknown: string[] = [];
  for (const word of words) {
    if (/^[|&>;\\]/.test(word)) break;
    if (word.startsWith("-")) {
      const flag = word.split("=")[0]!;
      if (!command.helpInformation().match(new RegExp(`(^|[\\s(,])${flag}(?=[\\s,=)]|$)`, "m")))
        unknown.push(flag);
      continue;
    }
    const next = command.commands.find((one) => one.name() === word);
    if (next !== undefined) command = next;
    else if (command.commands.length > 0) unknown.push(word);
  }
  return unknown;
}

/** The commands of tegaki in blocks of code and in `code`, without their program. */
const commandsIn = (text: string) =>
  [...text.matchAll(/(?:^|[\s`])tegaki(?:-newer)? ([a-z]+(?:[ \t]+[^\n`|]*)?)/gm)].map(([, words]) => words!);
const codeOf = (markdown: string) =>
  [...markdown.matchAll(/```sh\n([\s\S]*?)```|`([^`\n]+)`/g)]
    .map(([, block, inline]) => block ?? inline!)
    .join("\n");

test("a command or a flag that does not exist is found", () => {
  expect(unknownIn("access reset --dir /x")).toEqual([]);
  expect(unknownIn("acces reset")).toContain("acces");
  expect(unknownIn("serve --dri /x")).toEqual(["--dri"]);
});

test.each([
  [
    "docs/deploy.md",
    codeOf(deploy)
      .replaceAll(/^docker (?:run|build)[\s\S]*?(?<!\\)$/gm, "")
      .replaceAll(/exec tegaki /g, "exec "),
    3,
  ],
  ["docs/operations.md", codeOf(operations), 8],
] as const)("the commands of tegaki in %s exist, with their flags", (_, text, least) => {
  const commands = commandsIn(text).filter((words) => !/^(?:tegaki|systemctl)/.test(words));
  expect(commands.length).toBeGreaterThanOrEqual(least);
  for (const command of commands) expect([command, unknownIn(command)]).toEqual([command, []]);
});

test("the unit and the image start commands that exist, and the unit waits for what the server sends", async () => {
  const [, start] = /^ExecStart=\/usr\/local\/bin\/tegaki (.*)$/m.exec(unit)!;
  expect(unknownIn(start!)).toEqual([]);
  const [, cmd] = /^CMD (\[.*\])$/m.exec(dockerfile)!;
  expect(unknownIn((JSON.parse(cmd!) as string[]).join(" "))).toEqual([]);
  expect(unit).toMatch(/^Type=notify$/m);
  expect(unit).toMatch(/^NotifyAccess=all$/m);
  expect(await read("src/server/service-manager.ts")).toContain("NOTIFY_SOCKET");
  // Compiled code needs memory that is written and then executed.
  expect(unit).not.toMatch(/^MemoryDenyWriteExecute/m);
  expect(unit).toMatch(/^OOMPolicy=continue$/m);
});

test("keys of server.yml that the image, compose.yaml and the pages name exist", () => {
  const keys = [dockerfile, compose, deploy, operations].flatMap((text) => [
    ...text.matchAll(/TEGAKI_SERVER__([A-Z_]+)/g),
  ]);
  expect(keys.length).toBeGreaterThanOrEqual(6);
  for (const [variable, key] of keys) {
    let value: unknown = server;
    for (const part of key!.toLowerCase().split("__")) {
      expect([variable, Object.keys(value as object)]).toEqual([variable, expect.arrayContaining([part])]);
      value = (value as Record<string, unknown>)[part];
    }
  }
  const blocks = [...deploy.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => parse(text!) as object);
  expect(blocks.length).toBeGreaterThan(0);
  for (const block of blocks)
    for (const key of Object.keys(block)) expect(Object.keys(server)).toContain(key);
});

test("compose.yaml believes its own network only, publishes no port of tegaki, and writes to volumes only", () => {
  const { services, networks, volumes } = parse(compose);
  const subnet = networks.inside.ipam.config[0].subnet as string;
  expect(services.tegaki.environment.TEGAKI_SERVER__TRUSTED_PROXIES).toBe(`[${subnet}]`);
  expect(services.tegaki.ports).toBeUndefined();
  for (const { read_only, cap_drop } of [services.tegaki, services.caddy]) {
    expect([read_only, cap_drop]).toEqual([true, ["ALL"]]);
  }
  expect(services.tegaki.volumes).toEqual(["data:/var/lib/tegaki"]);
  expect(Object.keys(volumes)).toEqual(["data", "certificates"]);
  expect(dockerfile).toMatch(/^USER 10001$/m);
  expect(dockerfile).toMatch(/^VOLUME \/var\/lib\/tegaki$/m);
  expect(caddyfile).toContain("TEGAKI_UPSTREAM");
  expect(services.caddy.environment.TEGAKI_UPSTREAM).toBe("tegaki:8000");
  const [, bytes] = /client_max_body_size (\d+)m/.exec(nginx)!;
  expect(Number(bytes) * 2 ** 20).toBe((server.limits as { import_bytes: number }).import_bytes);
  expect(caddyfile).toContain(`max_size ${bytes}MiB`);
});

const rules = (parse(alerts) as { groups: { rules: { alert: string; expr: string }[] }[] }).groups.flatMap(
  (group) => group.rules,
);

test("alerts name only metrics that /metrics has, and each is in docs/operations.md", async () => {
  const { text } = await createMetrics("0", true).render({
    ...{
      championVersion: 1,
      samples: { train: 0, holdout: 0, negative: 0 },
      runs: {},
      drift: null,
      labelled: { n: 0, correct: 0 },
    },
    scheduler: { isPaused: false, isRunning: false, newSamples: 0, threshold: 1, failures: 0 },
    memory: { people: 0, drawings: 0, bytes: 0 },
  });
  const known = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!));
  const named = rules.flatMap(({ expr }) => expr.match(/\b(?:tegaki|process|nodejs)_\w+/g) ?? []);
  expect(named.length).toBeGreaterThanOrEqual(rules.length - 1);
  for (const name of named) expect([...known]).toContain(name.replace(/_bucket$/, ""));
  const documented = [...operations.matchAll(/^\| `(Tegaki\w+)`/gm)].map(([, name]) => name!);
  expect(documented.toSorted()).toEqual(rules.map(({ alert }) => alert).toSorted());
});

test("lines of the log and notices that docs/operations.md explains are written by the program", async () => {
  const files = await Array.fromAsync(new Bun.Glob("src/**/*.ts").scan({ cwd: ROOT }));
  const sources = (await Promise.all(files.map(read))).join("\n");
  const lines = [...operations.matchAll(/(?:log|start:) `([^`]+)`|notice "([^"]+)"/g)].map(
    ([, line, notice]) => line ?? notice!,
  );
  expect(lines.length).toBeGreaterThanOrEqual(10);
  for (const line of lines) expect([line, sources.includes(line)]).toEqual([line, true]);
});

test("files of docs/deploy that the pages link exist, and each is linked", async () => {
  const linked = [deploy, operations].flatMap((text) => [...text.matchAll(/\]\(deploy\/([\w.]+)\)/g)]);
  for (const [, name] of linked) expect(await Bun.file(join(ROOT, "docs/deploy", name!)).exists()).toBe(true);
  const files = await Array.fromAsync(new Bun.Glob("*").scan({ cwd: join(ROOT, "docs/deploy") }));
  for (const file of files) expect(deploy + operations).toContain(file);
  expect(MANUAL_SECTIONS.operating).toContain("operations");
});
