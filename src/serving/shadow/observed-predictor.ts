import type { Predictor } from "../predictor.ts";
import type { Shadow } from "./shadow.ts";

/** The same predictor, whose predictions the shadow notes: those of the model, whatever memory adds. */
export function observedPredictor(predictor: Predictor, shadow: Pick<Shadow, "observe">): Predictor {
  return {
    predict: (pixels) => shadow.observe(pixels, predictor.predict(pixels)),
    async predictFor(pixels, memoryOf) {
      const answer = predictor.predictFor(pixels, memoryOf);
      await shadow.observe(
        pixels,
        answer.then(({ prediction }) => prediction),
      );
      return answer;
    },
    async predictAll(images) {
      const answer = predictor.predictAll(images);
      const observed = images.map((pixels, n) =>
        shadow.observe(
          pixels,
          answer.then(({ predictions }) => predictions[n]!),
        ),
      );
      await Promise.all(observed);
      return answer;
    },
    features: () => predictor.features(),
    beforeSwap: (prepare) => predictor.beforeSwap(prepare),
    explain: (pixels) => predictor.explain(pixels),
    current: () => predictor.current(),
    check: (artifacts) => predictor.check(artifacts),
    swap: (model, artifacts) => predictor.swap(model, artifacts),
    close: () => predictor.close(),
  };
}
