/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import { ImportPreviewView } from "../../../../views/fragments/samples/import-preview.tsx";
import { ImportStateView } from "../../../../views/fragments/samples/import-state.tsx";
import { SPRITE_COLUMNS } from "../../../../views/fragments/samples/sheet-path.ts";
import { IMAGE_COLS, IMAGE_ROWS } from "../../../digits/image-format.ts";
import {
  EXPORT_FORMATS,
  type ImportChoices,
  type ImportPreview,
} from "../../../domain/samples/sample-files.ts";
import { ON_CONFLICT } from "../../../domain/samples/sample-import.ts";
import { ConflictError, NotFoundError, TegakiError } from "../../../lib/errors.ts";
import { spritePng } from "../../../lib/images/sprite.ts";
import type { Sentence } from "../../../lib/saying.ts";
import { actorOf } from "../../access/identity.ts";
import { bodyOf } from "../../api/sheet/files.ts";
import type { AppDeps } from "../../deps.ts";
import { notAs, notOneOf } from "../../expected.ts";
import { formFields } from "../../middleware/form.ts";
import { sendFile } from "../../send-file.ts";
import { errorWords } from "../failures.ts";
import { readerText } from "../reader.ts";
import { selectionOf } from "./bulk.tsx";

type Fields = Partial<Record<string, string>>;

const NO_CHOICES: ImportChoices = {
  onConflict: "fail",
  writer: null,
  labelOffset: null,
  isTransposed: false,
};
const MAX_WRITER = 100;

/** `/samples/imports` and `/samples/export`: files in, with a preview and progress, and out. */
export function createSampleFilesRoutes({ sampleFiles }: Pick<AppDeps, "sampleFiles">): Hono {
  const routes = new Hono();

  const preview = async (c: Context, id: string, choices: ImportChoices, refused?: Sentence) => {
    const found = await sampleFiles.preview(id, choices);
    const text = readerText(c);
    return c.html(
      <ImportPreviewView {...{ text, id, choices, refused }} preview={found} sprite={spriteOf(found)} />,
    );
  };
  const state = (c: Context, id: string) => {
    const now = sampleFiles.state(id);
    if (now.step === "failed" && now.retry !== undefined) return preview(c, id, now.retry, now);
    return c.html(<ImportStateView text={readerText(c)} id={id} state={now} />);
  };

  routes.post("/imports", (c) =>
    said(c, async () => {
      const { name = "", to } = c.req.query();
      return preview(c, await sampleFiles.receive(name, bodyOf(c), to), NO_CHOICES);
    }),
  );

  routes.get("/imports/:id", (c) =>
    said(c, () => {
      const id = c.req.param("id");
      return c.req.query("state") === undefined ? preview(c, id, choicesOf(c.req.query())) : state(c, id);
    }),
  );

  routes.post("/imports/:id", (c) =>
    said(c, async () => {
      const id = c.req.param("id");
      sampleFiles.start(id, choicesOf(await formFields(c)), actorOf(c));
      return state(c, id);
    }),
  );

  routes.post("/imports/:id/remove", (c) =>
    said(c, async () => {
      await formFields(c);
      await sampleFiles.remove(c.req.param("id"));
      return c.html("");
    }),
  );

  routes.post("/export", async (c) => {
    const fields = await formFields(c);
    const format = EXPORT_FORMATS.find((one) => one === fields.format);
    if (format === undefined) throw notOneOf("format", EXPORT_FORMATS, fields.format);
    return sendFile(c, await sampleFiles.export(selectionOf(c, fields), format));
  });

  return routes;
}

/** Responds with a message in place of the fragment when the request cannot be done. */
async function said(c: Context, act: () => Response | Promise<Response>): Promise<Response> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof TegakiError)) throw error;
    const status = error instanceof NotFoundError ? 404 : error instanceof ConflictError ? 409 : 400;
    return c.html(<p class="alert">{errorWords(readerText(c), error)}</p>, status);
  }
}

/** @throws InputError for a choice that is not known. */
function choicesOf({
  on_conflict = "fail",
  writer = "",
  label_offset = "",
  transposed,
}: Fields): ImportChoices {
  const onConflict = ON_CONFLICT.find((one) => one === on_conflict);
  if (onConflict === undefined) throw notOneOf("on_conflict", ON_CONFLICT, on_conflict);
  const name = writer.trim();
  if (name.length > MAX_WRITER || /\p{Cc}/u.test(name))
    throw notAs("writer", `one line of at most ${MAX_WRITER} characters`, "writer", name);
  if (!/^\d{0,3}$/.test(label_offset)) throw notAs("label_offset", "0 to 999", "offset", label_offset);
  return {
    onConflict,
    writer: name === "" ? null : name,
    labelOffset: label_offset === "" ? null : Number(label_offset),
    isTransposed: transposed === "true",
  };
}

function spriteOf({ images }: ImportPreview): string {
  const png = spritePng({
    ...{ rows: IMAGE_ROWS, cols: IMAGE_COLS, columns: SPRITE_COLUMNS },
    images: images.map(({ pixels }) => pixels),
  });
  return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
}
