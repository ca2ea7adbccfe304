import { expect, test } from "bun:test";
import { kedroAlias } from "../../src/datasets/kedro-types.ts";

/** Kedro's path of each class in which it means what ours does. */
const OURS = {
  "pandas.CSV": "csv",
  "polars.CSV": "csv",
  "pillow.Image": "image",
  "json.JSON": "json",
  "tracking.JSON": "json",
  "io.Memory": "memory",
  "tracking.Metrics": "metrics",
  "partitions.Partitioned": "partitioned",
  "pickle.Pickle": "pickle",
  "tensorflow.TensorFlowModel": "tfjs_model",
  "text.Text": "text",
  "yaml.YAML": "yaml",
};
const ROOTS = ["", "kedro_datasets.", "kedro.extras.datasets.", "kedro.contrib.", "kedro."];

test("kedroAlias() knows each class under every path and spelling that Kedro had for it", () => {
  for (const [path, type] of Object.entries(OURS)) {
    const name = path.split(".")[1]!;
    for (const spelling of ["Dataset", "DataSet"]) {
      const paths = [name, ...ROOTS.map((root) => `${root}${path}`)].map((one) => one + spelling);
      for (const one of paths) expect([one, kedroAlias("some_data", one)]).toMatchObject([one, { type }]);
    }
  }
});

test.each([
  "pandas.JSONDataset",
  "dask.CSVDataset",
  "spark.SparkDataset",
  "huggingface.text.TextDataset",
  "pandas.a.b.CSVDataset",
  "LambdaDataset",
  "partitions.IncrementalDataset",
  "my_project.datasets.OwnDataset",
])("kedroAlias(%s) is refused, because it is not ours", (type) => {
  expect(kedroAlias("some_data", type)).toHaveProperty("refusal", expect.stringContaining(type));
});

test("kedroAlias() ignores names that do not look like Kedro's", () => {
  for (const type of ["pickle", "jsn", "samples", "{type}Dataset", "dataset", "constructor"])
    expect(kedroAlias("some_data", type)).toBeNull();
});

test("kedroAlias() takes the folder of `model`, which the original app copied by hand, for the champion", () => {
  expect(kedroAlias("model", "tensorflow.TensorFlowModelDataset")).toMatchObject({
    type: "registered_model",
    added: { alias: "champion" },
  });
});
