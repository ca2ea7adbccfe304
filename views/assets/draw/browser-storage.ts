/** A storage of the browser; null where it is forbidden, as in some private windows. */
export function browserStorage(name: "localStorage" | "sessionStorage"): Storage | null {
  try {
    return window[name];
  } catch {
    return null;
  }
}
