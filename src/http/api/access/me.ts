import { Hono } from "hono";
import * as v from "valibot";
import { ROLES } from "../../../domain/access/role.ts";
import { identityOf } from "../../access/identity.ts";
import { describe } from "../describe.ts";

const MeSchema = v.pipe(
  v.object({
    kind: v.pipe(
      v.picklist(["machine", "account", "guest", "token", "visitor"]),
      v.description(
        "`machine`: someone on the server's machine, without an account. `guest`: someone who has joined by an invitation. `visitor`: anyone, where anyone may draw and label",
      ),
    ),
    name: v.nullable(v.string()),
    role: v.picklist(ROLES),
  }),
  v.metadata({ ref: "Me" }),
);

/** `/me`: who the server takes a request to be from. */
export function createMeApi(): Hono {
  const api = new Hono();
  api.get(
    "/",
    describe({
      id: "getMe",
      tag: "Access",
      summary: "Who you are to the server, and your role",
      answers: { 200: { description: "By the token or the session of the request", schema: MeSchema } },
    }),
    (c) => {
      const { kind, name, role } = identityOf(c);
      return c.json({ kind, name, role } satisfies v.InferOutput<typeof MeSchema>);
    },
  );
  return api;
}
