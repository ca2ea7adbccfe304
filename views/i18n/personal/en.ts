/** The texts of personal memory in English. */
export const personalEn = {
  "draw.whoDraws": "Who is drawing",
  "draw.someoneElse": "Someone else draws now",
  "draw.useMine": "Use my drawings",
  "draw.mineHint":
    "Your labels count for you from the next drawing on. Without a name, they do until someone else draws or {minutes} minutes have passed.",
  "draw.yours": "yours",

  "client.yoursTitle": "Drawings that you have labelled support this answer",
  "client.answerYours": "{label}, {percent} confidence, model {version} with your drawings",
  "client.answeredByYours": "Model {version} with your drawings",
  "client.changedFrom": "Model {version} alone: {label}",
  "client.remembered": "Your drawings in memory: {n}",
  "client.notRemembered": "None of your drawings in memory yet",
  "client.memoryOff": "Your drawings are not used",
  "client.newSitting": "Earlier drawings no longer count here. The next one starts a new sitting.",

  "explain.yours": "Your drawings that support {label}",
  "explain.yoursNote":
    "Each of them adds to the score of {label}: the more alike it is to this drawing, the more.",
  "explain.yoursChanged": "With your drawings the answer is {label}; the model alone predicts {from}.",
  "explain.yoursSame": "Your drawings agree with the model.",
  "explain.yoursElsewhere":
    "The drawings that support {label} were stored in another sitting, so they are not shown here.",
  "explain.yourDrawing": "Your drawing of {label}",
  "explain.modelAlone": "What the model alone sees",

  "sample.shown": "Shown, with the writer’s own drawings",

  "monitoring.withMemory": "With the writers’ own drawings",
  "monitoring.withMemoryValue":
    "{share} of {n} labelled drawings for which memory had a part in the answer; the model alone {alone} of the same",
};
