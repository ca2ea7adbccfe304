/**
 * Returns the first line of a stream, without its end. What follows in the stream is not kept.
 * @throws {Error} when the stream ends before.
 */
export function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const decoder = new TextDecoder();
  let text = "";
  const onData = (chunk: Uint8Array) => {
    text += decoder.decode(chunk, { stream: true });
    const end = text.indexOf("\n");
    if (end >= 0) done(() => resolve(text.slice(0, end)));
  };
  const onEnd = () => done(() => reject(new Error("the standard input ended before its first line")));
  const done = (settle: () => void) => {
    stream.off("data", onData).off("end", onEnd);
    settle();
  };
  stream.on("data", onData).on("end", onEnd);
  return promise;
}
