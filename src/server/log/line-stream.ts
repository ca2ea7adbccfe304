/** The part of a Node stream that is used here. */
export interface LineSink {
  write(text: string, done: (error?: Error | null) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
}

/** The most that waits for a slow reader; further lines are dropped, so memory stays bounded. */
const MAX_WAITING_CHARS = 1_000_000;

/**
 * Writes lines to a stream that may break at any time: a pipe that nobody reads, a file on a full disk. Lines that
 * cannot be written are dropped; the next line that can be is preceded by `lost` of their number.
 *
 * @returns a function that writes one line with its line end. It never throws and never waits.
 */
export function lineStream(sink: LineSink, lost: (count: number) => string): (line: string) => void {
  let waitingChars = 0;
  let lostLines = 0;
  /** The last line may be incomplete. */
  let isTorn = false;

  // Without a listener an error of the stream would end the process. It stays: the last lines may fail late.
  sink.on("error", () => {
    // What waited in the stream is lost, and not every write gets its callback.
    waitingChars = 0;
    isTorn = true;
  });

  function send(text: string, lines: number): void {
    waitingChars += text.length;
    try {
      sink.write(text, (error) => {
        waitingChars = Math.max(0, waitingChars - text.length);
        if (error) lostLines += lines;
      });
    } catch {
      waitingChars -= text.length;
      lostLines += lines;
    }
  }

  return (line) => {
    if (waitingChars + line.length > MAX_WAITING_CHARS) {
      lostLines += 1;
      return;
    }
    const lines = lostLines + 1;
    const before = (isTorn ? "\n" : "") + (lostLines > 0 ? lost(lostLines) : "");
    isTorn = false;
    lostLines = 0;
    send(before + line, lines);
  };
}
