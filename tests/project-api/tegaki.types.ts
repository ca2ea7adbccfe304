/*
 * What the compiler must accept, and refuse, of `import … from "tegaki"`. Not run and not part of the sources: types.test.ts
 * checks this file against the `tegaki.d.ts` that a project gets. An `@ts-expect-error` without an error is one.
 */
import {
  type AppData,
  type BuiltIn,
  type CreatePipeline,
  createRandom,
  type EvaluationReport,
  type ImageSet,
  InputError,
  type MnistData,
  type ModelArtifacts,
  type ModularOptions,
  type NameMapping,
  Node,
  type NodeContext,
  type NodeFunction,
  type NodeSpec,
  node,
  Pipeline,
  PipelineError,
  type PipelineFilter,
  pipeline,
  type Random,
  type Training,
} from "tegaki";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Compiles when both types are the very same. */
function same<A, B>(..._: Same<A, B> extends true ? [] : ["these types differ", A, B]): void {}
/** Compiles when the value has exactly that type. */
function has<T>() {
  return <U>(_: U, ..._differs: Same<T, U> extends true ? [] : ["it has another type", U]): void => {};
}
declare const model: ModelArtifacts;
declare const images: ImageSet;
declare const training: Training;
declare const signal: AbortSignal;
declare const params: Parameters<Training["train"]>[2];
declare const control: Parameters<Training["train"]>[3];

// The checks themselves refuse what differs.
same<string | null, null | string>();
// @ts-expect-error
same<string, string | null>();
// @ts-expect-error
same<unknown, string>();
// @ts-expect-error
has<number>()("1");

// node(): a function, and names in three forms.
const func = (x: number): number => x;
has<Node>()(node({ func, inputs: "a", outputs: "b" }));
node({ func, inputs: ["a", "params:b.c"], outputs: ["d", "e"] });
node({ func, inputs: { x: "a", y: "parameters" }, outputs: { sum: "c" } });
node({ func, inputs: null, outputs: "b" });
node({ func, inputs: "a", outputs: null });
node({ func, inputs: "a", outputs: "b", name: "n", tags: "t", namespace: "s", version: "2" });
node({ func, inputs: ["a"] as const, outputs: "b", tags: ["t", "u"] as const });
// @ts-expect-error a node has a function
node({ inputs: "a", outputs: "b" });
// @ts-expect-error
node({ func: "f", inputs: "a", outputs: "b" });
// @ts-expect-error inputs are said, even when there are none
node({ func, outputs: "b" });
// @ts-expect-error
node({ func, inputs: "a" });
// @ts-expect-error
node({ func, inputs: 1, outputs: "b" });
// @ts-expect-error
node({ func, inputs: ["a", 1], outputs: "b" });
// @ts-expect-error
node({ func, inputs: { x: 1 }, outputs: "b" });
// @ts-expect-error
node({ func, inputs: "a", outputs: undefined });
// @ts-expect-error
node({ func, inputs: "a", outputs: "b", tag: "t" });
// @ts-expect-error
node({ func, inputs: "a", outputs: "b", tags: new Set(["t"]) });
// @ts-expect-error
node({ func, inputs: "a", outputs: "b", version: 2 });
// @ts-expect-error one object, not Kedro's positional arguments
node(func, "a", "b");

// Functions of a node: async ones, generators, and the context as the last argument.
node({ func: async (x: number) => x, inputs: "a", outputs: "b" });
node({
  func: function* (x: number[]) {
    yield* x;
  },
  inputs: "a",
  outputs: "b",
});
node({
  func: async function* (x: number[]) {
    yield x;
  },
  inputs: "a",
  outputs: "b",
});
node({ func: (x: number, { signal }: NodeContext) => (signal.aborted ? 0 : x), inputs: "a", outputs: "b" });
// biome-ignore lint/suspicious/noExplicitAny: each function types its own inputs
same<Parameters<NodeFunction>, any[]>();
same<ReturnType<NodeFunction>, unknown>();
same<keyof NodeContext, "signal" | "progress" | "log">();
same<NodeContext["signal"], AbortSignal>();
same<Parameters<NodeContext["progress"]>, [data: Record<string, unknown>]>();
same<Parameters<NodeContext["log"]>[0], string>();

// What a node has, and that it never changes.
const one = new Node({ func, inputs: "a", outputs: "b" });
same<
  keyof NodeSpec,
  "func" | "inputs" | "outputs" | "name" | "tags" | "namespace" | "version" | "nullable"
>();
same<NodeSpec["inputs"], string | readonly string[] | Readonly<Record<string, string>> | null>();
same<NodeSpec["outputs"], NodeSpec["inputs"]>();
has<readonly string[]>()(one.inputs);
has<readonly string[]>()(one.outputs);
has<ReadonlySet<string>>()(one.tags);
has<string>()(one.name);
has<string | null>()(one.namespace);
has<NodeFunction>()(one.func);
has<Readonly<NodeSpec>>()(one.spec);
has<Node>()(one.copy({ tags: ["x"] }));
// @ts-expect-error
one.name = "other";
// @ts-expect-error
one.inputs.push("c");
// @ts-expect-error
one.copy({ nam: "other" });
// @ts-expect-error a look-alike is not a node
const lookAlike: Node = { ...one };

// pipeline(): nodes and pipelines, in any iterable.
const both = pipeline([one, pipeline([one])]);
has<Pipeline>()(both);
pipeline(new Set([one]));
pipeline(both, { namespace: "n", inputs: "a", outputs: ["b"], parameters: { "params:x": "params:y" } });
pipeline(both, { tags: "t", prefixDatasetsWithNamespace: false });
same<
  keyof ModularOptions,
  "inputs" | "outputs" | "parameters" | "namespace" | "prefixDatasetsWithNamespace" | "tags"
>();
same<NameMapping, string | readonly string[] | Readonly<Record<string, string>>>();
same<ModularOptions["inputs"], NameMapping | undefined>();
// @ts-expect-error a list, not the nodes one by one
pipeline(one, one);
// @ts-expect-error
pipeline([func]);
// @ts-expect-error
pipeline([one], { namespaces: "n" });
// @ts-expect-error
pipeline([one], { inputs: { a: 1 } });

// Methods of a pipeline.
has<readonly Node[]>()(both.nodes);
has<readonly (readonly Node[])[]>()(both.groupedNodes);
for (const names of [both.inputs(), both.outputs(), both.allInputs(), both.allOutputs(), both.datasets()]) {
  has<string[]>()(names);
}
for (const nodes of [both.childrenOf(one), both.parentsOf(one)]) has<Node[]>()(nodes);
for (const other of [both.plus(both), both.minus(both), both.and(both), new Pipeline([one])])
  has<Pipeline>()(other);
same<
  | "onlyNodes"
  | "onlyNodesWithTags"
  | "onlyNodesWithNamespaces"
  | "onlyNodesWithInputs"
  | "onlyNodesWithOutputs"
  | "fromNodes"
  | "toNodes"
  | "fromInputs"
  | "toOutputs"
  | "tag",
  {
    [K in keyof Pipeline]: Pipeline[K] extends (...names: string[]) => Pipeline
      ? string[] extends Parameters<Pipeline[K]>
        ? K
        : never
      : never;
  }[keyof Pipeline]
>();
// @ts-expect-error names one by one, not a list
both.fromNodes(["a"]);
// @ts-expect-error
both.plus(one);
// @ts-expect-error
both.nodes.push(one);

// Filters.
both.filter({});
both.filter({ tags: ["t"], nodeNames: ["n"], fromNodes: ["n"], toNodes: ["n"] });
both.filter({ fromInputs: ["a"], toOutputs: ["b"], nodeNamespaces: ["s"] } satisfies PipelineFilter);
same<
  keyof PipelineFilter,
  "tags" | "nodeNames" | "fromNodes" | "toNodes" | "fromInputs" | "toOutputs" | "nodeNamespaces"
>();
same<Required<PipelineFilter>[keyof PipelineFilter], readonly string[]>();
// @ts-expect-error
both.filter({ tags: "t" });
// @ts-expect-error
both.filter({ node_names: ["n"] });
// @ts-expect-error
both.filter();

// createPipeline, awaited or not.
const plain: CreatePipeline = () => both;
const later: CreatePipeline = async ({ pipelines }) => pipelines.de?.plus(both) ?? both;
same<keyof BuiltIn, "pipelines" | "training">();
same<Parameters<CreatePipeline>, [builtIn: BuiltIn]>();
same<ReturnType<CreatePipeline>, Pipeline | Promise<Pipeline>>();
// @ts-expect-error a pipeline, not its nodes
const nodesAlone: CreatePipeline = () => [one];
// @ts-expect-error
const nothing: CreatePipeline = () => {};
const fromBuiltIn: CreatePipeline = ({ pipelines }) => {
  // @ts-expect-error there may be none of that name
  return pipelines.de.plus(both);
};

// Training.
same<
  keyof Training,
  | "train"
  | "fineTune"
  | "evaluate"
  | "examine"
  | "probabilities"
  | "latencyMs"
  | "calibrate"
  | "embed"
  | "measureRejection"
>();
has<Promise<EvaluationReport>>()(training.evaluate(model, images));
training.evaluate(model, images, signal);
same<Parameters<Training["train"]>[0], ImageSet | readonly ImageSet[]>();
same<Parameters<Training["train"]>[1], ImageSet | null>();
same<
  keyof Parameters<Training["train"]>[2],
  | "architecture"
  | "classes"
  | "epochs"
  | "batch_size"
  | "learning_rate"
  | "patience"
  | "seed"
  | "augmentation"
>();
same<keyof Parameters<Training["train"]>[3], "signal" | "onProgress" | "onResumed">();
same<Awaited<ReturnType<Training["train"]>>, Awaited<ReturnType<Training["fineTune"]>>>();
same<Awaited<ReturnType<Training["train"]>>["model"], ModelArtifacts>();
same<Awaited<ReturnType<Training["calibrate"]>>["model"], ModelArtifacts>();
same<Awaited<ReturnType<Training["examine"]>>["report"], EvaluationReport>();
same<Parameters<Training["fineTune"]>[4]["tuning_replay_targets"], "labels" | "model">();
same<
  Parameters<Training["calibrate"]>[3]["score"],
  "energy" | "max_logit" | "max_logit_above_mean" | "max_probability"
>();
// @ts-expect-error a set of images, not bare pixels
training.evaluate(model, images.images);
// @ts-expect-error
training.evaluate(images, model);
// @ts-expect-error
training.train(images, null, { epochs: 1 }, control);
training.train([images, images], null, params, control);
// @ts-expect-error null when there is no validation set
training.train(images, undefined, params, control);
// @ts-expect-error
training.predict(model, images);

// Data.
same<ImageSet, { rows: number; cols: number; images: Uint8Array; labels: Uint8Array }>();
same<keyof MnistData, "train" | "test">();
same<keyof AppData, "train" | "holdout" | "negatives" | "groups" | "holdoutGroups" | "pinned" | "samples">();
same<AppData["negatives"], ImageSet | undefined>();
same<AppData["groups"], Uint32Array | undefined>();
same<ModelArtifacts["weightData"], ArrayBuffer>();
same<keyof EvaluationReport, "n" | "accuracy" | "loss" | "per_class" | "confusion" | "calibration">();
same<EvaluationReport["per_class"][number]["recall"], number | null>();
// @ts-expect-error pixels are bytes
const floats: ImageSet = { ...images, images: new Float32Array(784) };

// Random numbers and errors.
const random = createRandom(1);
has<Random>()(random);
has<number>()(random.next());
has<number[]>()(random.shuffle([1, 2]));
has<Uint8Array<ArrayBuffer>>()(random.shuffle(new Uint8Array(2)));
has<Random>()(random.fork("label"));
// @ts-expect-error
createRandom();
// @ts-expect-error
random.shuffle(new Set([1]));
const errors: Error[] = [new PipelineError("p"), new InputError("i", { cause: null })];

void [lookAlike, plain, later, nodesAlone, nothing, fromBuiltIn, floats, errors];
