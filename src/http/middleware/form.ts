import type { Context } from "hono";
import { InputError, messageOf } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import { shortened } from "../../lib/shortened.ts";

const MAX_NAME = 100;

/**
 * Reads the fields of a submitted form, URL-encoded or multipart; of a repeated field, the last one. A body of another
 * type has none.
 * @throws InputError when the body is not the form that its type says, or a field is a file.
 */
export async function formFields(c: Context): Promise<Partial<Record<string, string>>> {
  // First the bytes: one that is too long, or cut off, is another error.
  await c.req.arrayBuffer();
  const body = await c.req.parseBody().catch((error: unknown) => {
    throw unreadableForm(error);
  });
  const fields: Partial<Record<string, string>> = Object.create(null);
  for (const [name, value] of Object.entries(body)) {
    if (typeof value !== "string")
      throw new InputError(`${shortened(name, MAX_NAME)}: expected one text field`, {
        says: saying("request.textField", { name: shortened(name, MAX_NAME) }),
      });
    fields[name] = value;
  }
  return fields;
}

/** The error of a body that is not the form that its type says. */
export function unreadableForm(error: unknown): InputError {
  const reason = messageOf(error);
  return new InputError(`The form cannot be read: ${reason}`, {
    ...{ cause: error, says: saying("request.form", { reason }) },
  });
}
