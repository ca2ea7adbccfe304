/** The actions of this page: its key undoes these alone, because the list of actions has those of everybody. */
export class OwnActions {
  readonly #ids: number[] = [];

  /** Takes note of a result. @returns whether an action is undone. */
  heard(said: Element): boolean {
    const did = said.getAttribute("data-did");
    if (did !== null) this.#ids.push(Number(did));
    const undone = said.getAttribute("data-undone");
    if (undone === null) return false;
    const at = this.#ids.indexOf(Number(undone));
    if (at >= 0) this.#ids.splice(at, 1);
    // What is undone cannot be undone again: an import has a button of its own.
    for (const form of document.querySelectorAll(`form[action="${pathOf(Number(undone))}"]`)) form.remove();
    return true;
  }

  /** The address that undoes the newest of them, an import included; null when there is none. */
  undoPath(): string | null {
    const imported = document.querySelector("#import-done form")?.getAttribute("action") ?? "";
    const [, id] = /\/actions\/(\d+)\/undo$/.exec(imported) ?? [];
    const newest = Math.max(0, ...this.#ids, Number(id ?? 0));
    return newest === 0 ? null : pathOf(newest);
  }
}

function pathOf(id: number): string {
  return `/samples/actions/${id}/undo`;
}
