import { configure, ZipWriter } from "@zip.js/zip.js";

// Its workers are files that one executable does not have.
configure({ useWebWorkers: false });

/** A file of an archive. */
export interface ZipPart {
  /** With its folders: "7/a.png". */
  name: string;
  content: AsyncIterable<Uint8Array> | Uint8Array;
  /** Whether it is compressed already. */
  isPacked: boolean;
  /** Its size, as far as it is known; required for 4 GB and more. */
  bytes?: number;
}

/** More than this takes the 64-bit form of an entry. */
const MAX_BYTES_32 = 0xffff_0000;

/** The first day that a zip archive can express: the same files give the same bytes. */
const ZIP_EPOCH = new Date(1980, 0, 1);

/**
 * Packs files into a zip archive while it is read: neither the files nor the archive are in memory as a whole.
 * @param comment the last bytes of the archive.
 */
export function zipStream(parts: AsyncIterable<ZipPart>, comment?: Uint8Array): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const zip = new ZipWriter(writable, { extendedTimestamp: false, lastModDate: ZIP_EPOCH });
  const pack = async () => {
    for await (const { name, content, isPacked, bytes = 0 } of parts) {
      const size = bytes > MAX_BYTES_32 ? { zip64: true } : {};
      await zip.add(name, streamOf(content), { level: isPacked ? 0 : 6, ...size });
    }
    await zip.close(comment);
  };
  // Who reads the stream gets the error; after a cancelled download there is no one to tell.
  pack().catch((error: unknown) => writable.abort(error).catch(() => {}));
  return readable;
}

/** A stream of what is iterated over, at the pace of its reader. */
export function streamOf(content: AsyncIterable<Uint8Array> | Uint8Array): ReadableStream<Uint8Array> {
  const parts = content instanceof Uint8Array ? once(content) : content[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await parts.return?.();
    },
  });
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}
