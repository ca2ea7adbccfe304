/** One measured setup: a separate process that answers each line of JSON with a line of JSON. */
export interface Competitor {
  /** The data that it reports about itself when it is ready, such as versions. */
  readonly hello: Record<string, unknown>;
  /** @throws when the process ends, or answers with something other than JSON. */
  ask<Answer>(question: object): Promise<Answer>;
  stop(): void;
}

/**
 * Starts a process and waits for its first line.
 *
 * @throws when it ends before that; its standard error has then been shown.
 */
export async function startCompetitor(command: readonly string[]): Promise<Competitor> {
  const child = Bun.spawn([...command], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = linesOf(child.stdout);
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`"${command.join(" ")}" ended with exit code ${await child.exited}; see above`);
    return JSON.parse(value);
  };
  const hello = await next();
  return {
    hello,
    async ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      await child.stdin.flush();
      return await next();
    },
    stop: () => child.kill(),
  };
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of stream) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}

/** The median; of an even number of values, the greater of the middle two. */
export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** The value at index ⌊q·N⌋ of the sorted numbers, or the last one. @param q 0..1. */
export function quantile(numbers: readonly number[], q: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
}
