import { rasterise } from "../../src/digits/rasterise.ts";
import { fill } from "../i18n/fill.ts";
import { percentText } from "../i18n/percent.ts";
import { AnswerView, outlierText } from "./draw/answer-view.ts";
import { type Answer, predict } from "./draw/api.ts";
import { ExplainPanel } from "./draw/explain-panel.ts";
import { Finder } from "./draw/finder.ts";
import { Ink } from "./draw/ink.ts";
import { actionOf, hasFinder, type KeyAction, keyName } from "./draw/keys.ts";
import { Labelling } from "./draw/labelling.ts";
import { MessageLine } from "./draw/message-line.ts";
import { PadView } from "./draw/pad-view.ts";
import { connectPen } from "./draw/pointer.ts";
import { readTexts } from "./draw/texts.ts";
import { thin } from "./draw/thin.ts";
import { connectWriter } from "./draw/writer.ts";

/** Brings the Draw page to life. */
function start(root: HTMLElement): void {
  const texts = readTexts(root);
  const language = document.documentElement.lang;
  const classes = JSON.parse(root.dataset.classes ?? "[]") as string[];
  const digitsOnly = classes.every((name) => /^[0-9]$/.test(name));
  const none = root.querySelector<HTMLElement>('[data-do="none"]')!;
  const pad = root.querySelector<HTMLElement>(".pad")!;
  const canvas = pad.querySelector("canvas")!;
  const help = document.querySelector<HTMLDialogElement>("#help")!;
  const explainPanel = new ExplainPanel(document.querySelector<HTMLDialogElement>("#explain")!);
  const ink = new Ink();
  const padView = new PadView(canvas);
  const answerView = new AnswerView(root.querySelector<HTMLElement>(".answer")!, texts, language, digitsOnly);
  const message = new MessageLine(root, () => void labelling.takeBack());
  const writer = connectWriter(root.querySelector<HTMLInputElement>("#writer")!);
  const labelling = new Labelling(message, texts, (strokes) => {
    if (!ink.isEmpty) return;
    ink.restore(strokes);
    inkChanged();
    ask();
  });

  const finder = hasFinder(classes)
    ? new Finder(
        root,
        classes,
        (name) => label(name),
        () => message.say(texts["client.notFound"]),
      )
    : null;

  /** The answer for the ink as it is now: null while there is none, or when it could not be had. */
  let asked: Promise<Answer | null> | null = null;
  let answer: Answer | null = null;
  let abort = new AbortController();
  let frame = 0;

  function paint(): void {
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      padView.draw(ink.strokes);
    });
  }

  /** What was asked about the ink before is void now. */
  function forgetAnswer(): void {
    abort.abort();
    abort = new AbortController();
    asked = null;
    setAnswer(null);
  }

  function inkChanged(): void {
    forgetAnswer();
    pad.dataset.ink = String(!ink.isEmpty);
    paint();
  }

  function setAnswer(next: Answer | null): void {
    answer = next;
    for (const button of root.querySelectorAll<HTMLElement>("[data-label]")) {
      button.dataset.answer = String(next?.is_outlier === false && button.dataset.label === next.label);
    }
    none.dataset.answer = String(next?.is_outlier === true);
  }

  function ask(): void {
    const drawing = thin(ink.drawing());
    if (drawing === null) {
      answerView.show("failed");
      message.say(texts["client.tooLong"]);
      return;
    }
    if (!hasModel()) {
      answerView.show("empty");
      answerView.drawSeen(rasterise(drawing));
      return;
    }
    answerView.show("asking");
    answerView.drawSeen(rasterise(drawing));
    const { signal } = abort;
    asked = predict(drawing, signal).then((result) => {
      if (signal.aborted) return null;
      if (result.kind === "failed") {
        answerView.show("failed");
        const { reason } = result;
        const text =
          reason === null ? texts["client.offline"] : fill(texts["client.predictFailed"], { reason });
        message.say(text);
        return null;
      }
      setAnswer(result.answer);
      answerView.answer(result.answer);
      message.announce(announcement(result.answer));
      return result.answer;
    });
  }

  /** The learning strip, which is live, says when there is none yet. */
  function hasModel(): boolean {
    return root.querySelector('#learning [data-model="none"]') === null;
  }

  function announcement({ label, confidence, model, is_outlier }: Answer): string {
    if (is_outlier) return outlierText(texts, digitsOnly);
    const percent = percentText(confidence, language);
    return fill(texts["client.answer"], { label, percent, version: model.version });
  }

  function clear(): void {
    ink.clear();
    inkChanged();
    answerView.show("empty");
  }

  /** @param digit null for a drawing of none of the classes. */
  function label(digit: string | null): void {
    const drawing = ink.isEmpty ? null : thin(ink.drawing());
    if (drawing === null) {
      message.say(ink.isEmpty ? texts["client.drawFirst"] : texts["client.tooLong"]);
      return;
    }
    labelling.store(drawing, digit, answer?.id ?? null, writer());
    clear();
  }

  async function accept(): Promise<void> {
    if (ink.isEmpty) {
      message.say(texts["client.drawFirst"]);
      return;
    }
    const waitedFor = asked;
    const given = answer ?? (await waitedFor);
    // While waiting, the ink may have become another.
    if (waitedFor !== asked) return;
    if (given === null) message.say(texts[hasModel() ? "client.noAnswer" : "client.noModel"]);
    else if (given.is_outlier) message.say(fill(texts["client.notAccepted"], { key: keyName("x", classes) }));
    else label(given.label);
  }

  function undo(): void {
    if (!ink.undo()) {
      labelling.undoLast();
      return;
    }
    inkChanged();
    if (ink.isEmpty) answerView.show("empty");
    else ask();
  }

  async function explain(): Promise<void> {
    const drawing = ink.isEmpty ? null : thin(ink.drawing());
    if (drawing === null) {
      message.say(ink.isEmpty ? texts["client.drawFirst"] : texts["client.tooLong"]);
      return;
    }
    const reason = await explainPanel.show(drawing);
    if (reason === null) return;
    message.say(fill(texts["client.predictFailed"], { reason: reason || texts["client.unreachable"] }));
  }

  function act(action: KeyAction): void {
    if (action.kind !== "undo") labelling.forgetOffer();
    if (action.kind === "label") label(action.label);
    else if (action.kind === "none") label(null);
    else if (action.kind === "accept") void accept();
    else if (action.kind === "undo") undo();
    else if (action.kind === "clear") clear();
    else if (action.kind === "find") finder?.open(action.text);
    else if (action.kind === "explain") void explain();
    else help.showModal();
  }

  connectPen(canvas, ink, {
    down() {
      labelling.forgetOffer();
      forgetAnswer();
      // The old answer stays, dimmed, so that nothing flickers between two strokes of one digit.
      if (!ink.isEmpty) answerView.show("asking");
    },
    drawn() {
      if (pad.dataset.ink !== "true") pad.dataset.ink = "true";
      paint();
    },
    lifted() {
      inkChanged();
      ask();
    },
  });

  document.addEventListener("keydown", (event) => {
    if (event.repeat || help.open || explainPanel.isOpen || document.querySelector(":popover-open") !== null)
      return;
    const action = actionOf({ ...pick(event), focus: focusKind() }, classes);
    if (action === null) return;
    event.preventDefault();
    act(action);
  });
  root.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-do]") : null;
    if (button === null) return;
    const kind = button.dataset.do as KeyAction["kind"];
    if (kind === "label") act({ kind, label: button.dataset.label ?? "" });
    else if (kind !== "find") act({ kind });
  });

  const repaint = () => {
    padView.draw(ink.strokes);
    answerView.repaint();
  };
  new ResizeObserver(() => {
    if (padView.fit()) padView.draw(ink.strokes);
  }).observe(canvas);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  padView.fit();
  root.dataset.ready = "true";
}

function pick({ key, code, ctrlKey, metaKey, altKey }: KeyboardEvent) {
  return { key, code, ctrlKey, metaKey, altKey };
}

function focusKind(): string {
  return document.activeElement?.tagName.toLowerCase() ?? "";
}

const root = document.querySelector<HTMLElement>("[data-page='draw']");
if (root !== null) start(root);
