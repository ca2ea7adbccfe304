/** A time in a file name: "20261129T101500Z". */
export function stamp(time: Date): string {
  return time.toISOString().replaceAll(/[-:]|\.\d+/g, "");
}
