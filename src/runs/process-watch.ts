import { messageOf } from "../lib/errors.ts";
import { thrownLines } from "../lib/thrown-error.ts";
import { userFrames } from "../project/user-frames.ts";

const EXIT_FAILED = 1;

/**
 * Watches this process while it runs a pipeline. An error that a node throws where nothing waits for it (a timer, a
 * promise that is not awaited) cannot be its result, and a node that ends the process leaves none: in both cases the
 * process ends as failed, with the reason, and never as a run that is done.
 *
 * @param root the project directory, absolute and without symbolic links.
 * @param print receives each line.
 */
export function watchProcess(root: string, print: (line: string) => void): { release(): void } {
  const onError = (error: unknown) => {
    release();
    print("An error was thrown where no node waits for it, as in a timer or a promise that is not awaited");
    const name = error instanceof Error ? error.name : typeof error;
    const thrown = [{ name, message: messageOf(error), frames: userFrames(error, root) }];
    for (const line of thrownLines(thrown, (cause) => cause)) print(line);
    process.exit(EXIT_FAILED);
  };
  const onExit = () => {
    print(
      "The process was ended before its run, as by process.exit() in a node. Return from the node, or throw an error",
    );
    process.exitCode = EXIT_FAILED;
  };
  const release = () => {
    process.off("uncaughtException", onError);
    process.off("unhandledRejection", onError);
    process.off("exit", onExit);
  };
  process.on("uncaughtException", onError);
  process.on("unhandledRejection", onError);
  process.on("exit", onExit);
  return { release };
}
