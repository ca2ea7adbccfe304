import { fill } from "../../../i18n/fill.ts";
import { readerOf } from "../../reader.ts";
import { browserStorage } from "../browser-storage.ts";
import { randomId } from "../random-id.ts";
import type { ClientTexts } from "../texts.ts";
import { SittingId } from "./sitting-id.ts";
import { connectWriter } from "./writer.ts";

/** Who draws, as requests say it. */
export interface PersonFields {
  /** Absent for somebody without a name. */
  writer?: string;
  sitting: string;
  /** Absent while their drawings are used. */
  personal?: false;
}

const KEY = "tegaki.personal";

/** The part of the page about who draws: the name, the switch for their own drawings, and the change to someone else. */
export class WhoDraws {
  readonly #root: HTMLElement;
  readonly #texts: ClientTexts;
  readonly #writer: () => string;
  readonly #input: HTMLInputElement;
  readonly #switch: HTMLInputElement;
  readonly #sitting = new SittingId({
    storage: browserStorage("sessionStorage"),
    reader: readerOf(document.body),
    newId: randomId,
    nowMs: () => Date.now(),
  });

  /**
   * @param changed is called when answers may be others from now on.
   * @param someoneElse is called when somebody else draws from now on.
   */
  constructor(root: HTMLElement, texts: ClientTexts, changed: () => void, someoneElse: () => void) {
    this.#root = root;
    this.#texts = texts;
    this.#input = root.querySelector<HTMLInputElement>("#writer")!;
    this.#switch = root.querySelector<HTMLInputElement>("#personal")!;
    const local = browserStorage("localStorage");
    this.#writer = connectWriter(this.#input, local);
    this.#switch.checked = local?.getItem(KEY) !== "off";
    this.#switch.addEventListener("change", () => {
      store(local, this.#switch.checked ? "on" : "off");
      this.remember(null);
      changed();
    });
    this.#input.addEventListener("change", () => {
      this.remember(null);
      changed();
    });
    root.querySelector("#someone-else")!.addEventListener("click", () => {
      this.#sitting.end();
      this.#input.value = "";
      this.#input.dispatchEvent(new Event("input"));
      this.remember(null);
      someoneElse();
      changed();
    });
    this.remember(null);
  }

  /** Whose the next request is. */
  fields(): PersonFields {
    const writer = this.#writer();
    return {
      ...(writer === "" ? {} : { writer }),
      sitting: this.#sitting.current(),
      ...(this.#switch.checked ? {} : { personal: false as const }),
    };
  }

  /** Shows how many drawings the server remembers, or that they are not used; null when that is not known. */
  remember(n: number | null): void {
    const line = this.#root.querySelector("#remembered")!;
    if (n === null) line.textContent = "";
    else if (!this.#switch.checked) line.textContent = this.#texts["client.memoryOff"];
    else if (n === 0) line.textContent = this.#texts["client.notRemembered"];
    else line.textContent = fill(this.#texts["client.remembered"], { n });
  }
}

/** Where the browser stores nothing, the switch lasts as long as the page. */
function store(storage: Storage | null, value: string): void {
  try {
    storage?.setItem(KEY, value);
  } catch {
    return;
  }
}
