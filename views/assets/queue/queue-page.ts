import { browserStorage } from "../draw/browser-storage.ts";
import { Finder } from "../draw/finder.ts";
import { hasFinder } from "../draw/keys/keys.ts";
import { TypedKeys } from "../draw/keys/typed-keys.ts";
import { MessageLine } from "../draw/message-line.ts";
import { connectWriter } from "../draw/person/writer.ts";
import { pressOnUp } from "../draw/press.ts";
import { randomId } from "../draw/random-id.ts";
import { othersWait } from "../others-wait.ts";
import { focusNoPressed } from "../press-focus.ts";
import { isHere, readerOf } from "../reader.ts";
import { NOT_HERE, troubleKey } from "../request.ts";
import { type QueueApi, serverQueue } from "./api.ts";
import { type QueueAction, queueActionOf, queueKeyName } from "./keys.ts";
import { Labeller } from "./labeller.ts";
import { chosenOrder } from "./order-field.ts";
import { type Answer, type Check, keyOf } from "./question.ts";
import { QueueSession } from "./queue-session.ts";
import { type QueueTexts, QueueWords } from "./queue-texts.ts";
import { QueueView } from "./queue-view.ts";

/** How often the leases are renewed while the page is visible, in ms: well within a lease of two minutes. */
const RENEW_MS = 30_000;

/** The actions that have buttons. */
type ButtonKind = Exclude<QueueAction["kind"], "find" | "type" | "mistyped" | "label">;

/** The queue of unlabelled drawings at work: one drawing at a time, one key each. */
export class QueuePage {
  readonly #classes: string[];
  readonly #words: QueueWords;
  readonly #message: MessageLine;
  readonly #view: QueueView;
  readonly #session: QueueSession;
  readonly #labeller: Labeller;
  /** The labeller whose questions the page has. */
  #who: string;
  readonly #order: () => string;
  readonly #finder: Finder | null;
  readonly #typed: TypedKeys;
  readonly #help: HTMLDialogElement;
  /** The drawing under which a pointer went down on a button; undefined when none is down. */
  #pressed: string | null | undefined;

  constructor(root: HTMLElement) {
    this.#classes = JSON.parse(root.dataset.classes ?? "[]") as string[];
    const texts = JSON.parse(root.dataset.texts ?? "{}") as QueueTexts;
    this.#words = new QueueWords(texts, document.documentElement.lang);
    this.#message = new MessageLine(root);
    this.#help = document.querySelector<HTMLDialogElement>("#help")!;
    this.#view = new QueueView(root, this.#words, (text) => this.#message.announce(text));
    const name = root.querySelector<HTMLInputElement>("#writer")!;
    this.#labeller = new Labeller({
      storage: browserStorage("localStorage"),
      name: connectWriter(name, browserStorage("localStorage")),
    });
    this.#who = this.#labeller.current;
    this.#order = chosenOrder(root.querySelector<HTMLSelectElement>("#queue-order")!, () =>
      this.#session.reorder(),
    );
    this.#finder = this.#createFinder(root);
    this.#typed = new TypedKeys(root, this.#classes, this.#message, texts);
    this.#session = this.#createSession(Number(root.dataset.leaseMs));
    this.#listen(root);
    this.#session.start();
    this.#show();
    this.#tellOfOthers();
  }

  #createSession(leaseMs: number): QueueSession {
    const reader = readerOf(document.body);
    const here = () => isHere(reader, browserStorage("localStorage"));
    const api: QueueApi = {
      ...serverQueue,
      answer: async (...now) => (here() ? serverQueue.answer(...now) : NOT_HERE),
      skip: async (...now) => (here() ? serverQueue.skip(...now) : NOT_HERE),
      undo: async (...now) => (here() ? serverQueue.undo(...now) : NOT_HERE),
    };
    return new QueueSession({
      ...{ api, reader, leaseMs, newId: randomId, random: Math.random },
      local: browserStorage("localStorage"),
      session: browserStorage("sessionStorage"),
      labeller: () => this.#who,
      order: () => this.#order(),
      nowMs: () => Date.now(),
      later(action, delayMs) {
        const timer = setTimeout(action, delayMs);
        return () => clearTimeout(timer);
      },
      events: {
        // The first changes are reported while the session is created.
        changed: () => this.#session !== undefined && this.#show(),
        checked: (answer, check) => this.#checked(answer, check),
        refused: (answer, refusal) => this.#message.failure(this.#words.notStored(answer, refusal)),
        notUndone: (refusal) => this.#message.failure(this.#words.notUndone(refusal)),
      },
    });
  }

  #createFinder(root: HTMLElement): Finder | null {
    if (!hasFinder(this.#classes)) return null;
    return new Finder(
      root,
      this.#classes,
      (label) => this.#act({ kind: "label", label }),
      () => this.#message.hint(this.#words.t("client.notFound")),
    );
  }

  #listen(root: HTMLElement): void {
    this.#listenToPresses(root);
    pressOnUp(root);
    focusNoPressed(root, "button", () => this.#view.drawing);
    document.addEventListener("keydown", (event) => this.#key(event));
    root.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-do]") : null;
      const pressed = this.#pressed;
      this.#pressed = undefined;
      if (button === null) return;
      const kind = button.dataset.do as ButtonKind | "label";
      const isSame = kind === "undo" || kind === "help";
      // The drawing is another since the pointer went down, for instance because the name has changed.
      if (!isSame && pressed !== undefined && pressed !== this.#shownKey()) return;
      if (kind === "label") this.#act({ kind, label: button.dataset.label ?? "" });
      else this.#act({ kind });
      // A button that decides has decided: Enter and Space are about a drawing that its reader has not seen yet.
      if (!isSame && button === document.activeElement) this.#view.drawing.focus({ preventScroll: true });
    });
    root.querySelector("#writer")!.addEventListener("change", () => this.#changeWho());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
      this.#view.repaint(this.#session),
    );
    // The strip has counted again.
    document.addEventListener("htmx:after:swap", () => {
      const { unlabelled } = document.querySelector<HTMLElement>(".strip-list")?.dataset ?? {};
      if (unlabelled !== undefined) this.#session.counted(Number(unlabelled));
    });
    this.#keepLeases();
    window.addEventListener("online", () => this.#session.flush());
    // Another tab has stored, sent or added something.
    window.addEventListener("storage", () => this.#tellOfOthers());
    window.addEventListener("beforeunload", (event) => {
      if (this.#session.waiting.unsaved > 0) event.preventDefault();
    });
  }

  #listenToPresses(root: HTMLElement): void {
    root.addEventListener("pointerdown", ({ target }) => {
      this.#pressed = undefined;
      if (!(target instanceof Element) || target.closest("button") === null) return;
      this.#pressed = this.#shownKey();
      // A name that was being typed is that of this answer.
      const { activeElement } = document;
      if (activeElement instanceof HTMLInputElement) activeElement.blur();
    });
  }

  #shownKey(): string | null {
    const { current } = this.#session;
    return current === null ? null : keyOf(current);
  }

  /** The questions belong to this page while someone sees it, and return to the pool when it closes. */
  #keepLeases(): void {
    setInterval(() => {
      if (document.visibilityState === "visible") this.#session.renew();
    }, RENEW_MS);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#session.flush();
    });
    window.addEventListener("pagehide", () => this.#session.release());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.#session.wake();
    });
  }

  /** Questions that the former labeller has are returned, and the new one gets others. */
  #changeWho(): void {
    if (this.#labeller.current === this.#who) return;
    this.#session.release();
    this.#who = this.#labeller.current;
    this.#session.wake();
    this.#show();
    // What was pressed meanwhile is about a drawing that is with nobody now.
    this.#message.note(this.#words.t("queue.client.otherName"));
  }

  #key(event: KeyboardEvent): void {
    const { key, code, ctrlKey, metaKey, altKey, repeat } = event;
    const focus = this.#help.open ? "dialog" : (document.activeElement?.tagName.toLowerCase() ?? "");
    const press = { key, code, ctrlKey, metaKey, altKey, focus, typed: this.#typed.typed };
    if (repeat || document.querySelector(":popover-open") !== null) return;
    const action = queueActionOf(press, this.#classes);
    if (action === null) return;
    if (this.#help.open) {
      if (action.kind !== "help") return;
      event.preventDefault();
      this.#help.close();
      return;
    }
    event.preventDefault();
    this.#act(action);
  }

  #act(action: QueueAction): void {
    if (action.kind === "mistyped") this.#typed.refuse(action.typed);
    else this.#typed.set(action.kind === "type" ? action.typed : "");
    if (action.kind === "label") this.#answer({ label: action.label });
    else if (action.kind === "none") this.#answer({ none: true });
    else if (action.kind === "discard") this.#answer({ discard: true });
    else if (action.kind === "accept") this.#accept();
    else if (action.kind === "skip") this.#skip();
    else if (action.kind === "undo") this.#undo();
    else if (action.kind === "find") this.#finder?.open(action.text);
    else if (action.kind === "help") this.#help.showModal();
  }

  #answer(answer: Answer): void {
    if (!this.#isSeen()) return;
    this.#session.answer(answer);
    const undo = { text: this.#words.t("queue.client.undo"), press: () => this.#undo() };
    // The next drawing is announced.
    this.#message.note(this.#words.given(answer), [undo], "plain", true);
  }

  /** Accepts the prediction that is on the screen; nothing else. */
  #accept(): void {
    if (!this.#isSeen()) return;
    const prediction = this.#session.current?.prediction ?? null;
    const key = queueKeyName("x", this.#classes);
    if (prediction === null) this.#message.hint(this.#words.t("client.noAnswer"));
    else if (prediction.is_none) this.#message.hint(this.#words.t("client.notAccepted", { key }));
    else this.#answer({ label: prediction.label });
  }

  #skip(): void {
    if (!this.#isSeen()) return;
    this.#session.skip();
    this.#message.note(this.#words.t("queue.client.skipped"), [], "plain", true);
  }

  #undo(): void {
    const undone = this.#session.undo();
    if (undone === null) {
      this.#message.hint(this.#words.t("client.nothingToUndo"));
      return;
    }
    const label = this.#words.nameOf(undone.answer);
    const key = undone.isBack ? "queue.client.undone" : "queue.client.undoing";
    this.#message.note(this.#words.t(key, { label }));
  }

  /** Whether the drawing is on the screen: a key before that cannot be about it. */
  #isSeen(): boolean {
    const { current } = this.#session;
    if (current !== null) return this.#view.isSeen(current);
    this.#message.hint(this.#words.t("queue.client.notYet"));
    return false;
  }

  #checked(answer: Answer, { right, expected }: Check): void {
    const values = { label: this.#words.nameOf(answer), expected: this.#words.nameOf(expected) };
    const key = right ? "queue.client.checkRight" : "queue.client.checkWrong";
    this.#message.note(this.#words.t(key, values), [], right ? "done" : "plain");
  }

  #tellOfOthers(): void {
    this.#message.aside(othersWait(this.#session.ofOthers, this.#words.texts));
  }

  #show(): void {
    if (this.#view.show(this.#session)) this.#message.forgetHint();
    const { n, isTroubled, why, unsaved } = this.#session.waiting;
    const lost = unsaved > 0 ? this.#words.t("client.memoryOnly", { n: unsaved }) : null;
    this.#message.trouble(
      lost ?? (isTroubled ? this.#words.t(troubleKey(why), { n, reason: why?.reason ?? "" }) : null),
    );
  }
}
