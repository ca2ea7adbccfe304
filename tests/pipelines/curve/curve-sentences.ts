import type { Sentence } from "../../../src/lib/saying.ts";
import { measureCurve } from "../../../src/pipelines/curve/measure-curve.ts";
import { fakeTraining, imageSet } from "../fake-training.ts";
import { contextOf, curveInputs } from "./curve-inputs.ts";

/** The sentences with which a measurement is refused. */
export async function curveFailures(
  thrownBy: (work: () => unknown) => Promise<Sentence>,
): Promise<Sentence[]> {
  const measure = measureCurve(fakeTraining().training);
  const { labels, ...app_x } = imageSet(4);
  const few = { app_x, app_y: labels, app_groups: new Uint32Array(4) };
  return [
    await thrownBy(() => measure(curveInputs({ base_model: null }), contextOf())),
    await thrownBy(() => measure(curveInputs(few), contextOf())),
  ];
}

/** The lines that a measurement logs. */
export async function curveLines(): Promise<Sentence[]> {
  const logged: Sentence[] = [];
  await measureCurve(fakeTraining().training)(curveInputs(), contextOf(logged));
  return logged;
}
