/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from "hono";
import { DrawingGrid } from "../../../../views/fragments/lineage/drawing-grid.tsx";
import { labelWords } from "../../../../views/fragments/lineage/label-words.ts";
import { Asked } from "../../../../views/fragments/samples/sample-predictions.tsx";
import { ConflictError, NotFoundError } from "../../../lib/errors.ts";
import { requireModel } from "../../api/no-model.ts";
import type { AppDeps } from "../../deps.ts";
import { formFields } from "../../middleware/form.ts";
import { errorWords } from "../failures.ts";
import { imageUrl } from "../lineage/drawing-cards.ts";
import { readerText } from "../reader.ts";

/** Drawings that are shown as most alike. */
const ALIKE = 12;
/** Classes that are shown of a prediction. */
const TOP = 3;

/** Parts of the page of one drawing that are made on request: what looks like it, and what the live model says now. */
export function createSamplePartRoutes(
  deps: Pick<AppDeps, "store" | "predictor" | "registry" | "scheduler">,
): Hono {
  const { sheet, samples } = deps.store;
  const routes = new Hono();

  routes.get("/:id/alike", async (c) => {
    const text = readerText(c);
    const alike = await sheet.alike(c.req.param("id"), ALIKE);
    if (alike.length === 0) return c.html(<p class="soft">{text.t("sample.alikeNone")}</p>);
    const images = await sheet.images(alike.map(({ item }) => item.id));
    const cards = alike.map(({ item, distance }, n) => ({
      ...{ id: item.id, label: labelWords(text, item.label, item.state) },
      src: images[n] == null ? null : imageUrl(images[n]),
      predicted: item.predicted === item.label ? null : item.predicted,
      // Almost 100 % is not the same.
      note: text.t("sample.alikeBy", { percent: text.percent(Math.max(0, 1 - distance)) }),
    }));
    return c.html(<DrawingGrid text={text} drawings={cards} />);
  });

  routes.post("/:id/ask", async (c) => {
    await formFields(c);
    const id = c.req.param("id");
    const sample = await samples.get(id);
    if (sample === null) throw new NotFoundError(`There is no sample ${id.slice(0, 100)}`);
    const text = readerText(c);
    try {
      await requireModel(deps);
      const { model, probabilities, isOutlier } = await deps.predictor.predict(sample.pixels);
      return c.html(
        <Asked text={text} of={model.version} top={probabilities.slice(0, TOP)} isOutlier={isOutlier} />,
      );
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      return c.html(<p class="alert">{errorWords(text, error)}</p>, 409);
    }
  });

  return routes;
}
