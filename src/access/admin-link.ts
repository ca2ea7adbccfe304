import { LINK_HOURS } from "./people.ts";

/**
 * Says what to do with a link that makes an admin. It is printed for whoever has the machine, and never logged.
 * @param url of the server, as it is reached from its machine.
 */
export function adminLinkWords(url: string, secret: string): string {
  return `Open this link once, within ${LINK_HOURS} hours, to become its admin: ${url}/welcome/${secret}`;
}
