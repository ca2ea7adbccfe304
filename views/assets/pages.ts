import { browserStorage } from "./draw/browser-storage.ts";
import { holdFocus } from "./hold-focus.ts";
import { shareStreams } from "./page-streams.ts";
import { noteReader, readerOf } from "./reader.ts";
import { showSecrets } from "./show-secrets.ts";

/**
 * On every page: sends the reader's time zone to the server, shows the current page in a navigation that scrolls, keeps
 * the focus in open dialogs, shares streams with other tabs, shows passwords to those who want to see them, notes who reads
 * in this browser, and reports failed htmx requests.
 */
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const YEAR_S = 31_536_000;
// biome-ignore lint/suspicious/noDocumentCookie: the cookie store API exists only on HTTPS
document.cookie = `tz=${encodeURIComponent(zone)}; path=/; max-age=${YEAR_S}; samesite=lax`;

document
  .querySelector<HTMLElement>(".nav [aria-current]")
  ?.scrollIntoView({ inline: "center", block: "nearest" });

// A page of which the server did not know the reader does not say one.
if (document.body.dataset.readerKind !== undefined) {
  noteReader(readerOf(document.body), browserStorage("localStorage"));
}
holdFocus();
showSecrets();
shareStreams();

const toast = document.querySelector<HTMLElement>("#toast");

function tellOfFailure(event: Event): void {
  if (toast === null) return;
  const status = statusOf(event);
  // Other statuses below 500 have their own message in the fragment.
  if (status === 401) {
    tellOfLogOut(toast);
    return;
  }
  if (status !== undefined && status < 500 && status !== 403) return;
  toast.textContent = (status === 403 ? toast.dataset.notAllowed : toast.dataset.text) ?? "";
  toast.hidden = false;
}

/** The status of the response that an event of htmx is about; undefined without one. */
function statusOf(event: Event): number | undefined {
  return (event as CustomEvent<{ ctx?: { response?: { status?: number } } }>).detail.ctx?.response?.status;
}

/** The page stays: what is typed or drawn on it is not lost. */
function tellOfLogOut(toast: HTMLElement): void {
  if (toast.querySelector("a") === null) {
    const link = document.createElement("a");
    link.href = `/log-in?${new URLSearchParams({ next: location.pathname + location.search })}`;
    link.textContent = toast.dataset.logIn ?? "";
    toast.replaceChildren(toast.dataset.loggedOut ?? "", " ", link);
  }
  toast.hidden = false;
}

document.addEventListener("htmx:response:error", tellOfFailure);
document.addEventListener("htmx:error", tellOfFailure);
document.addEventListener("htmx:before:request", () => {
  // Who is logged out stays so, until a request is answered again.
  if (toast !== null && toast.querySelector("a") === null) toast.hidden = true;
});
document.addEventListener("htmx:after:swap", (event) => {
  if (toast?.querySelector("a") == null || (statusOf(event) ?? 400) >= 400) return;
  toast.replaceChildren();
  toast.hidden = true;
});
