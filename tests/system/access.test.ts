import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, runCommand, startServer } from "../support/executable.ts";

const TLS = join(import.meta.dir, "../fixtures/tls");

let project: Awaited<ReturnType<typeof emptyProject>>;
let servers: RunningServer[] = [];
beforeEach(async () => {
  project = await emptyProject();
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop("SIGKILL")));
  servers = [];
  await project.remove();
});

async function serve(flags: string[] = [], env: Record<string, string> = {}): Promise<RunningServer> {
  const server = await startServer(project, env, 0, flags);
  servers.push(server);
  return server;
}

const linkIn = (text: string) => /\/welcome\/[\w-]{43}/.exec(text)?.[0];
const cookieOf = (response: Response) => response.headers.get("set-cookie")!.split(";")[0]!;

/** Sends a form as a browser does, without following where it leads. */
function send(
  server: RunningServer,
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
) {
  return fetch(server.url + path, {
    ...{ method: "POST", body: new URLSearchParams(fields), redirect: "manual" },
    headers: { origin: server.url, "sec-fetch-site": "same-origin", ...headers },
  });
}

test("a request that a proxy passes on to a fresh server is asked to log in, and reads and changes nothing", async () => {
  const server = await serve();
  for (const name of ["x-forwarded-for", "via", "forwarded"]) {
    const headers = { [name]: "203.0.113.9" };
    const page = await fetch(`${server.url}/samples`, { headers, redirect: "manual" });
    expect([page.status, page.headers.get("location")]).toEqual([303, "/log-in?next=%2Fsamples"]);
    const label = await fetch(`${server.url}/api/v1/samples`, {
      ...{ method: "POST", headers: { ...headers, "content-type": "application/json" } },
      body: JSON.stringify({ ...drawingOf(3, 1), label: "3" }),
    });
    expect([label.status, label.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="tegaki"']);
  }
  expect((await (await fetch(`${server.url}/api/v1/samples`)).json()).samples).toEqual([]);
});

test("a server that others reach prints a link that makes the first admin once, and none after that", async () => {
  const flags = ["--http", "0.0.0.0:0"];
  const env = { TEGAKI_SERVER__ACCESS: "accounts" };
  const server = await serve(flags, env);
  const link = linkIn(server.printed())!;
  expect((await fetch(server.url, { redirect: "manual" })).headers.get("location")).toBe("/log-in");

  // Whoever looks at the link does not use it up.
  for (let i = 0; i < 2; i++) expect((await fetch(server.url + link)).status).toBe(200);
  const password = "several words and more";
  const admin = await send(server, link, { name: "Ann", password, again: password });
  expect(admin.status).toBe(303);
  const cookie = cookieOf(admin);
  expect(admin.headers.get("set-cookie")).toMatch(/HttpOnly/i);
  expect((await fetch(`${server.url}/people`, { headers: { cookie } })).status).toBe(200);
  expect(
    (await send(server, link, { name: "Eve", password, again: password })).status,
  ).toBeGreaterThanOrEqual(400);

  const store = await readFile(join(project.dir, "data/tegaki.db"), "latin1");
  const wal = await readFile(join(project.dir, "data/tegaki.db-wal"), "latin1").catch(() => "");
  const secrets = [link.split("/").at(-1)!, cookie.split("=")[1]!, password];
  for (const secret of secrets) {
    expect(store + wal).not.toContain(secret);
  }
  await server.stop();
  expect(linkIn((await serve(flags, env)).printed())).toBeUndefined();
});

test("tegaki access reset makes a new admin in the running server, and is in the audit log", async () => {
  const server = await serve([], { TEGAKI_SERVER__ACCESS: "accounts" });
  const reset = await runCommand(project, ["access", "reset"]);
  expect(reset.code).toBe(0);
  expect(reset.out).toContain(`${server.url}/welcome/`);
  const first = linkIn(server.printed())!;
  const password = "several words and more";
  // The newer link has replaced it.
  expect(
    (await send(server, first, { name: "Ann", password, again: password })).status,
  ).toBeGreaterThanOrEqual(400);
  expect((await send(server, linkIn(reset.out)!, { name: "Ann", password, again: password })).status).toBe(
    303,
  );
  const list = await runCommand(project, ["access", "list", "--json"]);
  expect(JSON.parse(list.out)).toMatchObject([{ name: "Ann", role: "admin", hasPassword: true }]);
  const audit = await runCommand(project, ["access", "audit"]);
  expect(audit.out).toContain("access.reset");
  expect(audit.out).not.toContain(linkIn(reset.out)!.split("/").at(-1)!);
});

test("ten wrong passwords a minute are refused with 401, and then the right one too, with 429", async () => {
  const server = await serve([], { TEGAKI_SERVER__ACCESS: "accounts" });
  const password = "several words and more";
  await send(server, linkIn(server.printed())!, { name: "Ann", password, again: password });
  const statuses: number[] = [];
  for (let i = 0; i < 10; i++) {
    statuses.push((await send(server, "/log-in", { name: "Ann", password: `wrong words ${i}` })).status);
  }
  expect(statuses).toEqual(new Array(10).fill(401));
  const refused = await send(server, "/log-in", { name: "Ann", password });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
});

describe("TLS", () => {
  const env = (certificate: string, key: string) => ({
    TEGAKI_SERVER__TLS__CERTIFICATE: certificate,
    TEGAKI_SERVER__TLS__KEY: key,
  });

  test("the server speaks https with the certificate, and its cookies are for https only", async () => {
    await mkdir(join(project.dir, "tls"));
    await Bun.write(join(project.dir, "tls/c.pem"), Bun.file(join(TLS, "certificate.pem")));
    await Bun.write(join(project.dir, "tls/k.pem"), Bun.file(join(TLS, "key.pem")));
    const child = Bun.spawn([project.executable, "serve", "--http", "127.0.0.1:0"], {
      ...{ cwd: project.dir, stdin: "ignore", stdout: "pipe", stderr: "ignore" },
      env: { ...process.env, ...env("tls/c.pem", "tls/k.pem"), TEGAKI_SERVER__ACCESS: "accounts" },
    });
    try {
      let printed = "";
      for await (const chunk of child.stdout) {
        printed += new TextDecoder().decode(chunk);
        if (linkIn(printed) !== undefined) break;
      }
      const url = /https:\/\/[\w.:]+/.exec(printed)![0];
      const tls = { ca: await readFile(join(TLS, "certificate.pem"), "utf8") };
      const password = "several words and more";
      const admin = await fetch(url + linkIn(printed)!, {
        ...{ method: "POST", redirect: "manual", tls, headers: { origin: url } },
        body: new URLSearchParams({ name: "Ann", password, again: password }),
      });
      expect(admin.status).toBe(303);
      expect(admin.headers.get("set-cookie")).toMatch(/Secure/i);
      expect(printed).not.toContain("Without TLS");
      await expect(fetch(`${url.replace("https", "http")}/livez`)).rejects.toThrow();
    } finally {
      child.kill("SIGKILL");
      await child.exited;
    }
  });

  test.each([
    ["nowhere.pem", "key.pem", "tls.certificate: cannot read"],
    ["certificate.pem", "nowhere.pem", "tls.key: cannot read"],
    ["key.pem", "key.pem", "has no certificate in PEM"],
    ["certificate.pem", "certificate.pem", "has no private key in PEM"],
    ["certificate.pem", "other-key.pem", "cannot be used together"],
    ["certificate.pem", "locked-key.pem", "cannot be used together"],
  ])(
    "%s with %s is refused with exit code 2, one line, and no data folder",
    async (certificate, key, reason) => {
      const { code, err } = await runCommand(
        project,
        ["serve", "--http", "127.0.0.1:0"],
        env(join(TLS, certificate), join(TLS, key)),
      );
      expect([code, err.trimEnd().split("\n").length]).toEqual([2, 1]);
      expect(err).toContain(reason);
      expect(await Bun.file(join(project.dir, "data/tegaki.db")).exists()).toBe(false);
    },
  );

  test("a certificate without a key is refused with exit code 2", async () => {
    const { code, err } = await runCommand(project, ["serve", "--http", "127.0.0.1:0"], {
      TEGAKI_SERVER__TLS__CERTIFICATE: join(TLS, "certificate.pem"),
    });
    expect([code, err]).toEqual([2, expect.stringContaining("tls.key in server.yml is missing")]);
  });
});
