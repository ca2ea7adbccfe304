import { exportedLine, unlabelledLine } from "../../datasets/images/exported-sample.ts";
import { type ImageFiles, readImages } from "../../datasets/images/read-images.ts";
import { COMMAND_LINE } from "../../domain/actor.ts";
import type { SampleStats } from "../../domain/sample.ts";
import type { Store } from "../../domain/store.ts";
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
  /**
   * Exports the samples, or the drawings without a label.
   * @param options.write resolves to false when no more lines are wanted. @returns the number of lines.
   */
  export(
    options: ProjectOptions & { isUnlabelled?: boolean; write(line: string): Promise<boolean> },
  ): Promise<number>;
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
      const images = () => readImages(options, { classes, parts: "all", mayBeUnlabelled: true, notice });
      const read = () => fileRows(images(), { writer: options.writer ?? null, actor: COMMAND_LINE });
      // Loaded here: only an import computes.
      const { checkOrientation } = await import("./check-orientation.ts");
      const warning = await checkOrientation(runtime, project, options.file, images());
      if (warning !== null) notice(warning);
      let store = (await hasStore(project)) ? await openProjectStore(runtime, project) : null;
      try {
        const create = async () => {
          store = await openProjectStore(runtime, project);
          return store;
        };
        const counts = await importRows({ stored: store, create }, read, options);
        return { ...counts, notices: [...notices] };
      } finally {
        await store?.close();
      }
    },

    async export(options) {
      const { store } = await open(options);
      let count = 0;
      try {
        for await (const line of options.isUnlabelled === true ? queueLines(store) : sampleLines(store)) {
          count += 1;
          if (!(await options.write(line))) break;
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

/** Drawings of a page that is read from the store at once. */
const PAGE = 200;

async function* sampleLines({ samples }: Pick<Store, "samples">): AsyncGenerator<string> {
  for await (const sample of samples.iterate()) yield exportedLine(sample);
}

async function* queueLines({ queue }: Pick<Store, "queue">): AsyncGenerator<string> {
  let after: string | null = null;
  for (;;) {
    const page = await queue.pageAfter(after, PAGE);
    for (const drawing of page) yield unlabelledLine(drawing);
    if (page.length < PAGE) return;
    after = page.at(-1)!.id;
  }
}
