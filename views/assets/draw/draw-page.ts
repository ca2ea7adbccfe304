import { fill } from "../../i18n/fill.ts";
import { readerOf } from "../reader.ts";
import { AnswerView } from "./answer-view.ts";
import { browserStorage } from "./browser-storage.ts";
import { ExplainPanel } from "./explain-panel.ts";
import { Finder } from "./finder.ts";
import { KeptInk } from "./kept-ink.ts";
import { actionOf, hasFinder, type KeyAction, keyName } from "./keys/keys.ts";
import { TypedKeys } from "./keys/typed-keys.ts";
import { Labelling } from "./labelling.ts";
import { followLiveModel } from "./live-model.ts";
import { MessageLine } from "./message-line.ts";
import { Pad } from "./pad.ts";
import { PadAnswer } from "./pad-answer.ts";
import { WhoDraws } from "./person/who-draws.ts";
import type { AnyInk } from "./picture/any-ink.ts";
import { Picture } from "./picture/picture.ts";
import { pressOnUp } from "./press.ts";
import { Correcting } from "./recent/correcting.ts";
import { RecentDrawings } from "./recent/recent-drawings.ts";
import { type ClientTexts, readTexts } from "./texts.ts";
import { TouchLine } from "./touch-line.ts";

/** The actions that have buttons. */
type ButtonKind = Exclude<KeyAction["kind"], "find" | "type" | "mistyped">;

/** The Draw page at work: ink leads to an answer, and keys and buttons to labels. */
export class DrawPage {
  readonly #classes: string[];
  readonly #texts: ClientTexts;
  readonly #pad: Pad;
  readonly #answerView: AnswerView;
  readonly #answer: PadAnswer;
  readonly #message: MessageLine;
  readonly #labelling: Labelling;
  readonly #correcting: Correcting;
  /** In place of a drawing on the pad. */
  readonly #picture: Picture;
  readonly #kept = new KeptInk(browserStorage("sessionStorage"));
  /** The drawing that was cleared last, until the next one begins. */
  #cleared: AnyInk | null = null;
  readonly #finder: Finder | null;
  readonly #typed: TypedKeys;
  readonly #explainPanel: ExplainPanel;
  readonly #help: HTMLDialogElement;
  readonly #who: WhoDraws;

  constructor(root: HTMLElement) {
    this.#texts = readTexts(root);
    this.#classes = JSON.parse(root.dataset.classes ?? "[]") as string[];
    const areDigits = this.#classes.every((name) => /^[0-9]$/.test(name));
    const { lang } = document.documentElement;
    this.#help = document.querySelector<HTMLDialogElement>("#help")!;
    this.#explainPanel = new ExplainPanel(document.querySelector<HTMLDialogElement>("#explain")!);
    this.#message = new MessageLine(root);
    const panel = root.querySelector<HTMLElement>(".answer")!;
    this.#answerView = new AnswerView(panel, this.#texts, lang, areDigits);
    followLiveModel(root, (version) => this.#answerView.live(version));
    this.#who = new WhoDraws(
      root,
      this.#texts,
      () => this.#inkChanged(),
      () => this.#someoneElse(),
    );
    this.#answer = new PadAnswer(
      ...([root, this.#answerView, this.#message, this.#texts, areDigits, this.#who] as const),
    );
    const touchLine = new TouchLine(root, this.#message, this.#texts, () => this.#pad.allowTouch());
    this.#pad = new Pad(root.querySelector<HTMLElement>(".pad")!, {
      began: () => this.#strokeBegan(),
      changed: () => this.#inkChanged(),
      penOnly: () => touchLine.show(),
    });
    const parts = {
      storage: browserStorage("sessionStorage"),
      changed: () => this.#correcting?.listChanged(),
    };
    const recent = new RecentDrawings(parts, this.#who.fields().sitting);
    this.#labelling = new Labelling(this.#message, this.#texts, recent, readerOf(document.body), {
      restore: (ink) => this.#restore(ink),
      changed: () => {
        if (!this.#isEmpty) this.#inkChanged();
      },
      troubled: (isTroubled) => this.#correcting?.troubled(isTroubled),
    });
    this.#correcting = new Correcting(root, {
      recent,
      message: this.#message,
      texts: this.#texts,
      classes: this.#classes,
      correct: (id, meaning) => this.#labelling.correct(id, meaning),
      refresh: (id) => void this.#labelling.refresh(id),
    });
    this.#picture = new Picture(root, this.#message, this.#texts, () => {
      this.#correcting.leave();
      this.#inkChanged();
    });
    this.#finder = this.#createFinder(root);
    this.#typed = new TypedKeys(root, this.#classes, this.#message, this.#texts);
    this.#listen(root);
    const { strokes, picture } = this.#kept.read();
    // The picture first: it is what is answered, also while there is a drawing under it.
    this.#picture.put(picture);
    if (strokes.length > 0) this.#pad.restore(strokes);
  }

  #createFinder(root: HTMLElement): Finder | null {
    if (!hasFinder(this.#classes)) return null;
    return new Finder(
      root,
      this.#classes,
      (label) => this.#act({ kind: "label", label }),
      () => this.#message.hint(this.#texts["client.notFound"]),
    );
  }

  #listen(root: HTMLElement): void {
    pressOnUp(root);
    document.addEventListener("keydown", (event) => this.#key(event));
    root.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-do]") : null;
      if (button === null) return;
      const kind = button.dataset.do as ButtonKind;
      if (kind === "label") this.#act({ kind, label: button.dataset.label ?? "" });
      else this.#act({ kind });
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.#pad.repaint();
      this.#answerView.repaint();
      this.#correcting.repaint();
      this.#picture.repaint();
    });
  }

  /** @returns false when there is other ink on the pad, which stays. */
  #restore(ink: AnyInk): boolean {
    if (!this.#isEmpty) return false;
    if ("pixels" in ink) this.#picture.put({ pixels: ink.pixels });
    else this.#pad.restore(ink.strokes);
    return true;
  }

  /** Whether there is neither a drawing nor a picture. */
  get #isEmpty(): boolean {
    return this.#picture.ink === null && this.#pad.isEmpty;
  }

  /** Removes what is on the pad: a picture, or else the drawing. A drawing under a picture stays. */
  #empty(): void {
    this.#cleared = null;
    if (this.#picture.ink === null) this.#pad.clear();
    else this.#picture.put(null);
  }

  #strokeBegan(): void {
    this.#correcting.leave();
    this.#typed.set("");
    this.#labelling.forgetOffer();
    this.#answer.forget();
    this.#cleared = null;
    this.#picture.put(null);
    if (this.#pad.isEmpty) this.#message.newDrawing();
    // The old answer stays, dimmed, so that nothing flickers between two strokes of one digit.
    if (!this.#pad.isEmpty) this.#answerView.show("asking");
  }

  #inkChanged(): void {
    this.#answer.forget();
    this.#message.forgetHint();
    this.#kept.keep({ strokes: this.#pad.strokes, picture: this.#picture.ink });
    if (this.#isEmpty) {
      this.#answerView.show("empty");
      return;
    }
    const drawing = this.#picture.ink ?? this.#pad.drawing();
    if (drawing !== null) {
      this.#answer.ask(drawing);
      return;
    }
    this.#answerView.show("failed");
    this.#message.hint(this.#texts["client.tooLong"]);
  }

  #key(event: KeyboardEvent): void {
    if (this.#help.open && this.#closesHelp(event)) return;
    const isElsewhere =
      this.#help.open || this.#explainPanel.isOpen || document.querySelector(":popover-open") !== null;
    if (event.repeat || isElsewhere) return;
    const { key, code, ctrlKey, metaKey, altKey } = event;
    const isPlain = !ctrlKey && !metaKey && !altKey;
    const focus = document.activeElement?.tagName.toLowerCase() ?? "";
    if (isPlain && !isTyping(focus) && this.#typed.typed === "" && this.#correcting.key(key)) {
      event.preventDefault();
      return;
    }
    const action = actionOf(
      { key, code, ctrlKey, metaKey, altKey, focus, typed: this.#typed.typed },
      this.#classes,
    );
    if (action === null) return;
    event.preventDefault();
    this.#act(action);
  }

  /** The key that opens the help closes it, too. @returns whether it was that key. */
  #closesHelp(event: KeyboardEvent): boolean {
    const { key, code, ctrlKey, metaKey, altKey } = event;
    const press = { key, code, ctrlKey, metaKey, altKey, focus: "dialog" };
    if (event.repeat || actionOf(press, this.#classes)?.kind !== "help") return false;
    event.preventDefault();
    this.#help.close();
    return true;
  }

  #act(action: KeyAction): void {
    if (action.kind !== "undo") this.#labelling.forgetOffer();
    if (action.kind === "mistyped") this.#typed.refuse(action.typed);
    else this.#typed.set(action.kind === "type" ? action.typed : "");
    if (this.#correcting.isOn && this.#correct(action)) return;
    if (action.kind === "label") this.#label(action.label);
    else if (action.kind === "none") this.#label(null);
    else if (action.kind === "accept") this.#accept();
    else if (action.kind === "undo") this.#undo();
    else if (action.kind === "clear") this.#clear();
    else if (action.kind === "find") this.#finder?.open(action.text);
    else if (action.kind === "explain") void this.#explain();
    else if (action.kind === "recent") this.#correcting.pick();
    else if (action.kind === "help") this.#help.showModal();
  }

  /** Applies an action to the drawing that is being corrected. @returns false when it is not about drawings. */
  #correct({ kind, ...action }: KeyAction): boolean {
    if (kind === "label" && "label" in action) this.#correcting.label(action.label);
    else if (kind === "none") this.#correcting.label(null);
    else if (kind === "undo") this.#correcting.withdraw();
    else if (kind === "accept" || kind === "clear") this.#correcting.leave();
    else return kind === "explain";
    return true;
  }

  /** @param label null for a drawing of none of the classes. */
  #label(label: string | null): void {
    const drawing = this.#drawn();
    if (drawing === null) return;
    this.#labelling.store(drawing, label, this.#answer.current?.id ?? null, this.#who.fields());
    this.#who.remember(null);
    this.#empty();
  }

  /** Accepts the answer that is on the screen; nothing else. */
  #accept(): void {
    if (this.#drawn() === null) return;
    const { current, isSeen, isPending, isAnswering } = this.#answer;
    const key = keyName("x", this.#classes);
    if (isPending || (current !== null && !isSeen)) this.#message.hint(this.#texts["client.notYet"]);
    else if (current === null)
      this.#message.hint(this.#texts[isAnswering ? "client.noAnswer" : "client.noModel"]);
    else if (current.is_outlier) this.#message.hint(fill(this.#texts["client.notAccepted"], { key }));
    else this.#label(current.label);
  }

  #someoneElse(): void {
    this.#labelling.startSession();
    this.#message.hint(this.#texts["client.newSitting"]);
  }

  #undo(): void {
    if (this.#picture.ink !== null) this.#picture.put(null);
    else if (this.#pad.undo()) return;
    else if (this.#cleared !== null) this.#uncover();
    else this.#labelling.undoLast();
  }

  #clear(): void {
    if (this.#isEmpty) return;
    const cleared = this.#picture.ink ?? this.#pad.drawn();
    this.#empty();
    this.#cleared = cleared;
    const undo = { text: this.#texts["client.uncover"], press: () => this.#uncover() };
    this.#message.note(this.#texts["client.cleared"], [undo]);
  }

  /** Puts the cleared drawing back. */
  #uncover(): void {
    if (this.#cleared === null || !this.#restore(this.#cleared)) return;
    this.#cleared = null;
    this.#message.note(this.#texts["client.uncovered"]);
  }

  async #explain(): Promise<void> {
    const drawing = this.#drawn();
    if (drawing === null) return;
    const reason = await this.#explainPanel.show(drawing, this.#who.fields());
    if (reason === null) return;
    const said = reason || this.#texts["client.unreachable"];
    this.#message.hint(fill(this.#texts["client.predictFailed"], { reason: said }));
  }

  /** The drawing on the pad; null, with a message, when there is none or it is too long. */
  #drawn(): AnyInk | null {
    const drawing = this.#picture.ink ?? (this.#pad.isEmpty ? null : this.#pad.drawing());
    if (drawing === null) {
      this.#message.hint(this.#texts[this.#isEmpty ? "client.drawFirst" : "client.tooLong"]);
    }
    return drawing;
  }
}

/** Whether keys are text for the focused element. */
function isTyping(focus: string): boolean {
  return focus === "input" || focus === "select" || focus === "textarea";
}
