/**
 * The texts of a page that a person sees or hears: of visible elements, and of the names of controls. Runs in the page.
 * Not among them: code, keys and data, which are the same in every language; what is marked as English (the manual),
 * or as another language's name; and what people have written.
 */
export function englishOn(): string[] {
  const SAME =
    "code, kbd, pre, samp, data, time, [lang]:not(html):not([lang='ja']), script, style, noscript, textarea";
  const texts: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    const text = node.textContent?.trim() ?? "";
    if (parent === null || text === "" || parent.closest(SAME) !== null) continue;
    if (parent.closest("[hidden], template") !== null) continue;
    texts.push(text);
  }
  for (const element of document.querySelectorAll(
    "[aria-label], [title], [placeholder], [alt], [data-label]",
  )) {
    if (element.closest(SAME) !== null) continue;
    for (const name of ["aria-label", "title", "placeholder", "alt", "data-label"]) {
      const text = element.getAttribute(name)?.trim() ?? "";
      if (text !== "") texts.push(text);
    }
  }
  return [...new Set(texts), document.title];
}

/** Names that are the same in Japanese, each with the reason. */
const ALLOWED: readonly RegExp[] = [
  /Label Studio|tegaki samples \w+|tegaki run .*/g, // a product, and commands
  /WCAG 2\.2/g, // a standard
  /"[^"]*"|「[^」]*」/g, // values that someone has given, quoted
  /\([^)]*\)|（[^）]*）/g, // the reason of a library, and remarks with values
  /(?:https?:\/\/|\/)[\w./:?=&%-]+/g, // addresses
  /--[\w-]+/g, // options of the command line
  /\b[\w-]+\.(?:yml|csv|png|zip|pkl|json|ndjson|txt|idx|npz|dump|bin)\b/g, // files
  /\b\w+(?:[._:=/]\w+)+\b/g, // keys of settings, parameters, nodes
  /は [\w-]+(?:, [\w-]+)* のいずれか/g, // the known values of a field
  /\b[0-9a-f]{6,}\b/g, // ids and hashes
  /\b(?:GET|POST|PUT|PATCH|DELETE)(?:, ?(?:HEAD|GET|POST|PUT|PATCH|DELETE|OPTIONS))*\b/g, // methods of HTTP
  /\b\d+(?:\.\d+)?\s?(?:px|kB|MB|GB|ms|s|h|min)\b/g, // units
];

/** Whether a text has two words of English in sequence, outside of what is allowed. */
export function isEnglish(text: string): boolean {
  const rest = ALLOWED.reduce((left, pattern) => left.replaceAll(pattern, " · "), text);
  return /[A-Za-z][a-z']+[,.:;]?\s+[a-z][A-Za-z']*|\b[A-Z][a-z]+\s+[A-Z][a-z]+\b/.test(rest);
}
