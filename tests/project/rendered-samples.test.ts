import { expect, test } from "bun:test";
import { PREPROCESSING_VERSION } from "../../src/digits/image-format.ts";
import { rasterise, rasteriseAll } from "../../src/digits/rasterise.ts";
import type { Drawing } from "../../src/domain/drawing.ts";
import { loadProject, openProjectStore } from "../../src/project/project.ts";
import { newSample, withDirectory } from "../storage/helpers.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { runtime } from "../support/run-project.ts";

test("openProjectStore() renders the drawings of an older release again, without their stray strokes", async () => {
  await withDirectory(async (dir) => {
    const project = await loadProject(runtime, { dir });
    const digit = drawingOf(4);
    const tapped: Drawing = { ...digit, strokes: [...digit.strokes, [[260, 260]]], width: 280, height: 280 };
    const old = await openProjectStore(runtime, project);
    const pixels = rasteriseAll(tapped.strokes);
    const { sample } = await old.samples.insert(newSample({ drawing: tapped, pixels, preprocessing: 1 }));
    await old.close();

    const notes: string[] = [];
    const noting = { ...runtime, note: (line: string) => void notes.push(line) };
    const store = await openProjectStore(noting, project);
    const rendered = { ...sample, pixels: rasterise(digit), preprocessing: PREPROCESSING_VERSION };
    expect(await store.samples.get(sample.id)).toEqual(rendered);
    await store.close();
    await (await openProjectStore(noting, project)).close();
    expect(notes).toEqual(["1 stored drawings were rendered again, as this version of tegaki renders them"]);
  });
});
