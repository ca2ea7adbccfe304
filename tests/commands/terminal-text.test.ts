import { expect, test } from "bun:test";
import { type OutputStream, processTerminal } from "../../src/commands/process-terminal.ts";

/** A stream that keeps what is written to it. */
function recorder(): OutputStream & { text: string } {
  return {
    text: "",
    write(text: string) {
      this.text += text;
      return true;
    },
    on: () => {},
    once: () => {},
  };
}

test("processTerminal() prints no control characters of other people's texts, but lines, tabs and progress", () => {
  const [stdout, stderr] = [recorder(), recorder()];
  const terminal = processTerminal({ stdout, stderr }, () => {});
  terminal.out("a\u001b]0;title\u0007b\u0000\u009bc\td\n");
  expect(stdout.text).toBe("a\ufffd]0;title\ufffdb\ufffd\ufffdc\td\n");
  terminal.err("\r12/20\r\u001b[K");
  expect(stderr.text).toBe("\r12/20\r\u001b[K");
});
