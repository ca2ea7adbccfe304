/** The kind of a 32-bit argument: a pointer into the heap, a number of bytes, an integer, a boolean or a float. */
export type ArgumentKind = "pointer" | "bytes" | "int" | "flag" | "float";

/**
 * The arguments of every kernel in `kernels.wasm`, in their order on the heap; the order of the kernels gives each its
 * number. Callers pass them by name (`ThreadPool.run`), and the AssemblyScript sources read them by name, from classes
 * that `src/build/kernels.ts` generates from this table.
 *
 * Sizes count elements, rows, images and so on; pointers are to float32 values unless their kernel says otherwise, and
 * 0 means none.
 */
export const KERNEL_ARGUMENTS = {
  packB: { to: "pointer", b: "pointer", bias: "pointer", k: "int", n: "int", transposed: "flag" },
  gemm: {
    a: "pointer",
    transposed: "flag",
    packed: "pointer",
    c: "pointer",
    m: "int",
    n: "int",
    k: "int",
    low: "float",
    rowsAChunk: "int",
    panelsAChunk: "int",
  },
  conv: {
    input: "pointer",
    height: "int",
    width: "int",
    channels: "int",
    output: "pointer",
    outHeight: "int",
    outWidth: "int",
    outChannels: "int",
    filterHeight: "int",
    filterWidth: "int",
    strideHeight: "int",
    strideWidth: "int",
    top: "int",
    left: "int",
    dilationHeight: "int",
    dilationWidth: "int",
    upHeight: "int",
    upWidth: "int",
    packed: "pointer",
    low: "float",
  },
  packFlipped: { to: "pointer", filter: "pointer", taps: "int", channels: "int", outChannels: "int" },
  convFilterGradient: {
    input: "pointer",
    height: "int",
    width: "int",
    channels: "int",
    dy: "pointer",
    outHeight: "int",
    outWidth: "int",
    outChannels: "int",
    filterHeight: "int",
    filterWidth: "int",
    strideHeight: "int",
    strideWidth: "int",
    top: "int",
    left: "int",
    partial: "pointer",
    imagesAChunk: "int",
    batch: "int",
  },
  sumSlots: { partial: "pointer", slots: "int", size: "int", out: "pointer" },
  sumRows: { x: "pointer", rows: "int", cols: "int", partial: "pointer", rowsAChunk: "int" },
  maxPoolGrad: {
    x: "pointer",
    dy: "pointer",
    dx: "pointer",
    height: "int",
    width: "int",
    channels: "int",
    outHeight: "int",
    outWidth: "int",
  },
  maxPoolGradAny: {
    x: "pointer",
    dy: "pointer",
    dx: "pointer",
    height: "int",
    width: "int",
    channels: "int",
    outHeight: "int",
    outWidth: "int",
    windowHeight: "int",
    windowWidth: "int",
    strideHeight: "int",
    strideWidth: "int",
    top: "int",
    left: "int",
  },
  reluGrad: { x: "pointer", dy: "pointer", dx: "pointer", size: "int" },
  reluGradSum: {
    y: "pointer",
    dy: "pointer",
    dz: "pointer",
    rows: "int",
    cols: "int",
    partial: "pointer",
    rowsAChunk: "int",
  },
  seededDropout: {
    x: "pointer",
    y: "pointer",
    size: "int",
    seed: "int",
    threshold: "int",
    scale: "float",
  },
  rmsPropStep: {
    weight: "pointer",
    square: "pointer",
    gradient: "pointer",
    newWeight: "pointer",
    newSquare: "pointer",
    size: "int",
    learningRate: "float",
    rho: "float",
    epsilon: "float",
  },
  winogradFilter: {
    to: "pointer",
    filter: "pointer",
    channels: "int",
    outChannels: "int",
    flipped: "flag",
  },
  winogradConv: {
    input: "pointer",
    batch: "int",
    height: "int",
    width: "int",
    channels: "int",
    output: "pointer",
    outHeight: "int",
    outWidth: "int",
    outChannels: "int",
    top: "int",
    left: "int",
    packed: "pointer",
    bias: "pointer",
    low: "float",
    which: "pointer",
    inputStride: "bytes",
    productStride: "bytes",
  },
  winogradFilterGradient: {
    input: "pointer",
    height: "int",
    width: "int",
    channels: "int",
    dy: "pointer",
    outHeight: "int",
    outWidth: "int",
    outChannels: "int",
    top: "int",
    left: "int",
    partial: "pointer",
    imagesAChunk: "int",
    batch: "int",
    inputStride: "bytes",
    dyStride: "bytes",
    sumStride: "bytes",
  },
  tapRows: { filter: "pointer", to: "pointer", channels: "int", outChannels: "int" },
  tapColumns: { sums: "pointer", to: "pointer", channels: "int", outChannels: "int" },
  pooledConvInputGradient: {
    dPooled: "pointer",
    which: "pointer",
    pooledHeight: "int",
    pooledWidth: "int",
    outChannels: "int",
    filterRows: "pointer",
    dx: "pointer",
    height: "int",
    width: "int",
    channels: "int",
    outHeight: "int",
    outWidth: "int",
    top: "int",
    left: "int",
  },
  pooledConvFilterGradient: {
    dPooled: "pointer",
    which: "pointer",
    pooledHeight: "int",
    pooledWidth: "int",
    outChannels: "int",
    input: "pointer",
    partial: "pointer",
    height: "int",
    width: "int",
    channels: "int",
    top: "int",
    left: "int",
    paddedHeight: "int",
    paddedWidth: "int",
    imagesAChunk: "int",
    batch: "int",
  },
  listNonZeros: {
    s: "pointer",
    transposed: "flag",
    rows: "int",
    cols: "int",
    starts: "pointer",
    entries: "pointer",
  },
  sparseProduct: {
    starts: "pointer",
    rows: "int",
    d: "pointer",
    transposedD: "flag",
    depth: "int",
    width: "int",
    out: "pointer",
    transposedOut: "flag",
  },
  oneChannelConv: {
    input: "pointer",
    height: "int",
    width: "int",
    output: "pointer",
    outHeight: "int",
    outWidth: "int",
    outChannels: "int",
    top: "int",
    left: "int",
    filter: "pointer",
    bias: "pointer",
    low: "float",
  },
  oneChannelConvGradient: {
    input: "pointer",
    height: "int",
    width: "int",
    y: "pointer",
    outHeight: "int",
    outWidth: "int",
    outChannels: "int",
    top: "int",
    left: "int",
    dy: "pointer",
    partial: "pointer",
    imagesAChunk: "int",
    batch: "int",
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, ArgumentKind>>>>;

type Table = typeof KERNEL_ARGUMENTS;

/** The name of a kernel in `kernels.wasm`. */
export type KernelName = keyof Table;

/** A kernel's arguments by name: booleans for flags, numbers for all others. */
export type ArgumentsOf<Name extends KernelName> = {
  readonly [Argument in keyof Table[Name]]: Table[Name][Argument] extends "flag" ? boolean : number;
};

/** Every kernel's name; its index is the kernel's number. */
export const KERNEL_NAMES = Object.keys(KERNEL_ARGUMENTS) as readonly KernelName[];

/** The greatest number of words that a kernel's arguments take. */
export const MAX_ARGUMENTS = Math.max(
  ...Object.values(KERNEL_ARGUMENTS).map((kinds) => Object.keys(kinds).length),
);

/** Names and kinds, listed once, so that calls need not list the table's keys again. */
const ORDERS = new Map(
  Object.entries(KERNEL_ARGUMENTS).map(([name, kinds]) => [
    name as KernelName,
    { names: Object.keys(kinds), isFloat: Object.values(kinds).map((kind) => kind === "float") },
  ]),
);

/**
 * Writes a kernel's arguments in the order of the table.
 *
 * @param words  receives all except floats; at least MAX_ARGUMENTS long.
 * @param floats the same memory; receives the floats.
 */
export function writeArguments<Name extends KernelName>(
  name: Name,
  args: ArgumentsOf<Name>,
  words: Int32Array,
  floats: Float32Array,
): void {
  const { names, isFloat } = ORDERS.get(name)!;
  const values = args as Readonly<Record<string, number | boolean>>;
  for (let i = 0; i < names.length; i++) {
    (isFloat[i] ? floats : words)[i] = Number(values[names[i]!]);
  }
}
