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
  "runs.noFields": "This pipeline reads no parameters.",
  "runs.showFields": "Show its parameters",
} as const;
