const KEY = "tegaki.writer";
/** Maximum length of a name, as on the server. */
const MAX_LENGTH = 100;

/** Remembers who is writing in this browser. @returns a function that reads the name; "" for an anonymous writer. */
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

/** Stores the name; where the browser stores nothing, it lasts as long as the page. */
function write(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    return;
  }
}
