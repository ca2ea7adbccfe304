/** The texts of the strip on every page in English. */
export const stripEn = {
  "strip.label": "State of the project",
  "strip.labels": "New labels",
  "strip.first": "Labels for a first model",
  "strip.of": "{n} / {of}",
  "strip.paused": "(paused)",
  "strip.idle": "No run",
  "strip.running": "Run of {pipeline}",
  "strip.started": "started",
  "strip.noModel": "No model",
  "strip.live": "Model {version}",
  "strip.correct": "correct of {n} labelled",
  "strip.failed": "Failed run",
  "strip.requests": "{n} to approve",
  "strip.reviews": "{n} to review",
  "strip.unlabelled": "{n} without a label",
} as const;
