import { paramsEn } from "./params-en.ts";

/** Texts of runs: starting, finding, annotating and comparing them. */
export const runsEn = {
  ...paramsEn,

  "failure.param.unreadNear":
    'expected a parameter that pipeline {pipeline} reads, found {found}. Did you mean "{near}"?',
  "failure.param.unread":
    "expected a parameter that pipeline {pipeline} reads, found {found}. It reads {near}",
  "failure.param.unreadPartNear":
    'expected a parameter that this part of pipeline {pipeline} reads, found {found}. Did you mean "{near}"?',
  "failure.param.unreadPart":
    "expected a parameter that this part of pipeline {pipeline} reads, found {found}. It reads {near}",
  "failure.lackingInstead":
    "Cannot start pipeline {pipeline} alone: it reads {names}, which none of its nodes makes and the catalog does not store. Run {instead} instead",
  "failure.lacking":
    "Cannot start pipeline {pipeline}: it reads {names}, which none of its nodes makes and the catalog does not store. Add them to catalog.yml, so that they are stored",
  "failure.lackingPart":
    "Cannot start this part of pipeline {pipeline}: it reads {names}, which none of its nodes makes and the catalog does not store. Run the whole pipeline, or more of it",

  "runs.parameters": "Parameters",
  "runs.fieldsHint": "Leave a field empty to use the configured value.",
  "runs.evidence": "Evidence for the gate",
  "runs.changed": "Drawings whose answer changed",
  "runs.logOrder": "Newest first, as it arrives.",
  "runs.data": "Drawings that it used",
  "runs.noFields": "This pipeline reads no parameters.",
  "runs.showFields": "Show its parameters",

  "failure.runTag": "Expected a tag of 1 to {max} characters without commas, found {found}",
  "failure.runTags": "A run has at most {max} tags, and would have {found}. Remove some first",
  "failure.runNote": "Expected a note of at most {max} characters, found {found}",
  "failure.compareCount": "run: expected 2 to {max} different runs, found {found}",
  "failure.cannotRetry":
    "Run {runId} cannot be retried: only failed and cancelled runs of an existing pipeline can, and it is {status}",
  "failure.cannotResume":
    "Run {runId} cannot be continued: only failed and cancelled runs that have started can, and it is {status}",

  "runs.search": "Search",
  "runs.searchHint": "ID, pipeline, tag, note, name=value",
  "runs.anyStatus": "Any",
  "runs.sort": "Order",
  "runs.sort.newest": "Newest first",
  "runs.sort.oldest": "Oldest first",
  "runs.sort.duration": "Longest first",
  "runs.sort.holdout": "Most accurate on held-out drawings first",
  "runs.sort.mnist": "Most accurate on MNIST first",
  "runs.find": "Find",
  "runs.showAll": "Show all",
  "runs.tags": "Tags",
  "runs.noneFound": "No run matches. Search for less, or show all runs.",
  "runs.firstPage": "First page",
  "runs.nextPage": "Next page",
  "runs.choose": "Compare",
  "runs.chooseRun": "Choose run {id} to compare",
  "runs.notes": "Tags and note",
  "runs.note": "Note",
  "runs.noteBy": "Last written by {who}, {at}",
  "runs.saveNote": "Save note",
  "runs.addTag": "New tag",
  "runs.add": "Add",
  "runs.removeTag": "Remove tag {tag}",
  "runs.again": "Try again",
  "runs.againHint":
    "Continue repeats only what is not finished, and what comes after a parameter that you change. Start over runs every node.",
  "runs.retryHint": "Starts a new run of the same pipeline.",
  "runs.resume": "Continue",
  "runs.retry": "Start over",

  "compare.title": "Compare runs",
  "compare.lead": "Differences are marked against the first run.",
  "compare.chosen": "Compare chosen runs (up to {max})",
  "compare.runs": "Runs",
  "compare.scores": "Scores",
  "compare.scoresCaption": "Accuracy by set, with the number of images; the best is bold",
  "compare.noScores": "None of these runs has evaluated a model.",
  "compare.set": "Set",
  "compare.n": "n = {n}",
  "compare.parameter": "Parameter",
  "compare.differing": "Parameters that differ; values other than the first run's are marked",
  "compare.partial":
    "Never started, so that only the parameters that were given are known, and compared: {names}",
  "compare.sameParameters": "All parameters are the same.",
  "compare.same": "Same in all runs: {n}",
  "compare.confusion": "Confusions that differ most",
  "compare.confusionCaption":
    "{set}: images by true class and answer, with the difference from the first run",
  "compare.cell": "True class → answer",
  "compare.readAs": "{label} → {predicted}",
  "compare.noCurves": "None of these runs has reported this.",
  "compare.chartAlt": "{what} by epoch of {n} runs, over one another; the numbers are on each run's page",
  "compare.withMarks": "{name} (marked at every epoch)",
} as const;
