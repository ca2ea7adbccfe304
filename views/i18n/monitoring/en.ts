/** The texts of the Monitoring page in English; `ja.ts` beside this has the same keys. */
export const monitoringEn = {
  "nav.monitoring": "Monitoring",

  "monitoring.title": "Monitoring",
  "monitoring.lead": "How well the live model does on real drawings, and whether these have changed.",
  "monitoring.window": "Time window",
  "monitoring.window.24h": "24 hours",
  "monitoring.window.7d": "7 days",
  "monitoring.window.30d": "30 days",
  "monitoring.window.all": "All time",

  "monitoring.accuracy": "Accuracy",
  "monitoring.measured": "Measured accuracy",
  "monitoring.measuredValue": "{share} ({low} to {high}, 95 % interval) on {n} labelled predictions",
  "monitoring.noLabels": "Unknown: no prediction has a label",
  "monitoring.fewLabels": "Too few labels: {n}. The accuracy is somewhere between {low} and {high}.",
  "monitoring.expected": "Expected accuracy",
  "monitoring.expectedValue": "{share}, the mean confidence of {n} predictions",
  "monitoring.expectedOfLabelled": "Expected of the labelled ones",
  "monitoring.accuracyNote":
    "Measured accuracy counts predictions that a person labelled, at the time of the label and for the model that predicted. People who correct mistakes more often than they accept make it too low. Expected accuracy needs no labels, but holds only if confidence matches accuracy on these drawings: a gap between the two says that it does not.",
  "monitoring.byClass": "Measured accuracy by class",
  "monitoring.byVersion": "Measured accuracy by model",
  "monitoring.byWriter": "Measured accuracy by writer",
  "monitoring.noWriter": "No name",
  "monitoring.leftOut": "{title}: {n} with fewer than {min} labels not shown",
  "monitoring.intervalAlt": "{title}, {n} lines, each with its 95 % interval",
  "monitoring.share": "Share",
  "monitoring.interval": "95 % interval",
  "monitoring.labels": "Labels",
  "monitoring.version": "Model",

  "monitoring.overTime": "Over time",
  "monitoring.time": "From",
  "monitoring.predictions": "Predictions",
  "monitoring.predictionsOverTime": "Predictions",
  "monitoring.overTimeAlt": "{n} predictions over {points} hours or days",
  "monitoring.qualityOverTime": "Measured and expected accuracy",
  "monitoring.qualityAlt": "Measured and expected accuracy at {points} times",
  "monitoring.noPredictions": "No predictions in this window",

  "monitoring.drift": "Drift",
  "monitoring.noModel": "There is no model yet.",
  "monitoring.noCheck": "Not enough predictions yet to compare: the first check needs {min}.",
  "monitoring.noDrift":
    "No drift at the last check ({time}, {n} predictions): no measure was over its thresholds twice in a row.",
  "monitoring.drifted":
    "The drawings have drifted from what the live model was trained on: {measures}, since {time}.",
  "monitoring.nextCheck":
    "{n} of {min} predictions for the next check, which is at least {time} after the previous one.",
  "monitoring.noReference":
    "The reference of model {version} is not made yet, or there are too few drawings for one.",
  "monitoring.referenceTraining":
    "Reference of model {version}: its predictions for the newest {drawings} training drawings at the time.",
  "monitoring.referenceBuiltIn":
    "Reference of model {version}: its predictions for {builtIn} images like its training data (MNIST test images and synthetic digits, half each), none of which it was trained on.",
  "monitoring.referenceBoth":
    "Reference of model {version}: its predictions for the {drawings} drawings that it was trained on, filled up with {builtIn} MNIST test images and synthetic digits.",
  "monitoring.checkCaption":
    "Last check: {n} predictions, {from} to {to}. Limits of the stability index (PSI) and the Jensen-Shannon divergence (JS): {psi} and {js}",
  "monitoring.measureName": "Measure",
  "monitoring.psi": "PSI",
  "monitoring.js": "JS, bits",
  "monitoring.breach": "Result",
  "monitoring.isBreach": "Over both limits",
  "monitoring.isNoBreach": "Within limits",

  "monitoring.distributions": "Predictions",
  "monitoring.undecided": "Undecided",
  "monitoring.disagreement": "Challenger disagrees",
  "monitoring.noChallenger": "No challenger in this window",
  "monitoring.shareOf": "{share} ({low} to {high}) of {n}",
  "monitoring.fewPredictions":
    "Too few predictions to show how they are distributed: {n}, at least {min} are needed.",
  "monitoring.reference": "Reference",
  "monitoring.referenceOf": "Reference of model {version}",
  "monitoring.range": "Range",
  "monitoring.histogramAlt": "{name}: shares of {n} predictions by range",
  "monitoring.measure.classes": "Predicted class",
  "monitoring.measure.confidence": "Confidence",
  "monitoring.measure.entropy": "Entropy (bits)",
  "monitoring.measure.ink": "Amount of ink",
  "monitoring.measure.strokeWidth": "Stroke width (pixels of 28)",
  "monitoring.measure.aspect": "Aspect (width to height)",
  "monitoring.measure.slant": "Slant (degrees to the right)",
  "monitoring.measure.outlierScore": "Outlier score",
  "monitoring.measure.latency": "Prediction time (ms)",
} as const;
