import { expect, test } from "bun:test";
import { parameterFields } from "../../../src/config/fields/parameter-fields.ts";
import { loadConfig } from "../../../src/config/load.ts";
import { en } from "../../../views/i18n/en.ts";
import { BASE } from "../../support/base-config.ts";

const sources = { base: BASE, dir: "/nonexistent", environ: {} };
const fieldsOf = async (params = "", parameters = "") =>
  parameterFields(
    await loadConfig({
      ...sources,
      base: { ...BASE, "parameters.yml": `${BASE["parameters.yml"]}${parameters}` },
      params,
    }),
  );

test("parameterFields() has the type, the bounds and the configured value of each kind of parameter", async () => {
  const fields = await fieldsOf();
  expect(fields.tuning_epochs).toEqual({
    kind: "integer",
    min: 1,
    max: 10_000,
    isNullable: false,
    value: 10,
  });
  expect(fields.learning_rate).toEqual({
    ...{ kind: "number", min: 0, isAboveMin: true, max: 10, isNullable: false, value: 0.001 },
  });
  expect(fields.tuning_keep).toEqual({
    ...{ kind: "number", min: 0, max: 1, isBelowMax: true, isNullable: false, value: 0.4 },
  });
  expect(fields.tuning_initial_model).toEqual({
    kind: "choice",
    options: ["champion", "pre_model", "base"],
    isNullable: false,
    value: "champion",
  });
  expect(fields["first.augmentation.rotate_deg"]).toMatchObject({ kind: "number", max: 180, value: 12 });
  expect(fields.tuning_layer).toEqual({ kind: "any", isNullable: false, value: ["dense", "predictions"] });
});

test("parameterFields() has a group that is off as one field, and the project's own parameters down to their values", async () => {
  const fields = await fieldsOf("screening=null", "\nink: {width: 2, dark: true}\nname: pen\n");
  expect(fields.screening).toEqual({ kind: "any", isNullable: true, value: null });
  expect(fields["ink.width"]).toEqual({ kind: "any", isNullable: true, value: 2 });
  expect(fields.name).toEqual({ kind: "any", isNullable: true, value: "pen" });
});

test("each built-in parameter that a run can change has a line of help", async () => {
  const off = await fieldsOf("screening=null,augmentation=null,first.augmentation=null");
  const names = [...Object.keys(await fieldsOf()), ...Object.keys(off)].filter(
    (name) => !["img_rows", "img_cols"].includes(name),
  );
  const helpOf = (name: string) =>
    [name, name.replace("first.augmentation.", "augmentation.")].some((one) =>
      Object.hasOwn(en, `param.help.${one}`),
    );
  expect(names.filter((name) => !helpOf(name))).toEqual([]);
});
