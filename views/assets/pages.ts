import { holdFocus } from "./hold-focus.ts";
import { shareStreams } from "./page-streams.ts";

/**
 * On every page: sends the reader's time zone to the server, shows the current page in a navigation that scrolls, keeps
 * the focus in open dialogs, shares streams with other tabs, and reports failed htmx requests.
 */
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const YEAR_S = 31_536_000;
// biome-ignore lint/suspicious/noDocumentCookie: the cookie store API exists only on HTTPS
document.cookie = `tz=${encodeURIComponent(zone)}; path=/; max-age=${YEAR_S}; samesite=lax`;

document
  .querySelector<HTMLElement>(".nav [aria-current]")
  ?.scrollIntoView({ inline: "center", block: "nearest" });

holdFocus();
shareStreams();

const toast = document.querySelector<HTMLElement>("#toast");

function tellOfFailure(event: Event): void {
  if (toast === null) return;
  const { ctx } = (event as CustomEvent<{ ctx?: { response?: { status?: number } } }>).detail;
  const status = ctx?.response?.status;
  // Statuses below 500 have their own message in the fragment.
  if (status !== undefined && status < 500) return;
  toast.textContent = toast.dataset.text ?? "";
  toast.hidden = false;
}

document.addEventListener("htmx:response:error", tellOfFailure);
document.addEventListener("htmx:error", tellOfFailure);
document.addEventListener("htmx:before:request", () => {
  if (toast !== null) toast.hidden = true;
});
