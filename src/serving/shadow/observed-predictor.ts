import type { Predictor } from "../predictor.ts";
import type { Shadow } from "./shadow.ts";

/** The same predictor, whose predictions the shadow notes. */
export function observedPredictor(predictor: Predictor, shadow: Pick<Shadow, "observe">): Predictor {
  return {
    predict: (pixels) => shadow.observe(pixels, predictor.predict(pixels)),
    explain: (pixels) => predictor.explain(pixels),
    current: () => predictor.current(),
    check: (artifacts) => predictor.check(artifacts),
    swap: (model, artifacts) => predictor.swap(model, artifacts),
    close: () => predictor.close(),
  };
}
