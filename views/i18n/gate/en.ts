/** The gate's sentences and verdicts, and the comparisons behind them, in English. */
export const gateEn = {
  "gate.points": "{n} points",
  "gate.threshold":
    "The candidate classifies {candidate} of {n} MNIST test images correctly; at least {asked} is required",
  "gate.fewReference":
    "{n} MNIST test images and pinned drawings are too few: {needed} are required. Raise gate.pinned_digits",
  "gate.notInferior":
    "On {n} MNIST test images and pinned drawings, the candidate fixes {fixed} and breaks {broken}: with 95 % confidence its accuracy changes by at least {change}; at worst {limit} is allowed",
  "gate.notForgotten":
    "Against the base model, on the same {n} images, the candidate fixes {fixed} and breaks {broken}: at least {change} with 95 % confidence; at worst {limit} is allowed",
  "gate.floorChampion":
    'Worst change in recall: class "{label}" ({n} images), from {champion} of the champion to {candidate} ({change}); a drop of at most {allowed} is allowed',
  "gate.floorBase":
    'Worst change in recall: class "{label}" ({n} images), from {champion} of the base model to {candidate} ({change}); a drop of at most {allowed} is allowed',
  "gate.noDrawings": "No drawings are held out: they say nothing for or against the candidate",
  "gate.gain":
    "On {n} held-out drawings, the champion scores {champion} and the candidate {candidate}: {fixed} fixed, {broken} broken, p = {p}; a gain of at least {allowed} is required",
  "gate.gainPinned":
    "On {n} pinned drawings, the champion scores {champion} and the candidate {candidate}: {fixed} fixed, {broken} broken, p = {p}; a gain of at least {allowed} is required",
  "gate.gainFew": "{n} drawings are held out; from {needed} on, a gain of at least {allowed} is required",
  "gate.drawings":
    "On {n} held-out drawings, the champion scores {champion} and the candidate {candidate}: {fixed} fixed, {broken} broken, p = {p}; the candidate must not be worse with p < 0.05",
  "gate.drawingsPinned":
    "On {n} pinned drawings, the champion scores {champion} and the candidate {candidate}: {fixed} fixed, {broken} broken, p = {p}; the candidate must not be worse with p < 0.05",
  "gate.drawingsFew":
    "On {n} held-out drawings, the champion scores {champion} and the candidate {candidate}: {fixed} fixed, {broken} broken, p = {p}; too few to show with p < 0.05 that the candidate is worse: {needed} are required",
  "gate.drawingsFewPinned":
    "On {n} pinned drawings, the champion scores {champion} and the candidate {candidate}: {fixed} fixed, {broken} broken, p = {p}; too few to show with p < 0.05 that the candidate is worse: {needed} are required",
  "gate.enough":
    "{n} drawings are held out; {needed} are required for a decision, because MNIST has no images of these classes",
  "gate.fewOfClass": "No class has {needed} held-out drawings yet, so none is evaluated alone",
  "gate.classDrawings":
    'Worst change in recall: class "{label}", {change} on {n} held-out drawings, p = {p}; a drop of more than {allowed} with p < 0.05 is not allowed',
  "gate.noOldClass": "No drawings of the old classes are held out",
  "gate.oldClasses":
    "On {n} drawings of the {classes} classes that the champion knows, the champion scores {champion} and the candidate {candidate} ({change}); a drop of at most {allowed} is allowed",
  "gate.calibration": "Confidence differs from accuracy by {gap} on average; at most {allowed} is allowed",
  "gate.cost": "An image takes {ms} ms (at most {mostMs}), and the weights have {mb} MB (at most {mostMb})",
  "gate.batch": "Of {n} new labels, {suspects} are in review and were not trained on",
  "gate.batchNone": "No new labels were screened",
  "gate.heldCell":
    'Of {row} new drawings that the model reads as "{predicted}", {n} are labelled "{label}" ({share}; {shareLimit} is the limit). The batch is in review',
  "gate.heldCellHoldout":
    'Of {row} new held-out drawings that the model reads as "{predicted}", {n} are labelled "{label}" ({share}; {shareLimit} is the limit). The batch is in review',
  "gate.heldShare":
    "{n} of {row} new labels contradict the model ({share}; {shareLimit} is the limit). The batch is in review",
  "gate.heldShareHoldout":
    "{n} of {row} new held-out labels contradict the model ({share}; {shareLimit} is the limit). The batch is in review",
  "gate.missing": "A metric is missing, and a check without its metric fails",
  "gate.noHoldout":
    "No drawings are held out for evaluation. Label more drawings, or set holdout_fraction above 0",
  "gate.chance":
    "The model classifies {candidate} of {n} held-out drawings correctly; at least {asked} is required, where chance is {chance}",
  "gate.luck":
    "On {n} drawings, its accuracy is above {low} with 97.5 % confidence; this must exceed chance, {chance}",
  "gate.evidenceNoHoldout":
    "promotion: evidence asks for a gain that the drawings show (p < 0.025); no drawings are held out yet",
  "gate.evidenceNone":
    "promotion: evidence asks for a gain that the drawings show (p < 0.025); of {n} held-out drawings, the candidate fixes {fixed} and breaks {broken}",
  "gate.evidenceMore":
    "promotion: evidence asks for a gain that the drawings show (p < 0.025); of {n} held-out drawings, the candidate fixes {fixed} and breaks {broken}; about {needed} like these would show it",
  "gate.verdict.first": "There is no champion to compare it with",
  "gate.verdict.better": "Of {n} held-out drawings, {fixed} fixed and {broken} broken, p = {p}; {lost}",
  "gate.verdict.betterReference":
    "Of {n} MNIST test images and pinned drawings, {fixed} fixed and {broken} broken, p = {p}; {lost}",
  "gate.verdict.notShownWorse":
    "Not shown to be worse: of {n} held-out drawings, {fixed} fixed and {broken} broken, p = {p}; {lost}",
  "gate.verdict.notWorse":
    "Not worse by more than {margin} on {n} MNIST test images and pinned drawings, with 95 % confidence: {fixed} fixed and {broken} broken; {heldOut}; {lost}",
  "gate.verdict.noHoldout": "no drawings are held out",
  "gate.verdict.holdout": "of {n} held-out drawings, {fixed} fixed and {broken} broken",
  "gate.verdict.lostNothing": "no class lost anything",
  "gate.verdict.lostAtMost": "no class lost more than {drop}",

  "evidence.heldOut":
    "On {n} held-out drawings: candidate {candidate}, champion {champion} ({fixed} fixed, {broken} broken)",
  "evidence.unjudged": "Not judged: {reason}",

  "verdict.better": "Better",
  "verdict.not_worse": "Not worse",
  "verdict.held": "Held",
  "verdict.rejected": "Rejected",
  "verdict.better.text": "It is more accurate than the champion, with statistical confidence.",
  "verdict.not_worse.text": "It is not less accurate than the champion by more than the margin.",
  "verdict.held.text": "Evidence is missing, or labels wait for a person: it does not go live automatically.",
  "verdict.rejected.text": "The live model stays.",

  "evidence.title": "Evidence",
  "evidence.caption": "Both models on the same images, by exact McNemar test",
  "evidence.set": "Images",
  "evidence.against": "Against",
  "evidence.against.champion": "Champion",
  "evidence.against.base": "Base model",
  "evidence.n": "n",
  "evidence.candidate": "Candidate",
  "evidence.other": "Other",
  "evidence.fixed": "Fixed",
  "evidence.broken": "Broken",
  "evidence.p": "p",
  "evidence.bound": "At least",
  "evidence.interval": "95 % interval",
  "evidence.from": "{low} to {high}",
  "evidence.note":
    "“At least” is the one-sided 95 % lower bound of the change in accuracy; the interval is a bootstrap over drawings, or over writers where they are known.",
  "evidence.classes": "Recall by class",
  "evidence.classesOf": "{set}, compared with: {other}",
  "evidence.recallCaption": "Recall of each class; changes are in points",
  "evidence.change": "Change",
  "model.set.reference": "MNIST test and pinned drawings",
  "model.set.pinned": "Pinned set (synthetic digits and pinned drawings)",

  "changed.title": "Fixed and broken drawings",
  "changed.fixed": "Fixed: only the candidate is correct",
  "changed.broken": "Broken: only the champion was correct",
  "changed.none": "None.",
  "changed.alt":
    "{label}: the champion predicts {before} ({beforePercent}), the candidate {after} ({afterPercent})",
  "changed.legend":
    "Label, then the champion’s prediction → the candidate’s prediction, each with its confidence.",
  "changed.capped":
    "Each run saves up to 60 of each kind: held-out drawings first, then pinned ones, then MNIST’s.",
  "changed.all": "View all {n}",
} as const satisfies Record<string, string>;
