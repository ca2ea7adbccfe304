import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What Schemathesis has tried and found; `missing` is why it could not run. */
export type SchemathesisResult =
  | { missing: string }
  | { missing: null; operations: number; tried: number; findings: string[] };

const FOLDER = import.meta.dir;
/** Of each operation, in each phase. */
const EXAMPLES = 25;
/** For a package index that does not answer, and a server that does not. */
const INSTALL_MS = 300_000;
const RUN_MS = 900_000;

/** The part of its report that is read. */
interface Report {
  operations: { total: number; tested: number };
  test_cases: { generated: number };
  failures: { code: string; title: string; count: number; operations: string[] }[];
  errors: { title: string; count: number }[];
}

/**
 * Checks a server against its own OpenAPI document with Schemathesis, all checks on, in a Python environment of its own,
 * which is removed. `schemathesis.toml` says for which operations a valid request may be refused, and why.
 *
 * @param seed makes it repeat the same requests, as far as the server responds in the same way.
 */
export async function checkWithSchemathesis(url: string, seed: number): Promise<SchemathesisResult> {
  const folder = await mkdtemp(join(tmpdir(), "tegaki-schemathesis-"));
  try {
    const missing = await install(folder);
    if (missing !== null) return { missing };
    return await run(folder, url, seed);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns why it cannot be installed; null when it is. */
async function install(folder: string): Promise<string | null> {
  if (Bun.which("python3") === null) return "there is no python3";
  const made = await output(["python3", "-m", "venv", folder], folder, INSTALL_MS);
  if (made.code !== 0) return "python3 cannot make a virtual environment";
  const pip = [join(folder, "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  const installed = await output([...pip, "-r", join(FOLDER, "requirements.txt")], folder, INSTALL_MS);
  return installed.code === 0 ? null : "pip cannot install Schemathesis";
}

async function run(folder: string, url: string, seed: number): Promise<SchemathesisResult> {
  const report = join(folder, "report.json");
  const { out } = await output(
    [
      ...[join(folder, "bin/schemathesis"), "--config-file", join(FOLDER, "schemathesis.toml")],
      ...["run", `${url}/api/v1/openapi.json`, "--checks", "all", "--max-examples", String(EXAMPLES)],
      ...["--seed", String(seed), "--no-color", "--report", "json", "--report-json-path", report],
    ],
    folder,
    RUN_MS,
    { SCHEMATHESIS_HOOKS: "tegaki_hooks", PYTHONPATH: FOLDER },
  );
  const file = Bun.file(report);
  if (!(await file.exists())) throw new Error(`Schemathesis has made no report:\n${out.slice(-4_000)}`);
  const { operations, test_cases, failures, errors } = (await file.json()) as Report;
  const words = [
    ...failures.map((one) => `${one.code} ${one.title}, ${one.count}: ${one.operations.join(", ")}`),
    ...errors.map((one) => `${one.title}, ${one.count}`),
    ...(operations.tested < operations.total ? [`${operations.total - operations.tested} not tested`] : []),
  ];
  if (words.length > 0) process.stdout.write(out);
  return { missing: null, operations: operations.tested, tried: test_cases.generated, findings: words };
}

async function output(
  command: string[],
  cwd: string,
  ms: number,
  env: Record<string, string> = {},
): Promise<{ code: number; out: string }> {
  const signal = AbortSignal.timeout(ms);
  const options = {
    cwd,
    env: { ...process.env, ...env },
    stdin: "ignore",
    stderr: "ignore",
    signal,
  } as const;
  const child = Bun.spawn(command, { ...options, stdout: "pipe" });
  const [out, code] = await Promise.all([new Response(child.stdout).text(), child.exited]);
  return { code, out };
}
