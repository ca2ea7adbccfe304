/** The texts of the Learning page in English; `ja.ts` beside this has the same keys. */
export const learningEn = {
  "log.curvePart": "Part {part} of {parts} is measured",
  "failure.noBaseForCurve":
    "There is no base model for the classes of this project, so there is nothing to compare with labels",
  "failure.fewForCurve":
    "There are {n} labelled drawings to train on (held-out drawings do not count): too few for a curve. Draw and label more first",

  "learning.link": "What labels bring",
  "learning.title": "What labels bring",
  "learning.lead":
    "How much better models have become with your labels, what more of them would bring, and who needs them.",
  "learning.mistakes": "Misclassified",
  "learning.interval": "95 % interval",
  "learning.pointTitle": "{labels} labels: {share} (95 % interval: {range})",
  "learning.range": "{low} to {high}",
  "learning.of": "{wrong} of {n}",

  "learning.next": "The next {n} labels",
  "learning.gain":
    "The next {labels} labels would bring about {gain} fewer mistakes: from {before} to {after} of drawings misclassified (95 % interval of the gain: {low} to {high}).",
  "learning.gainHow":
    "By the curve below, a power law fitted to the measured points; {trained} of the {labels} would be trained on, the others held out. It has been fitted up to {most} labels; training uses {now} now. It says nothing about drawings of another kind.",
  "learning.none": "The gain of the next {n} labels is not known. {reason}",
  "learning.none.not_measured": "The learning curve has not been measured yet.",
  "learning.none.few_sizes":
    "Only {sizes} numbers of labels could be measured, and a fit needs {needed}: label more drawings, then measure again.",
  "learning.none.few_mistakes":
    "The base model misclassifies {mistakes} of the measured drawings; below {needed}, a curve is mostly chance.",
  "learning.none.no_gain":
    "No gain is shown so far: {before} of drawings are misclassified without labels and {after} with {most}, and the 95 % interval of the difference ({low} to {high}) has 0 in it.",
  "learning.none.flat":
    "The labels so far have brought a gain, but from {from} to {most} labels none is shown: the 95 % interval of the difference ({low} to {high}) has 0 in it, so the curve may have become flat.",
  "learning.none.uncertain":
    "The labels so far have brought a gain, but the curve is too uncertain to tell the next one from none (95 % interval: {low} to {high}).",
  "learning.none.too_far":
    "The curve was measured with up to {most} labels, and training uses {now} now: that is too far to continue it. Measure again.",
  "learning.curve": "Misclassified drawings by labels trained on",
  "learning.curveAlt":
    "{points} measured points from 0 to {most} labels: from {first} to {last} misclassified",
  "learning.measured": "Measured",
  "learning.fitted": "Fitted power law",
  "learning.labels": "Labels",
  "learning.curve.held_out":
    "Measured {time} on {n} held-out drawings: every point is of the same ones, of writers that no model has trained on. The mean of {folds} training runs, each on other labels in another order. {trained} fine-tuned models, {seconds} of training. Intervals: bootstrap over {groups} writers and sessions.",
  "learning.curve.writer":
    "Measured {time} on {n} drawings, {heldOut} of them held out, by cross-validation in {folds} folds by writer, because the held-out drawings alone are too few: every point is of the same drawings, and no model has trained on the writer it is evaluated on. Drawings whose label is in review are missing, and these are often the difficult ones, so the gain is probably larger. {trained} fine-tuned models, {seconds} of training. Intervals: bootstrap over {groups} writers and sessions.",
  "learning.curve.drawing":
    "Measured {time} on {n} drawings, {heldOut} of them held out, by cross-validation in {folds} folds of single drawings, because there are fewer than {folds} writers or sessions: the curve is of the same writers, not of others. Drawings whose label is in review are missing, and these are often the difficult ones, so the gain is probably larger. {trained} fine-tuned models, {seconds} of training. Intervals: bootstrap over drawings.",
  "learning.noCurve": "Not measured yet",
  "learning.measure": "Measure the learning curve",
  "learning.measureAgain": "Measure again",
  "learning.measureNote":
    "Starts a run of pipeline curve, which fine-tunes 12 to 24 models on parts of the labels and keeps none of them: about six to nine times the training of one tuning run. Training on new labels waits until it has ended.",

  "learning.heldOut": "On held-out drawings",
  "learning.heldOutNone":
    "No run has been evaluated on held-out drawings yet. About a fifth of the writers or sessions is held out, as labels come in.",
  "learning.heldOutNewest":
    "Model {version}, on {n} held-out drawings: {candidate} misclassified, {other} by {against} on the same drawings ({fixed} fixed, {broken} broken, p = {p}). {verdict}",
  "learning.against.base": "the base model",
  "learning.against.champion": "the champion at the time",
  "learning.fewer": "Labels have brought fewer mistakes.",
  "learning.more": "It makes more mistakes.",
  "learning.same": "A difference is not shown.",
  "learning.heldOutChart": "Misclassified held-out drawings by labels given",
  "learning.heldOutAlt": "{n} runs: the new model and the base model on the drawings held out at the time",
  "learning.candidate": "New model",
  "learning.base": "Base model",
  "learning.champion": "Champion at the time",
  "learning.run": "Model",
  "learning.given": "Labels given",
  "learning.n": "Held-out drawings",
  "learning.change": "Change, 95 % interval",
  "learning.heldOutNote":
    "One point per run. The held-out drawings become more over time, so the points are not joined: only marks beside each other are of the same drawings. Intervals of shares: Wilson, which counts drawings as independent; of changes: bootstrap over writers.",

  "learning.needs": "Who needs labels",
  "learning.needsOf":
    "Mistakes of model {version} on drawings that it has not trained on: those held out when it was made (by class only), and labelled predictions since {since}.",
  "learning.needsAll":
    "Mistakes of model {version} on drawings that it has not trained on: those held out when it was made (by class only), and all labelled predictions.",
  "learning.needsNone": "There is no model yet.",
  "learning.needsNote":
    "The order is by mistakes beyond those that the share of all others would give. “Shown” means more mistakes than on the others by Fisher's exact test, adjusted for the number of rows (Holm), p < 0.05; the order of all other rows may be chance. People choose what they label: if they correct mistakes but do not accept correct predictions, all shares are too high. Labels of held-out writers are not trained on: they evaluate models, and fill the personal memory.",
  "learning.byClass": "By class",
  "learning.byWriter": "By writer",
  "learning.class": "Class",
  "learning.writer": "Writer",
  "learning.inTraining": "Labels in training",
  "learning.excess": "Beyond the others",
  "learning.isMore": "More than the others",
  "learning.isShown": "Shown (p = {p})",
  "learning.isNotShown": "Not shown",
  "learning.classesShown":
    "Label more of {names}: more of these drawings are misclassified than of the others.",
  "learning.classesNotShown": "No class is shown to be misclassified more than the others.",
  "learning.writersShown":
    "More drawings of {names} are misclassified than of the others: label these first.",
  "learning.writersNotShown": "No writer is shown to be misclassified more than the others.",
  "learning.fewDrawings": "There are too few drawings for a row.",
  "learning.leftOut": "{n} with fewer than 5 drawings are not shown.",
  "learning.moreRows": "{n} more",
  "learning.unnamed": "{n} drawings have no writer; they count among the others.",

  "learning.person": "One person",
  "learning.personLead": "Mistakes per 20 labelled drawings, each predicted before its label was given.",
  "learning.choose": "Show",
  "learning.noPerson": "There is no labelled drawing of “{writer}”. Check the spelling of the name.",
  "learning.noPredictions":
    "“{writer}” has {total} labelled drawings, and no group of 20 with predictions among the newest.",
  "learning.personAll":
    "“{writer}”, the newest {n} predictions: {model} misclassified by the model alone, {shown} with personal memory ({fixed} fixed, {broken} broken, p = {p}). {verdict}",
  "learning.personAlone":
    "“{writer}”, the newest {n} predictions: {model} misclassified. Personal memory has not changed a prediction.",
  "learning.memoryHelps": "Memory has brought fewer mistakes.",
  "learning.memoryHurts": "Memory has brought more mistakes.",
  "learning.personChart": "Misclassified per 20 drawings",
  "learning.personAlt": "{n} groups of 20 drawings: from {first} to {last} misclassified as shown",
  "learning.modelAlone": "Model alone",
  "learning.withMemory": "With memory",
  "learning.drawings": "Drawings",
  "learning.from": "From",
  "learning.fewForPoint": "No group has {min} predictions yet",
  "learning.personNote":
    "Models change over time, too: fewer mistakes are not the effect of memory alone. Marks beside each other are of the same drawings; no line joins them, because the next ones are of others. With 20 drawings an interval is about 30 points wide.",
} as const;
