import type { Terminal } from "./terminal.ts";

/** The part of a Node stream that is used here. */
export interface OutputStream {
  write(text: string): boolean;
  on(event: "error", listener: (error: Error & { code?: string }) => void): unknown;
  once(event: "drain", listener: () => void): unknown;
  isTTY?: boolean;
}

/** The control characters that text may have: line feed, tab, and carriage return, which redraws a progress line. */
const ALLOWED = "\n\t\r";
/** Erases the rest of a progress line. */
const ERASE = "\u001b[K";

/** Replaces control characters: texts that came by the API must not move the cursor, or set a terminal's title. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (control, at: number) =>
    ALLOWED.includes(control) || text.startsWith(ERASE, at) ? control : "\ufffd",
  );
}

/** A broken stream ends the output, and not the command: what a command does must not depend on who reads along. */
class Output {
  readonly #stream: OutputStream;
  /** Of the last write: it resolves when the stream has taken it, or is broken. */
  #drained = Promise.resolve();
  #isBroken = false;
  #stopWaiting = () => {};

  constructor(stream: OutputStream, onFailure: (error: Error) => void) {
    this.#stream = stream;
    stream.on("error", (error) => {
      this.#isBroken = true;
      this.#stopWaiting();
      if (error.code !== "EPIPE") onFailure(error);
    });
  }

  write(text: string): void {
    if (this.#isBroken || this.#stream.write(text)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#drained = promise;
    this.#stopWaiting = resolve;
    this.#stream.once("drain", resolve);
  }

  async canTakeMore(): Promise<boolean> {
    await this.#drained;
    return !this.#isBroken;
  }
}

/**
 * Creates the terminal of a process. When the reader of a stream has closed it (EPIPE), further text is dropped
 * silently, and the exit code stays that of the command. It may not be the only listener of the streams.
 *
 * @param onFailure receives any other error of standard output, such as a full disk; the result is then incomplete.
 */
export function processTerminal(
  { stdout, stderr }: { stdout: OutputStream; stderr: OutputStream },
  onFailure: (error: Error) => void,
): Required<Terminal> {
  const out = new Output(stdout, onFailure);
  // There is nowhere to report that standard error has failed.
  const err = new Output(stderr, () => {});
  return {
    out: (text) => out.write(printable(text)),
    err: (text) => err.write(printable(text)),
    canTakeMore: () => out.canTakeMore(),
    isInteractive: stderr.isTTY === true,
  };
}
