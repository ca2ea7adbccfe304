/**
 * Opens the page for a person who started tegaki with a double-click. Without a screen or an opener nothing happens.
 *
 * @returns whether an opener was started.
 */
export function openInBrowser(url: string): boolean {
  const command = openerOf(url);
  if (command === null) return false;
  try {
    Bun.spawn(command, { stdio: ["ignore", "ignore", "ignore"] }).unref();
    return true;
  } catch {
    // Not an error: the address is printed as well.
    return false;
  }
}

function openerOf(url: string): string[] | null {
  if (process.platform === "darwin") return ["open", url];
  if (process.platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler", url];
  const hasScreen = process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined;
  return hasScreen ? ["xdg-open", url] : null;
}
