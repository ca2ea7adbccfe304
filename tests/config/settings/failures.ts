import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { removeFromYaml } from "../../../src/config/settings/remove-from-yaml.ts";
import type { InvalidSettings } from "../../../src/domain/settings/settings.ts";
import { saysOf } from "../../../src/lib/errors.ts";
import type { Sentence } from "../../../src/lib/saying.ts";
import { projectSettings } from "../../support/project-settings.ts";
import { project } from "../project.ts";

/** Every refusal of a change of settings that pages show in the reader's language. */
export async function settingsFailures(): Promise<Sentence[]> {
  const dir = await project({ "local/server.yml": "models: { keep: 9 }\n" });
  const { settings } = await projectSettings({ dir, environ: { TEGAKI_SERVER__GATE__MARGIN: "0.1" } });
  const { hash } = await settings.read();
  const thrownBy = (work: () => unknown) =>
    Promise.resolve()
      .then(work)
      .catch((error: Error) => error);
  const locked = await thrownBy(() =>
    settings.change({ hash, values: { "gate.margin": 0.2 }, reset: [], isDryRun: false }),
  );
  const checks = await thrownBy(() =>
    settings.change({ hash, values: { "labelling.second_opinions": 0.5 }, reset: [], isDryRun: false }),
  );
  const stale = await thrownBy(() =>
    settings.change({ hash: "other", values: { "models.keep": 8 }, reset: [], isDryRun: false }),
  );
  const tied = await thrownBy(() => removeFromYaml("a: &n 1\nb: *n\n", ["a"]));
  const beside = await thrownBy(() => removeFromYaml("a: { b: 1, # few\n  c: 2 }\n", ["a", "b"]));
  await writeFile(join(dir, "conf/local/server.yml"), "models: { keep: 0 }\n");
  const broken = await thrownBy(() => settings.read());
  return [
    ...[locked, checks].flatMap((error) => (error as InvalidSettings).problems),
    ...[stale, tied, beside, broken].map((error) => ({
      message: (error as Error).message,
      says: saysOf(error),
    })),
  ];
}
