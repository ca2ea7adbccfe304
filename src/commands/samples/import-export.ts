import { exportedLine } from "../../datasets/images/exported-sample.ts";
import { type ImageFiles, readImages } from "../../datasets/images/read-images.ts";
import { COMMAND_LINE } from "../../domain/actor.ts";
import type { SampleStats } from "../../domain/sample.ts";
import type { ProjectOptions } from "../../project/project.ts";
import { hasStore, loadProject, openProjectStore } from "../../project/project.ts";
import type { Runtime } from "../../project/runtime.ts";
import { fileRows } from "../../project/samples/file-rows.ts";
import type { ImportCounts } from "../../project/samples/import-result.ts";
import { type ImportRowsOptions, importRows } from "../../project/samples/import-rows.ts";

/** The result of an import, as `--json` prints it. */
interface ImportSummary extends ImportCounts {
  /** Notices on what was converted while reading the file, one sentence each. */
  notices: string[];
}

/** The operations of `tegaki samples`. */
export interface SampleCommands {
  import(
    options: ProjectOptions & ImageFiles & ImportRowsOptions & { writer?: string },
  ): Promise<ImportSummary>;
  /** @param options.write resolves to false when no more lines are wanted. @returns the number of lines. */
  export(options: ProjectOptions & { write(line: string): Promise<boolean> }): Promise<number>;
  stats(options: ProjectOptions): Promise<SampleStats>;
}

/** Creates `tegaki samples`: import into, and export from, the project's store. */
export function sampleCommands(runtime: Runtime): SampleCommands {
  async function open(options: ProjectOptions) {
    const project = await loadProject(runtime, options);
    return { project, store: await openProjectStore(runtime, project) };
  }

  return {
    async import(options) {
      const project = await loadProject(runtime, options);
      const { classes } = project.config.parameters;
      const notices = new Set<string>();
      const notice = (text: string) => void notices.add(text);
      const images = () => readImages(options, { classes, parts: "all", notice });
      const read = () => fileRows(images(), { writer: options.writer ?? null, actor: COMMAND_LINE });
      // Loaded here: only an import computes.
      const { checkOrientation } = await import("./check-orientation.ts");
      const warning = await checkOrientation(runtime, project, options.file, images());
      if (warning !== null) notice(warning);
      let store = (await hasStore(project)) ? await openProjectStore(runtime, project) : null;
      try {
        const create = async () => {
          store = await openProjectStore(runtime, project);
          return store.samples;
        };
        const counts = await importRows({ stored: store?.samples ?? null, create }, read, options);
        return { ...counts, notices: [...notices] };
      } finally {
        await store?.close();
      }
    },

    async export(options) {
      const { store } = await open(options);
      let count = 0;
      try {
        for await (const sample of store.samples.iterate()) {
          count += 1;
          if (!(await options.write(exportedLine(sample)))) break;
        }
      } finally {
        await store.close();
      }
      return count;
    },

    async stats(options) {
      const { store } = await open(options);
      try {
        return await store.samples.stats();
      } finally {
        await store.close();
      }
    },
  };
}
