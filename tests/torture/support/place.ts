import {
  type CommandResult,
  emptyProject,
  type RunningServer,
  runCommand,
  startServer,
} from "../../support/executable.ts";

/** A project folder with only the executable in it. */
export type Project = Awaited<ReturnType<typeof emptyProject>>;

/** Where a row works: whatever it starts ends with it, also when the row takes too long. */
export class Place {
  readonly #undo: (() => unknown)[] = [];
  #isOver = false;

  /** Creates an empty project. */
  async project(): Promise<Project> {
    const project = await emptyProject();
    this.later(project.remove);
    return project;
  }

  /** Starts `tegaki serve` and waits until it is ready; the parameters are those of `startServer`. */
  async serve(...args: Parameters<typeof startServer>): Promise<RunningServer> {
    const server = await startServer(...args);
    if (this.#isOver) await server.stop("SIGKILL");
    this.later(() => server.stop("SIGKILL"));
    return server;
  }

  /** Runs one command to its end. */
  command(project: Pick<Project, "dir" | "executable">, args: readonly string[]): Promise<CommandResult> {
    return runCommand(project, args);
  }

  /** Calls `undo` at the end; the last one first. */
  later(undo: () => unknown): void {
    this.#undo.push(undo);
  }

  /** Ends everything. What cannot be undone does not keep the rest from it. */
  async end(): Promise<void> {
    this.#isOver = true;
    for (const undo of this.#undo.reverse()) await Promise.resolve(undo()).catch(() => {});
    this.#undo.length = 0;
  }
}
