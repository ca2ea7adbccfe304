import { expect, test } from "bun:test";
import { EventEmitter } from "node:events";
import { type LineSink, lineStream } from "../../../src/server/log/line-stream.ts";

/** A stream that takes everything and finishes writes when it is told to. */
class FakeSink extends EventEmitter {
  readonly texts: string[] = [];
  readonly waiting: ((error?: Error | null) => void)[] = [];

  write(text: string, done: (error?: Error | null) => void): void {
    this.texts.push(text);
    this.waiting.push(done);
  }

  finish(error?: Error): void {
    for (const done of this.waiting.splice(0)) done(error);
  }
}

const lost = (count: number) => `lost ${count}\n`;

test("lineStream() drops lines that nobody reads beyond a million characters, and tells how many afterwards", () => {
  const sink = new FakeSink();
  const write = lineStream(sink, lost);
  const line = `${"x".repeat(999)}\n`;
  for (let i = 0; i < 1_500; i++) write(line);
  expect(sink.texts).toHaveLength(1_000);
  sink.finish();
  write("after\n");
  expect(sink.texts.at(-1)).toBe("lost 500\nafter\n");
  write("more\n");
  expect(sink.texts.at(-1)).toBe("more\n");
});

test("lineStream() survives a broken stream, and begins a new line when it works again", () => {
  const sink = new FakeSink();
  const write = lineStream(sink, lost);
  write("one\n");
  write("two\n");
  expect(() => sink.emit("error", Object.assign(new Error("no space"), { code: "ENOSPC" }))).not.toThrow();
  sink.finish(new Error("no space"));
  write("three\n");
  expect(sink.texts.at(-1)).toBe("\nlost 2\nthree\n");
});

test("lineStream() counts a line that tells of lost ones as lost together with them", () => {
  const sink = new FakeSink();
  const write = lineStream(sink, lost);
  for (let i = 0; i < 5; i++) {
    write(`${i}\n`);
    sink.finish(new Error("EPIPE"));
  }
  write("last\n");
  expect(sink.texts.at(-1)).toBe("lost 5\nlast\n");
});

test("lineStream() does not throw when the stream does", () => {
  const sink: LineSink = {
    write() {
      throw new Error("destroyed");
    },
    on: () => {},
  };
  expect(() => lineStream(sink, lost)("x\n")).not.toThrow();
});
