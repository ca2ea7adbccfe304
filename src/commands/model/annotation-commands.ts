import { type Command, InvalidArgumentError } from "commander";
import { parseTag } from "../../domain/model-tags.ts";
import { InputError, UsageError } from "../../lib/errors.ts";
import type { Application } from "../application.ts";
import { collect, jsonOption, projectOptions, withProject } from "../options.ts";
import type { Terminal } from "../terminal.ts";

/** Adds `tegaki model alias|tag|note`. */
export function addAnnotationCommands(model: Command, app: Application, terminal: Terminal): void {
  withProject(model.command("alias"))
    .description(
      "list the aliases, or point one of your own to a version; champion, challenger and base are not yours",
    )
    .argument("[alias]", "a lower-case letter, then lower-case letters, digits, _, . or -")
    .argument("[model]", "a version, or another alias")
    .option("--remove", "remove the alias", false)
    .addOption(jsonOption())
    .action(async (alias: string | undefined, target: string | undefined, options) => {
      const project = projectOptions(options);
      if (alias !== undefined && (target === undefined) !== options.remove) {
        throw new UsageError("Give the alias a version, or --remove it: tegaki model alias stable 7");
      }
      const aliases =
        alias === undefined
          ? await app.models.aliases(project)
          : await app.models.setAlias({ ...project, alias, model: target ?? null });
      if (options.json) return terminal.out(`${JSON.stringify(aliases)}\n`);
      for (const [name, version] of Object.entries(aliases)) terminal.out(`${name}  ${version}\n`);
    });

  withProject(model.command("tag"))
    .description("show, set and remove the tags of a version")
    .argument("<model>", "a version or an alias")
    .argument("[tags...]", "key=value", tagOf)
    .option("--remove <keys>", "keys of tags to remove, separated by commas", collect)
    .addOption(jsonOption())
    .action(async (name: string, tags: Record<string, string> | undefined, options) => {
      const removed = ((options.remove ?? []) as string[]).map((key) => [key, null] as const);
      const changed = await app.models.annotate({
        ...projectOptions(options),
        model: name,
        tags: { ...tags, ...Object.fromEntries(removed) },
      });
      if (options.json) return terminal.out(`${JSON.stringify(changed)}\n`);
      for (const [key, value] of Object.entries(changed.tags)) terminal.out(`${key}=${value}\n`);
    });

  withProject(model.command("note"))
    .description("show or replace the note of a version")
    .argument("<model>", "a version or an alias")
    .argument("[text]", "the note")
    .option("--clear", "remove the note", false)
    .addOption(jsonOption())
    .action(async (name: string, text: string | undefined, options) => {
      if (text !== undefined && options.clear) throw new UsageError("Give a note or --clear, not both");
      const note = options.clear ? null : text;
      const changed = await app.models.annotate({
        ...projectOptions(options),
        model: name,
        ...(note === undefined ? {} : { note }),
      });
      if (options.json) return terminal.out(`${JSON.stringify(changed)}\n`);
      if (changed.note !== null) terminal.out(`${changed.note}\n`);
    });
}

/** Collects "key=value" arguments. */
function tagOf(text: string, previous: Record<string, string> | undefined): Record<string, string> {
  try {
    const [key, value] = parseTag(text);
    return { ...previous, [key]: value };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InvalidArgumentError(error.message);
  }
}
