import { LOCAL } from "../../../src/domain/actor.ts";
import { requireOwnAlias } from "../../../src/domain/aliases.ts";
import { NO_METRICS } from "../../../src/domain/metrics.ts";
import { parseTag } from "../../../src/domain/model-tags.ts";
import type { Saying, Sentence } from "../../../src/lib/saying.ts";
import { modelArchive } from "../../support/model-archives.ts";
import { templateModel } from "../../support/models.ts";
import { createRegistryApp } from "../../support/registry-app.ts";

type ThrownBy = (work: () => unknown) => Promise<Sentence>;

/** The sentences of every refusal of the registry. */
export async function registryRefusals(thrownBy: ThrownBy): Promise<Sentence[]> {
  const { app, registry, store, deps, dataDir, remove } = await createRegistryApp();
  const { modelFiles } = deps;
  const by = { by: "page", actor: LOCAL, reason: "" };
  const importing = async (...args: Parameters<typeof modelArchive>) =>
    modelFiles.import(await modelArchive(...args), { actor: LOCAL, name: "x.zip" });
  const entry = { key: "builtin:base", sha256: "ab".repeat(32), runId: null, parentVersion: null };
  try {
    await importing();
    for (const sharpness of [2, 3, 4]) await importing({}, templateModel(sharpness));
    await registry.register({ ...entry, metrics: NO_METRICS, gate: null });
    for (const version of [2, 3, 4]) await registry.promote(version, { ...by, isForced: true });
    await store.runs.create({ id: "r1", pipeline: "p", params: {}, trigger: "cli", command: "" });
    await store.runs.putNode("r1", {
      ...{ node: "n", position: 1, status: "done", startedAt: null, finishedAt: null, durationMs: 1 },
      ...{ reason: null, outputs: [] },
      inputs: [{ name: "model", fingerprint: null, version: "3", type: "model", shape: null }],
    });
    await registry.setAlias("stable", 3, by);
    const needed = await thrownBy(() => modelFiles.delete(3, by));
    const { key } = (await registry.get(1))!;
    await Bun.write(`${dataDir}/${key}/weights.bin`, "short");
    const damaged = await thrownBy(() => modelFiles.export(1));
    const known = await thrownBy(() => importing());
    await modelFiles.delete(1, by);
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`t${i}`, ""]));
    for (let i = 0; i < 198; i++) await registry.setAlias(`a${i}`, 2, by);
    const letters = (file: { userDefinedMetadata: Record<string, unknown> }) =>
      void Object.assign(file.userDefinedMetadata, { classes: [..."abcdefghij"] });
    const form = await app.request("/models/import", { method: "POST", body: new FormData() });
    const [noFile = ""] = /Choose a zip archive[^<]*/.exec(await form.text()) ?? [];
    return [
      ...[needed, damaged, known],
      ...(await modelFiles.neededBy(3)),
      ...(await modelFiles.neededBy(5)),
      { message: needed.message.replace(/^[^:]*: /, ""), says: needed.says?.figures.reasons as Saying },
      { message: noFile, says: { key: "importNoFile", figures: {} } },
      await thrownBy(() => store.models.moveAlias({ ...MOVE, version: 3, expectedPrevious: 2 })),
      await thrownBy(() =>
        store.models.markDeleted({ version: 4, what: "deleted", detail: "", actor: LOCAL }),
      ),
      await thrownBy(() => registry.promote(1, by)),
      await thrownBy(() => registry.rollback({ ...by, expectedVersion: 2 })),
      await thrownBy(() => registry.setAlias("one-more", 2, by)),
      await thrownBy(() => registry.annotate(2, { note: "x".repeat(2_001) }, by)),
      await thrownBy(() => registry.annotate(2, { tags: { "a b": "" } }, by)),
      await thrownBy(() => registry.annotate(2, { tags: { a: "x".repeat(201) } }, by)),
      await thrownBy(() => registry.annotate(2, { tags: many }, by)),
      await thrownBy(() => requireOwnAlias("champion")),
      await thrownBy(() => requireOwnAlias("A B")),
      await thrownBy(() => parseTag("x")),
      await thrownBy(() => importing({ jsonText: "{" })),
      await thrownBy(() => importing({ json: letters })),
    ];
  } finally {
    await remove();
  }
}

const MOVE = {
  alias: "champion",
  action: "promote",
  by: "page",
  actor: LOCAL,
  isForced: false,
  verdict: null,
  reason: "",
} as const;
