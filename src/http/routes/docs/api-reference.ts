import type {
  ApiReference,
  ReferenceBody,
  ReferenceField,
  ReferenceOperation,
} from "../../../../views/pages/docs/reference.ts";

/** A part of a JSON schema, as the OpenAPI document has it. */
interface Schema {
  $ref?: string;
  type?: string | readonly string[];
  description?: string;
  const?: unknown;
  enum?: readonly unknown[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
  additionalProperties?: boolean | Schema;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  maxItems?: number;
  maxLength?: number;
  format?: string;
}

interface Content {
  content?: Readonly<Record<string, { schema?: Schema }>>;
}

interface OperationObject {
  operationId: string;
  tags: readonly string[];
  summary: string;
  description?: string;
  parameters?: readonly {
    in: string;
    name: string;
    required?: boolean;
    description?: string;
    schema?: Schema;
  }[];
  requestBody?: Content & { required?: boolean };
  responses: Readonly<Record<string, Content & { description: string }>>;
}

/** The OpenAPI document, as far as the reference reads it. */
export interface OpenApiDocument {
  info: { title: string; version: string; description?: string };
  paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  components?: { schemas?: Readonly<Record<string, Schema>> };
}

/** A vertical line in the middle of 28 x 28 pixels, for the inference protocol. */
const LINE = Array.from({ length: 784 }, (_, pixel) =>
  pixel % 28 === 14 && pixel > 4 * 28 && pixel < 24 * 28 ? 255 : 0,
);
const INPUT = { inputs: [{ name: "image", shape: [1, 28, 28], datatype: "UINT8", data: LINE }] };

const METHODS = ["get", "post", "put", "patch", "delete"];
/** Objects within objects are listed with their parents to this depth. */
const MAX_DEPTH = 3;

/** Prepares the OpenAPI document for reading. @param origin of the server, for the commands. */
export function apiReference(document: OpenApiDocument, origin: string): ApiReference {
  const reader = new SchemaReader(document.components?.schemas ?? {});
  const tags = new Map<string, ReferenceOperation[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = methods[method];
      if (operation === undefined) continue;
      const tag = operation.tags[0] ?? "";
      tags.set(tag, [...(tags.get(tag) ?? []), operationOf(reader, method, path, operation, origin)]);
    }
  }
  return {
    description: document.info.description ?? "",
    tags: [...tags].map(([tag, operations]) => ({ tag, operations })),
    schemas: Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => ({
      name,
      fields: reader.fields(schema),
    })),
  };
}

function operationOf(
  reader: SchemaReader,
  method: string,
  path: string,
  operation: OperationObject,
  origin: string,
): ReferenceOperation {
  const { operationId: id, summary, description = "", parameters = [], requestBody, responses } = operation;
  return {
    ...{ id, method: method.toUpperCase(), path, summary, description },
    parameters: parameters.map(({ in: place, name, required = false, schema = {}, ...rest }) => ({
      ...{ in: place, name, isRequired: required, type: reader.typeOf(schema), schema: null },
      description: rest.description ?? schema.description ?? "",
    })),
    body: requestBody === undefined ? null : bodyOf(reader, requestBody),
    responses: Object.entries(responses).map(([status, response]) => ({
      status,
      description: response.description,
      // Every error has the same body, which is described once.
      body: status.startsWith("2") ? bodyOf(reader, response) : null,
    })),
    curl: curlOf(reader, method, path, operation, origin),
  };
}

function bodyOf(reader: SchemaReader, { content }: Content): ReferenceBody | null {
  const [mediaType, media] = Object.entries(content ?? {})[0] ?? [];
  if (mediaType === undefined) return null;
  return { mediaType, fields: media?.schema === undefined ? [] : reader.fields(media.schema) };
}

function curlOf(
  reader: SchemaReader,
  method: string,
  path: string,
  { operationId, parameters = [], requestBody }: OperationObject,
  origin: string,
): string {
  const inPath = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const schema = parameters.find((one) => one.in === "path" && one.name === name)?.schema;
    return encodeURIComponent(String(reader.example(schema ?? {}, name)));
  });
  const query = parameters
    .filter((one) => one.in === "query" && one.required === true)
    .map(({ name, schema = {} }) => `${name}=${encodeURIComponent(String(reader.example(schema, name)))}`);
  const search = QUERIES[operationId] ?? query.join("&");
  const url = `${origin}${inPath}${search === "" ? "" : `?${search}`}`;
  const parts = [method === "get" ? "curl" : `curl -X ${method.toUpperCase()}`, quoted(url)];
  if (Object.hasOwn(FILES, operationId)) parts.push(FILES[operationId]!);
  const [mediaType, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (mediaType === "application/json" && media?.schema !== undefined) {
    const body = JSON.stringify(BODIES[operationId] ?? reader.example(media.schema, ""));
    parts.push(`-H ${quoted(`content-type: ${mediaType}`)}`, `-d ${quoted(body)}`);
  }
  return parts.join(parts.length > 2 ? " \\\n  " : " ");
}

/** Bodies of operations whose schema does not say which fields belong together. */
const BODIES: Readonly<Record<string, unknown>> = {
  changeSample: { label: "7" },
  forgetSamples: { writer: "Aki" },
  changeSamples: { filter: { label: "1" }, change: { kind: "relabel", label: "7" } },
  decideGrid: { label: "7", confirm: ["SAMPLE-ID"], odd: [{ id: "OTHER-ID", kind: "relabel", label: "1" }] },
  decideQueueGrid: {
    ...{ labeller: "Aki", label: "7", accept: ["DRAWING-ID"] },
    odd: [{ id: "OTHER-ID", kind: "label", label: "1" }],
  },
  exportSamples: { filter: { label: "1" }, format: "ndjson" },
  answerQuestion: { labeller: "Aki", answer: { label: "7" } },
  startRun: { pipeline: "tuning" },
  infer: INPUT,
  inferVersion: INPUT,
};

/** Queries of operations whose schema says too little: a field more than once, the name of a file. */
const QUERIES: Readonly<Record<string, string>> = {
  compareRuns: "run=RUN-ID&run=OTHER-RUN-ID",
  uploadSamples: "name=digits.zip",
};

/** Flags of operations that send or return a file. */
const FILES: Readonly<Record<string, string>> = {
  importModel: "-H 'content-type: application/zip' --data-binary @model.zip",
  exportModel: "-o model.zip",
  uploadSamples: "--data-binary @digits.zip",
  exportSamples: "-o samples.ndjson",
  followRun: "-N",
};

/** A word of a shell, in single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Values by the names of fields, where the type alone says too little. */
const EXAMPLES: Readonly<Record<string, unknown>> = {
  strokes: [
    [
      [20, 20],
      [80, 20],
      [40, 90],
    ],
  ],
  width: 100,
  height: 100,
  label: "7",
  writer: "Aki",
  labeller: "Aki",
  name: "digits",
  version: 1,
  a: 1,
  b: 2,
  alias: "canary",
  reason: "tried by hand",
  at: "2030-01-02T03:00:00Z",
  id: "1",
  run_id: "01a2b3",
  hash: "absent",
};

/** Reads the schemas of a document. */
class SchemaReader {
  readonly #schemas: Readonly<Record<string, Schema>>;

  constructor(schemas: Readonly<Record<string, Schema>>) {
    this.#schemas = schemas;
  }

  /** The fields of an object, those of inner objects after their parents; one without a name for another type. */
  fields(schema: Schema): ReferenceField[] {
    const { inner, suffix } = itemOf(schema);
    if (inner.$ref !== undefined || inner.properties === undefined) {
      const { description = "" } = schema;
      return [{ name: "", type: this.typeOf(schema), schema: nameOf(inner), isRequired: true, description }];
    }
    return this.#properties(inner, suffix === "" ? "" : `${suffix}.`, 1);
  }

  #properties({ properties = {}, required = [] }: Schema, prefix: string, depth: number): ReferenceField[] {
    return Object.entries(properties).flatMap(([key, property]) => {
      const { inner, suffix } = itemOf(property);
      const name = prefix + key;
      const field: ReferenceField = {
        ...{ name, type: this.typeOf(property), schema: nameOf(inner) },
        isRequired: required.includes(key),
        description: property.description ?? "",
      };
      const isOpen = inner.$ref === undefined && inner.properties !== undefined && depth < MAX_DEPTH;
      return [field, ...(isOpen ? this.#properties(inner, `${name}${suffix}.`, depth + 1) : [])];
    });
  }

  /** A type in words: `list of numbers`, `"auto" or "manual"`, `number or null`. */
  typeOf(schema: Schema): string {
    const { $ref, type, items, anyOf, oneOf, allOf } = schema;
    if ($ref !== undefined) return nameOf(schema) ?? "object";
    if (schema.const !== undefined) return JSON.stringify(schema.const);
    if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
    const choices = type === undefined ? (anyOf ?? oneOf) : undefined;
    if (choices !== undefined) return [...new Set(choices.map((one) => this.typeOf(one)))].join(" or ");
    if (allOf !== undefined) return allOf.map((one) => this.typeOf(one)).join(" and ");
    if (items !== undefined) return `list of ${this.typeOf(items)}`;
    if (typeof type === "object") return type.join(" or ");
    return `${type ?? "any"}${bounds(schema)}`;
  }

  /** A value of the schema, with its required fields. @param name of the field. */
  example(schema: Schema, name: string): unknown {
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return schema.enum[0];
    if (Object.hasOwn(EXAMPLES, name)) return EXAMPLES[name];
    const target = schema.$ref === undefined ? schema : this.#schemas[nameOf(schema) ?? ""];
    if (target !== schema) return target === undefined ? {} : this.example(target, name);
    const choices = schema.type === undefined ? (schema.anyOf ?? schema.oneOf) : undefined;
    if (choices !== undefined) return this.example(choices[0]!, name);
    switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
      case "object":
        return this.#exampleObject(schema);
      case "array":
        return Array.from({ length: schema.minItems ?? 1 }, () => this.example(schema.items ?? {}, ""));
      case "number":
      case "integer":
        return Math.max(schema.minimum ?? 1, 1);
      case "boolean":
        return true;
      default:
        return "text";
    }
  }

  /** Required fields, or else what a drawing has: a body that may be one thing or another requires none. */
  #exampleObject({ properties = {}, required = [] }: Schema): Record<string, unknown> {
    const isDrawing = "strokes" in properties && !required.includes("strokes");
    const keys = isDrawing ? [...new Set(["strokes", "width", "height", ...required, "label"])] : required;
    return Object.fromEntries(
      keys.filter((key) => key in properties).map((key) => [key, this.example(properties[key]!, key)]),
    );
  }
}

/** The schema of the items of a list, however deep, with `[]` for each list. */
function itemOf(schema: Schema): { inner: Schema; suffix: string } {
  let [inner, suffix] = [schema, ""];
  for (;;) {
    const choice = inner.anyOf?.find(({ type }) => type !== "null");
    const isOptional = inner.anyOf?.length === 2 && inner.anyOf.some(({ type }) => type === "null");
    if (inner.items !== undefined) {
      inner = inner.items;
      suffix += "[]";
    } else if (isOptional && choice !== undefined) inner = choice;
    else return { inner, suffix };
  }
}

function nameOf({ $ref }: Schema): string | null {
  return $ref?.replace("#/components/schemas/", "") ?? null;
}

function bounds({ minimum, maximum, exclusiveMinimum, maxLength, format }: Schema): string {
  if (maxLength !== undefined) return `, at most ${maxLength} characters`;
  if (exclusiveMinimum !== undefined) {
    return `, above ${exclusiveMinimum}${maximum === undefined ? "" : `, at most ${maximum}`}`;
  }
  if (minimum !== undefined && maximum !== undefined) return `, ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `, at least ${minimum}`;
  if (maximum !== undefined) return `, at most ${maximum}`;
  return format === undefined ? "" : `, ${format}`;
}
