/** Four rows of four, `fromBytes` apart, become four columns, in rows `toBytes` apart. */
// @ts-ignore: decorator
@inline
export function transpose4(to: usize, toBytes: usize, from: usize, fromBytes: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from + fromBytes);
  const r2 = v128.load(from + 2 * fromBytes);
  const r3 = v128.load(from + 3 * fromBytes);
  const lo01 = v128.shuffle<u32>(r0, r1, 0, 4, 1, 5);
  const hi01 = v128.shuffle<u32>(r0, r1, 2, 6, 3, 7);
  const lo23 = v128.shuffle<u32>(r2, r3, 0, 4, 1, 5);
  const hi23 = v128.shuffle<u32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<u64>(lo01, lo23, 0, 2));
  v128.store(to + toBytes, v128.shuffle<u64>(lo01, lo23, 1, 3));
  v128.store(to + 2 * toBytes, v128.shuffle<u64>(hi01, hi23, 0, 2));
  v128.store(to + 3 * toBytes, v128.shuffle<u64>(hi01, hi23, 1, 3));
}
