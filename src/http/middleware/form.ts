import type { Context } from "hono";
import { InputError, messageOf } from "../../lib/errors.ts";
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
    throw new InputError(`The form cannot be read: ${messageOf(error)}`, { cause: error });
  });
  const fields: Partial<Record<string, string>> = Object.create(null);
  for (const [name, value] of Object.entries(body)) {
    if (typeof value !== "string")
      throw new InputError(`${shortened(name, MAX_NAME)}: expected one text field`);
    fields[name] = value;
  }
  return fields;
}
