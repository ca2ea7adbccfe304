import type { Text } from "../i18n/text.ts";

/** Maximum number of classes that are listed individually. */
const LISTED = 12;

/** Whether the classes are the ten digits. */
export function areDigits(classes: readonly string[]): boolean {
  return classes.every((name) => /^[0-9]$/.test(name));
}

/** The instruction of the Draw page: "Draw a digit from 0 to 9", "Draw one of a, b, c". */
export function drawHint({ t }: Text, classes: readonly string[]): string {
  if (areDigits(classes) && classes.length === 10) return t("draw.hint");
  const names =
    classes.length <= LISTED ? classes.join(t("text.comma")) : ranges(classes).join(t("text.comma"));
  return t("draw.hintOf", { names });
}

/** Lists classes: three or more neighbours in the alphabet as "a – e"; "…" after the maximum. */
export function ranges(classes: readonly string[]): string[] {
  const runs: string[][] = [];
  for (const name of classes) {
    const last = runs.at(-1);
    if (last !== undefined && follows(last.at(-1)!, name)) last.push(name);
    else runs.push([name]);
  }
  const shown = runs.flatMap((run) => (run.length < 3 ? run : [`${run[0]} – ${run.at(-1)}`]));
  return shown.length <= LISTED ? shown : [...shown.slice(0, LISTED), "…"];
}

/** Whether both are single characters and `b` is the one after `a`. */
function follows(a: string, b: string): boolean {
  return [...a].length === 1 && [...b].length === 1 && b.codePointAt(0)! === a.codePointAt(0)! + 1;
}
