/** Opens the page for somebody who has double-clicked. Where there is no screen or no opener, nothing happens. */
export function openInBrowser(url: string): void {
  const command = openerOf(url);
  if (command === null) return;
  try {
    Bun.spawn(command, { stdio: ["ignore", "ignore", "ignore"] }).unref();
  } catch {
    // The address is printed as well.
  }
}

function openerOf(url: string): string[] | null {
  if (process.platform === "darwin") return ["open", url];
  if (process.platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler", url];
  const hasScreen = process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined;
  return hasScreen ? ["xdg-open", url] : null;
}
