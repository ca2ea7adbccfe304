import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { modelReader, openRegistry } from "../../src/project/model-sources.ts";
import { createModelFiles } from "../../src/project/models/create-model-files.ts";
import { registeredFiles } from "../../src/project/models/registered-files.ts";
import { loadProject, openProjectStore } from "../../src/project/project.ts";
import { runtime } from "./run-project.ts";
import { createTestApp } from "./test-app.ts";

/** The application on the real registry and files of an empty project, whose models are loaded but not computed. */
export async function createRegistryApp() {
  const dir = await mkdtemp(join(tmpdir(), "tegaki-registry-"));
  const project = await loadProject(runtime, { dir });
  const store = await openProjectStore(runtime, project);
  const readModel = modelReader(runtime, project);
  const { exists } = registeredFiles(project);
  const registry = await openRegistry(runtime, store, readModel, ["0", "1"], async () => {}, exists);
  const modelFiles = createModelFiles(runtime, project, store, registry);
  const app = await createTestApp({ store, registry, modelFiles });
  return {
    ...app,
    dir,
    registry,
    store,
    dataDir: project.dataDir,
    /** Sends a zip archive. */
    sendArchive: (path: string, archive: Uint8Array<ArrayBuffer>, type = "application/zip") =>
      app.app.request(path, { method: "POST", body: archive, headers: { "content-type": type } }),
    async remove() {
      await store.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
