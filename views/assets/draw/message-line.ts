/** The look of a message: its sign and colour. */
export type Tone = "plain" | "done" | "trouble" | "failure";

/** A button of a message. */
export interface MessageAction {
  text: string;
  press(): void;
}

/** A message that is or was on the line. */
export interface Message {
  text: string;
  tone: Tone;
  actions: readonly MessageAction[];
}

/**
 * The kinds of messages, the most important first. `prompt`: a mode of the page asks for something. `hint`: why nothing
 * happened; it goes when the ink changes. `trouble`: something that is wrong until it is over. `offline`: the ink has no
 * answer, because the server is away; trouble says so, too, and more. `note`: the result of
 * the last action. `aside`: something that holds for long and asks for nothing.
 */
const LEVELS = ["prompt", "hint", "trouble", "offline", "note", "aside"] as const;
type Level = (typeof LEVELS)[number];

const EMPTY: Message = { text: "", tone: "plain", actions: [] };

/** The line under the pad. Only the most important message is on it; what is no longer so does not stay. */
export class MessageLine {
  readonly #line: HTMLElement;
  readonly #announcer: HTMLElement;
  readonly #messages: Partial<Record<Level, Message>> = {};
  #isHintSticky = false;

  constructor(root: HTMLElement) {
    this.#line = root.querySelector<HTMLElement>("#message")!;
    this.#announcer = root.querySelector<HTMLElement>("#announce")!;
  }

  /** A mode of the page asks for something; null when it has ended. */
  prompt(text: string | null, actions: readonly MessageAction[] = []): void {
    this.#set("prompt", text === null ? null : { text, tone: "plain", actions });
  }

  /** Why nothing happened, or what would happen next. */
  hint(text: string, tone: Tone = "plain", actions: readonly MessageAction[] = []): void {
    this.#isHintSticky = false;
    this.#set("hint", { text, tone, actions });
  }

  /** Something failed for good: shown until the result of another action is. */
  failure(text: string): void {
    this.#isHintSticky = true;
    this.#set("hint", { text, tone: "failure", actions: [] });
  }

  /** The server is away, so the ink has no answer: until the ink changes. */
  offline(text: string): void {
    if (!this.#isHintSticky) delete this.#messages.hint;
    this.#set("offline", { text, tone: "trouble", actions: [] });
  }

  /** Something is wrong until it is over: null then. */
  trouble(text: string | null, actions: readonly MessageAction[] = []): void {
    this.#set("trouble", text === null ? null : { text, tone: "trouble", actions });
  }

  /** Something that holds for long and asks for nothing, so that everything else is shown before it; null when it ends. */
  aside(text: string | null): void {
    this.#set("aside", text === null ? null : { text, tone: "plain", actions: [] });
  }

  /**
   * The result of an action.
   * @param isQuiet when it is not to be announced, because the next message follows at once.
   * @returns the message, for `hasNote`.
   */
  note(text: string, actions: readonly MessageAction[] = [], tone: Tone = "plain", isQuiet = false): Message {
    delete this.#messages.hint;
    delete this.#messages.offline;
    const message = { text, tone, actions };
    this.#set("note", message, isQuiet);
    return message;
  }

  /** Whether a note is still the last one, so that what has become of its action may replace it. */
  hasNote(message: Message): boolean {
    return this.#messages.note === message;
  }

  /** The ink or its answer is another: a hint about what was there is no longer so. */
  forgetHint(): void {
    if (this.#messages.offline !== undefined) this.#set("offline", null);
    if (this.#messages.hint !== undefined && !this.#isHintSticky) this.#set("hint", null);
  }

  /** Another drawing begins: a result that offers nothing to do about it is history. */
  newDrawing(): void {
    if (this.#messages.note?.actions.length === 0) this.#set("note", null);
  }

  /** Announces to screen readers only. */
  announce(text: string): void {
    this.#announcer.textContent = text;
  }

  #set(level: Level, message: Message | null, isQuiet = false): void {
    if (message === null) delete this.#messages[level];
    else this.#messages[level] = message;
    this.#show();
    if (message !== null && !isQuiet && this.#shown() === message) this.announce(message.text);
  }

  #shown(): Message | undefined {
    const level = LEVELS.find((one) => this.#messages[one] !== undefined);
    return level === undefined ? undefined : this.#messages[level];
  }

  /** Fills the line with new elements, so that none moves from its place. */
  #show(): void {
    const { text, tone, actions } = this.#shown() ?? EMPTY;
    const shown = JSON.stringify([tone, text, actions.map((action) => action.text)]);
    // What is the same stays, with the focus that a button may have.
    if (this.#line.dataset.shown === shown) return;
    this.#line.dataset.shown = shown;
    this.#line.dataset.tone = tone;
    const span = document.createElement("span");
    span.textContent = text;
    const buttons = actions.map((action, i) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = action.text;
      button.addEventListener("click", () => this.#shown()?.actions[i]?.press());
      return button;
    });
    this.#line.replaceChildren(span, ...buttons);
  }
}
