import { describe, expect, test } from "bun:test";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parsePickle } from "../../../src/datasets/formats/pickle/parse.ts";
import { createRandom } from "../../../src/lib/random.ts";

/*
 * The fixtures were written by Python 3.11 with numpy 2.4:
 *
 *   grid = np.arange(6)
 *   everything = {
 *     "none": None, "yes": True, "no": False, "small": 7, "negative": -300, "large": 2**40, "huge": -2**70,
 *     "float": 1.5, "text": "héllo 手 \\u\n", "bytes": b"\x00\xff\n'", "nothing": b"", "empty": [(), [], {}],
 *     "by_number": {1: "one", 2: "two"},
 *     "uint8": grid.astype("u1").reshape(2, 3), "bool": np.array([True, False]), "int16_big": grid.astype(">i2"),
 *     "int64": np.array([-1, 2**62]), "float16": np.array([0.5, -2, 65504, 6e-8, np.inf], "f2"),
 *     "float32_big": np.array([1.5, -2.25], ">f4"), "float64": np.array([0.1]),
 *     "fortran": np.asfortranarray(grid.reshape(2, 3).astype("i4")),
 *     "turned": np.arange(24, dtype="u1").reshape(2, 3, 4).transpose(1, 0, 2),
 *     "sliced": grid[::2].astype("i4")[::-1], "zero": np.zeros((0, 28), "f4"), "single": np.array(3, "u2"),
 *     "scalar": np.float32(0.25), "scalar_int": np.int64(9), "scalar_bool": np.bool_(True),
 *   }
 *   for p in range(6): open(f"everything.protocol{p}.pkl", "wb").write(pickle.dumps(everything, p))
 *   x = np.zeros((3, 28, 28), "u1"); x[:, 14, 14] = [10, 20, 30]
 *   pickle.dumps(((x, np.array([5, 0, 4], "u1")), (x[:1], np.array([7]))))   # mnist.pkl
 *   pickle.dumps((x[:2].reshape(2, 784) / 255.0, np.array([1, 9])))          # app.pkl
 */
const FIXTURES = join(import.meta.dir, "../../fixtures/pickle");
const fixture = async (name: string) => new Uint8Array(await readFile(join(FIXTURES, name)));

const TURNED = [0, 1, 2, 3, 12, 13, 14, 15, 4, 5, 6, 7, 16, 17, 18, 19, 8, 9, 10, 11, 20, 21, 22, 23];
const EVERYTHING = {
  none: null,
  yes: true,
  no: false,
  small: 7,
  negative: -300,
  large: 2 ** 40,
  huge: -(2n ** 70n),
  float: 1.5,
  text: "héllo 手 \\u\n",
  bytes: new Uint8Array([0, 255, 10, 39]),
  nothing: new Uint8Array(0),
  empty: [[], [], {}],
  by_number: new Map([
    [1, "one"],
    [2, "two"],
  ]),
  uint8: { dtype: "uint8", shape: [2, 3], data: new Uint8Array([0, 1, 2, 3, 4, 5]) },
  bool: { dtype: "bool", shape: [2], data: new Uint8Array([1, 0]) },
  int16_big: { dtype: "int16", shape: [6], data: new Int16Array([0, 1, 2, 3, 4, 5]) },
  int64: { dtype: "int64", shape: [2], data: new BigInt64Array([-1n, 2n ** 62n]) },
  float16: {
    dtype: "float16",
    shape: [5],
    data: new Float32Array([0.5, -2, 65504, 2 ** -24, Number.POSITIVE_INFINITY]),
  },
  float32_big: { dtype: "float32", shape: [2], data: new Float32Array([1.5, -2.25]) },
  float64: { dtype: "float64", shape: [1], data: new Float64Array([0.1]) },
  fortran: { dtype: "int32", shape: [2, 3], data: new Int32Array([0, 1, 2, 3, 4, 5]) },
  turned: { dtype: "uint8", shape: [3, 2, 4], data: new Uint8Array(TURNED) },
  sliced: { dtype: "int32", shape: [3], data: new Int32Array([4, 2, 0]) },
  zero: { dtype: "float32", shape: [0, 28], data: new Float32Array(0) },
  single: { dtype: "uint16", shape: [], data: new Uint16Array([3]) },
  scalar: 0.25,
  scalar_int: 9,
  scalar_bool: true,
};

test.each([0, 1, 2, 3, 4, 5])("parsePickle() reads all that protocol %d has for data", async (protocol) => {
  expect(parsePickle(await fixture(`everything.protocol${protocol}.pkl`)) as unknown).toEqual(EVERYTHING);
});

/** One byte a character. */
const bytesOf = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const parse = (text: string) => parsePickle(bytesOf(text));

test("parsePickle() reads what Python 2 wrote: byte strings, long integers, the old module of numpy", () => {
  const array =
    "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR" +
    "(I1\n(L2L\ntcnumpy\ndtype\n(S'i2'\nI0\nI1\ntR(I3\nS'<'\nNNNI-1\nI-1\nI0\ntbI00\nS'\\x01\\x00\\n\\x00'\ntb";
  expect(parse(`(S'it\\'s'\nU\x02\xe9\nL12L\nF-1e3\n${array}t.`)).toEqual([
    "it's",
    "é\n",
    12,
    -1000,
    { dtype: "int16", shape: [2], data: new Int16Array([1, 10]) },
  ]);
});

test("parsePickle() keeps what is pointed to twice one object, and __proto__ an ordinary key", () => {
  const value = parse("(]q\x00h\x00t.") as [unknown, unknown];
  expect(value[0]).toBe(value[1]);
  const dict = parse("}(U\x09__proto__K\x01u.") as object;
  expect(Object.keys(dict)).toEqual(["__proto__"]);
  expect(Object.getPrototypeOf(dict)).toBe(Object.prototype);
});

describe("parsePickle() refuses", () => {
  const dtype = (code: string) => `cnumpy\ndtype\n(S'${code}'\ntR`;
  const u1 = dtype("u1");
  const frombuffer = (rest: string) => `cnumpy._core.numeric\n_frombuffer\n(${rest}tR.`;
  test.each<[string, string, RegExp]>([
    ["os.system", "cos\nsystem\n(S'id'\ntR.", /at byte 0, it uses "os.system"; only numpy arrays/],
    ["eval by protocol 4", "\x8c\x08builtins\x8c\x04eval\x93.", /uses "builtins.eval"/],
    ["numpy's own loader", "cnumpy\nload\n.", /uses "numpy.load"/],
    ["Python's generic reconstructor", "ccopy_reg\n_reconstructor\n.", /uses "copy_reg._reconstructor"/],
    ["an inherited name", "c__proto__\nconstructor\n.", /uses "__proto__.constructor"/],
    ["classes (NEWOBJ)", "cnumpy\nndarray\n)\x81.", /opcode "\x81" is not supported/],
    ["instances (INST)", "(ios\nsystem\n.", /opcode "i" is not supported/],
    ["persistent ids", "Pid\n.", /opcode "P" is not supported/],
    ["extensions", "\x82\x01.", /opcode "\x82" is not supported/],
    ["sets", "\x8f.", /opcode "\x8f" is not supported/],
    ["buffers outside the file", "\x97.", /opcode "\x97" is not supported/],
    ["a newer protocol", "\x80\x06N.", /protocol 6; protocols 0 to 5 can be read/],
    ["a function as a value", "cnumpy\nndarray\n.", /the name of a function or a type/],
    ["a dtype as a value", `${u1}.`, /the name of a function or a type/],
    ["a call of data", "N)R.", /calls something that is not a function/],
    ["bytes from other values", "c__builtin__\nbytes\n(I9\ntR.", /creates bytes from other values/],
    ["other codecs", "c_codecs\nencode\n(Vx\nVrot13\ntR.", /encodes a string in a codec other than latin1/],
    ["an invalid byte string", "c_codecs\nencode\n(V\\u624b\nVlatin1\ntR.", /the character 25163/],
    ["arrays of objects", dtype("O8").concat("."), /the dtype "O8"; only bool, uint8/],
    ["arrays of texts", dtype("S5").concat("."), /the dtype "S5"/],
    [
      "arrays of another class",
      "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\ndtype\nI0\ntR.",
      /unknown class/,
    ],
    [
      "an array without its data",
      "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\ntR.",
      /without its data/,
    ],
    [
      "too few bytes for the shape",
      frombuffer(`C\x02ab${u1}(I3\ntS'C'\n`),
      /\(3\) and dtype uint8 needs 3 bytes, found 2/,
    ],
    ["too many bytes", frombuffer(`C\x02ab${u1}(I1\ntS'C'\n`), /needs 1 bytes, found 2/],
    [
      "endless shapes",
      frombuffer(`C\x01a${u1}(L99999999999999L\nL99999999999999L\ntS'C'\n`),
      /needs 9.9\d+e\+27 bytes/,
    ],
    ["negative shapes", frombuffer(`C\x01a${u1}(I-1\nI-1\ntS'C'\n`), /whole numbers of at least 0/],
    ["axes listed twice", frombuffer(`C\x01a${u1}(I1\nI1\ntS'K'\n(I0\nI0\nt`), /each be listed once/],
    ["a list within itself", "]q\x00h\x00a.", /a value within itself/],
    ["a dict within itself", "}q\x00K\x01h\x00s.", /a value within itself/],
    ["deep nesting", `${"(".repeat(5000)}${"l".repeat(5000)}.`, /deeper than 100 levels/],
    ["what is taken from an empty stack", "0.", /uses a missing value/],
    ["nothing at all", ".", /uses a missing value/],
    ["a group that was never started", "t.", /ends a group that was never started/],
    ["what was never kept", "h\x07.", /recalls value 7/],
    ["appending to a number", "K\x01K\x02a.", /not a list/],
    ["items of a number", "K\x01K\x02K\x03s.", /not a dict/],
    ["a dict with half an item", "}(K\x01u.", /not a dict/],
    ["malformed integers", "Ifoo\n.", /malformed integer \("foo"\)/],
    ["malformed numbers", "F0x10\n.", /malformed number/],
    ["integers of a thousand digits", `L${"9".repeat(1000)}L\n.`, /malformed integer/],
    ["integers of a megabyte", `\x8b\x00\x00\x10\x00${"x".repeat(1 << 20)}.`, /an integer of 1048576 bytes/],
    ["texts that are no UTF-8", "X\x01\x00\x00\x00\xff.", /is not UTF-8/],
    ["lengths beyond the file", `\x8e${"\xff".repeat(8)}.`, /it is cut off/],
    ["an empty file", "", /at byte 0, the file ends after 0 bytes/],
    ["a file of another kind", "PK\x03\x04", /is not a supported pickle/],
  ])("%s", (_, text, reason) => {
    expect(() => parse(text)).toThrow(reason);
  });
});

test("parsePickle() refuses lists of lists that are few in the file and endless to walk through", () => {
  let text = "]q\x00";
  for (let i = 1; i <= 20; i++) {
    const below = `h${String.fromCharCode(i - 1)}`;
    text += `](${below.repeat(10)}eq${String.fromCharCode(i)}`;
  }
  expect(() => parse(`${text}.`)).toThrow(/has more than 20000000 values/);
});

test("parsePickle() refuses arrays that copy one buffer over and over", () => {
  const size = 200_000;
  const buffer = `B${String.fromCharCode(size & 255, (size >> 8) & 255, (size >> 16) & 255, 0)}${"x".repeat(size)}q\x00`;
  const one = `cnumpy._core.numeric\n_frombuffer\n(h\x00cnumpy\ndtype\n(S'u1'\ntR(I${size}\ntS'C'\ntR`;
  expect(() => parse(`${buffer}(${one.repeat(20)}t.`)).toThrow(/far larger than the file/);
});

test("parsePickle() names every cut through a file, and never returns from one", async () => {
  for (const name of ["everything.protocol0.pkl", "everything.protocol2.pkl", "everything.protocol5.pkl"]) {
    const whole = await fixture(name);
    for (let length = 0; length < whole.length; length += 7) {
      expect(() => parsePickle(whole.subarray(0, length))).toThrow(/is not a supported pickle/);
    }
  }
});

test("parsePickle() gives data or its own error for 3,000 files with three bytes changed at random", async () => {
  const random = createRandom(4);
  const whole = await fixture("everything.protocol4.pkl");
  for (let i = 0; i < 3000; i++) {
    const bytes = whole.slice();
    for (let k = 0; k < 3; k++) bytes[random.int(bytes.length)] = random.int(256);
    try {
      parsePickle(bytes);
    } catch (error) {
      expect((error as Error).name).toBe("DatasetError");
      expect((error as Error).message).toMatch(
        /^is not a (supported pickle: at byte \d+, |single pickle: it ends at byte \d+ )/,
      );
      if ((error as Error).message.startsWith("is not a single")) continue;
      expect((error as { cause?: Error }).cause?.name).toBe("DatasetError");
    }
  }
});
