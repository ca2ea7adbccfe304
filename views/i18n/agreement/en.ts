/** How far those who label agree, in English. */
export const agreementEn = {
  "agreement.title": "Agreement",
  "agreement.lead":
    "A share of the questions in the label queue is about drawings that have a label already. The answers show how far those who label agree.",
  "agreement.seenLocal": "Only people and programs on the computer that runs the server can see this page.",
  "agreement.seenAccounts": "Everyone who can log in sees this page with the names on it.",
  "agreement.seenAnyone": "Anyone who can reach this server can see this page with the names on it.",

  "agreement.answers": "Labels and second opinions",
  "agreement.none":
    "There are no second opinions yet. Someone who labels drawings without a label is sometimes given one that another person has labelled.",
  "agreement.off": "Second opinions are off: the setting labelling.second_opinions is 0.",
  "agreement.share": "Share of the questions",
  "agreement.given": "Second opinions",
  "agreement.givenValue": "{opinions}, on {drawings} drawings",
  "agreement.equal": "Equal answers",
  "agreement.equalValue": "{equal} of {n}, {share} (95 % interval: {low} to {high})",
  "agreement.kappa": "Cohen’s kappa",
  "agreement.kappaValue": "{value} (95 % interval: {low} to {high}), from {n} drawings",
  "agreement.kappaPlain":
    "{value}, from {n} drawings. All answers agree, so there is no standard error and no interval.",
  "agreement.kappaShort": "{value} ({low} to {high})",
  "agreement.few": "Not enough yet: {n} of {least} drawings",
  "agreement.fewShort": "Not enough yet: {n} of {least}",
  "agreement.oneClass":
    "There is none: every answer was the same, so chance alone would agree on all of them.",
  "agreement.oneClassShort": "None: one answer only",
  "agreement.kappaMeans":
    "Kappa is agreement beyond chance: 1 when all answers are equal, 0 when as many are equal as by chance. Landis and Koch (1977) call 0.61 to 0.80 substantial and more than that almost perfect; these words are a convention, not a result.",
  "agreement.counted":
    "Each drawing counts once: its label with the first second opinion. “None of these” and “Not usable” are answers like any other. The queue shows the model’s prediction, so people may agree more than they would without it.",

  "agreement.confused": "Answers that people confuse",
  "agreement.confusedCaption": "Different answers to the same drawing, the most frequent first",
  "agreement.confusedNone": "All second opinions are equal to the label.",
  "agreement.confusedPair": "{a} and {b}",
  "agreement.answersPair": "Answers",
  "agreement.both": "Drawings with both",
  "agreement.either": "Drawings with at least one of them",
  "agreement.notUsable": "Not usable",

  "agreement.pairs": "By two people",
  "agreement.pairsCaption": "Those with most drawings in common first",
  "agreement.pairsNone":
    "No two people have {least} drawings in common yet. A label counts for its labeller when it was given in the label queue, or by a named writer on the Draw page.",
  "agreement.people": "People",
  "agreement.peoplePair": "{a} and {b}",
  "agreement.common": "Drawings in common",
  "agreement.interval": "95 % interval",
  "agreement.range": "{low} to {high}",
  "agreement.morePairs":
    "Pairs that are not listed, with fewer than {least} drawings in common or beyond the 20 with most: {n}.",

  "agreement.known": "Known answers",
  "agreement.knownIs":
    "A drawing has a known answer when it is pinned, when its label was confirmed in review, or when two second opinions are equal to the label. No one is given their own.",
  "agreement.knownOff": "Known answers are off: the setting labelling.known_answers is 0.",
  "agreement.knownFew":
    "None are given yet: {n} of {least} drawings have a known answer. With fewer, people would recognise them.",
  "agreement.knownPool": "Drawings with a known answer",
  "agreement.contested": "Known answers that people answer otherwise",
  "agreement.contestedText": "A known answer can be wrong, too: check these labels.",
  "agreement.drawing": "Drawing",
  "agreement.label": "Label",
  "agreement.otherwise": "Answered otherwise by",
  "agreement.ofAsked": "{n} of {asked} people",

  "agreement.labellers": "Those who label",
  "agreement.labellersCaption": "The last to answer first",
  "agreement.labellersNone": "No one has answered in the label queue yet.",
  "agreement.anonymous":
    "A name that starts with anon- is a random id of one browser. One person may have several.",
  "agreement.labeller": "Labeller",
  "agreement.count": "Answers",
  "agreement.right": "Known answers, correct",
  "agreement.others": "Equal to someone else’s",
  "agreement.ofShort": "{n} of {of}, {low}–{high}",
  "agreement.pace": "Answers per hour while active",
  "agreement.paceFew": "Not enough yet",
  "agreement.lastAt": "Last answer",
  "agreement.moreLabellers": "People whose last answer is older, not listed: {n}.",
  "agreement.labellersNote":
    "Ranges are 95 % intervals. Answers that were undone do not count; known answers and agreement go by the first answer. Pauses of more than 2 minutes are not counted as active; the pace needs {least} answers without one.",
} as const satisfies Record<string, string>;
