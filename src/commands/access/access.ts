import { type Command, InvalidArgumentError } from "commander";
import { adminLinkWords } from "../../access/admin-link.ts";
import type { Application } from "../application.ts";
import { jsonOption, projectOptions, withProject } from "../options.ts";
import type { Terminal } from "../terminal.ts";
import { accountsText, auditText } from "./access-text.ts";

/** Records that are printed by default, and at most. */
const RECORDS = 50;
const MOST_RECORDS = 100_000;

/** Adds `tegaki access`. */
export function addAccessCommands(program: Command, app: Application, terminal: Terminal): void {
  const access = program.command("access").description("who may use the server, and what they did");
  const lines = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join("");

  withProject(access.command("reset"))
    .description("make a link by which someone becomes an admin, for instance when the password is lost")
    .addOption(jsonOption())
    .action(async (options) => {
      const { secret, url } = await app.access.reset(projectOptions(options));
      if (options.json) return terminal.out(`${JSON.stringify({ path: `/welcome/${secret}`, url })}\n`);
      terminal.out(
        url === null
          ? `Start the server with tegaki serve. ${adminLinkWords("http://127.0.0.1:8000", secret)}\n`
          : `${adminLinkWords(url, secret)}\n`,
      );
    });

  withProject(access.command("list"))
    .description("the accounts, with role and last log-in")
    .addOption(jsonOption())
    .action(async (options) => {
      const accounts = await app.access.list(projectOptions(options));
      terminal.out(options.json ? `${JSON.stringify(accounts)}\n` : accountsText(accounts));
    });

  withProject(access.command("audit"))
    .description("who did what, newest first")
    .option("--limit <n>", "number of records", limit, RECORDS)
    .addOption(jsonOption())
    .action(async (options) => {
      const records = await app.access.audit({ ...projectOptions(options), limit: options.limit });
      terminal.out(options.json ? lines(records) : auditText(records));
    });
}

function limit(value: string): number {
  const n = Number(value);
  if (/^\d+$/.test(value) && n >= 1 && n <= MOST_RECORDS) return n;
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${MOST_RECORDS}.`);
}
