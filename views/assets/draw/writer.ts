const KEY = "tegaki.writer";
/** The server's limit. */
const MAX_LENGTH = 100;

/** Remembers who is writing in this browser. @returns how to read the name, "" for nobody in particular. */
export function connectWriter(input: HTMLInputElement): () => string {
  input.value = read();
  input.addEventListener("input", () => write(nameIn(input)));
  return () => nameIn(input);
}

function nameIn(input: HTMLInputElement): string {
  return input.value.trim().slice(0, MAX_LENGTH);
}

function read(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** Where the browser keeps nothing, the name lasts as long as the page. */
function write(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    return;
  }
}
