/** A value of a request or response: `strokes[][]`, its type in words, and what it means. */
export interface ReferenceField {
  name: string;
  type: string;
  /** The named schema that describes it further; null for none. */
  schema: string | null;
  isRequired: boolean;
  description: string;
}

/** A body: its media type and its fields; one field without a name for a body that is not an object. */
export interface ReferenceBody {
  mediaType: string;
  fields: readonly ReferenceField[];
}

/** One operation of the API. */
export interface ReferenceOperation {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  parameters: readonly (ReferenceField & { in: string })[];
  body: ReferenceBody | null;
  responses: readonly { status: string; description: string; body: ReferenceBody | null }[];
  /** A command that sends such a request. */
  curl: string;
}

/** The API reference, as a page shows it. */
export interface ApiReference {
  description: string;
  tags: readonly { tag: string; operations: readonly ReferenceOperation[] }[];
  /** Named schemas that operations refer to. */
  schemas: readonly { name: string; fields: readonly ReferenceField[] }[];
}
