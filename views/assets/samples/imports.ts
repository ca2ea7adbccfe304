/** htmx, which the page loads before this script. */
interface Htmx {
  process(element: Element): void;
}

/** Sends dropped and chosen files to the server, which responds with what is in them. */
export function startImports(): void {
  const panel = document.querySelector<HTMLDetailsElement>("#sheet-import");
  const drop = document.querySelector<HTMLElement>("#import-drop");
  const input = document.querySelector<HTMLInputElement>("#import-files");
  const state = document.querySelector<HTMLElement>("#import-state");
  if (panel === null || drop === null || input === null || state === null) return;
  const view = { drop, state };
  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files") !== true) return;
    event.preventDefault();
    drop.classList.add("is-over");
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) drop.classList.remove("is-over");
  });
  document.addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    drop.classList.remove("is-over");
    panel.open = true;
    panel.scrollIntoView({ block: "nearest" });
    void sendAll(files, view);
  });
  input.addEventListener("change", () => {
    void sendAll([...(input.files ?? [])], view).finally(() => {
      // The same file can be chosen again, after it was changed.
      input.value = "";
    });
  });
}

interface View {
  drop: HTMLElement;
  state: HTMLElement;
}

/** The first file is an upload; those after it belong to it. */
async function sendAll(files: readonly File[], { drop, state }: View): Promise<void> {
  const texts = JSON.parse(drop.dataset.texts ?? "{}") as Record<string, string>;
  const limit = Number(drop.dataset.limit);
  let upload: string | null = null;
  for (const file of files) {
    const words = (key: string) => (texts[key] ?? "").replace("{name}", file.name);
    if (file.size > limit) {
      state.replaceChildren(words("tooLong"));
      return;
    }
    const bar = document.createElement("progress");
    const line = document.createElement("p");
    state.replaceChildren(line, bar);
    const response = await send(file, upload, (share) => {
      bar.value = share;
      line.textContent = words("sending").replace("{percent}", String(Math.floor(share * 100)));
    });
    if (response === null) {
      state.replaceChildren(words("failed"));
      return;
    }
    const answer = new DOMParser().parseFromString(response, "text/html");
    // A refusal before the page's own route is a page of its own.
    const problem = answer.querySelector(".error-page .soft");
    if (problem !== null) {
      state.replaceChildren(problem.textContent ?? words("failed"));
      return;
    }
    const action = answer.querySelector("#import-preview form")?.getAttribute("action") ?? "";
    upload = /\/imports\/([^/]+)$/.exec(action)?.[1] ?? null;
    state.replaceChildren(...answer.body.childNodes);
    (globalThis as unknown as { htmx?: Htmx }).htmx?.process(state);
    if (upload === null) return;
  }
}

/** Sends a file as it is on disk. @param onShare 0..1. @returns HTML, also of a refusal; null when it did not arrive. */
function send(file: File, upload: string | null, onShare: (share: number) => void): Promise<string | null> {
  const query = new URLSearchParams({ name: file.name, ...(upload === null ? {} : { to: upload }) });
  // fetch reports no progress of what it sends.
  const request = new XMLHttpRequest();
  const result = new Promise<string | null>((resolve) => {
    request.addEventListener("load", () => resolve(request.status < 500 ? request.responseText : null));
    request.addEventListener("error", () => resolve(null));
    request.addEventListener("abort", () => resolve(null));
  });
  request.upload.addEventListener("progress", ({ loaded, total }) =>
    onShare(total === 0 ? 1 : loaded / total),
  );
  request.open("POST", `/samples/imports?${query}`);
  request.setRequestHeader("content-type", "application/octet-stream");
  request.send(file);
  onShare(0);
  return result;
}
