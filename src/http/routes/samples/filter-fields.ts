import { FILTER_FIELDS, type FilterFields } from "../../../../views/fragments/samples/sheet-path.ts";
import { SAMPLE_STATES, SPLITS } from "../../../domain/sample.ts";
import { CORRECTNESS, type SampleFilter } from "../../../domain/samples/sheet/sample-filter.ts";
import { zonedTime } from "../../../lib/zoned-time.ts";
import { notAs, notOneOf, tooLong } from "../../expected.ts";

const MAX_LENGTH = 200;
const DAY = /^\d{4}-\d\d-\d\d$/;
const DAY_MS = 86_400_000;

/**
 * Returns the fields of the filter that are given; an empty field of the form filters nothing.
 * @param prefix of the fields' names.
 */
export function filterFields(values: Partial<Record<string, string>>, prefix = ""): FilterFields {
  const given = FILTER_FIELDS.flatMap((name) => {
    const value = values[`${prefix}${name}`]?.trim() ?? "";
    return value === "" ? [] : [[name, value]];
  });
  return Object.fromEntries(given);
}

/**
 * Returns the filter that the fields of the page mean.
 * @param timeZone the reader's, in which days start and end. @throws InputError naming the field, for a value that is
 *   not valid.
 */
export function filterOf(fields: FilterFields, timeZone: string): SampleFilter {
  for (const [name, value] of Object.entries(fields)) {
    if (value.length > MAX_LENGTH) throw tooLong(name, MAX_LENGTH, value.length);
  }
  const { label, predicted, writer, source, q } = fields;
  const filter: { [Name in keyof SampleFilter]: SampleFilter[Name] | undefined } = {
    ...{ label, predicted, writer, source, search: q },
    correctness: oneOf("correct", CORRECTNESS, fields.correct),
    state: oneOf("state", SAMPLE_STATES, fields.state),
    split: oneOf("split", SPLITS, fields.split),
    minConfidence: percentOf("min", fields.min),
    maxConfidence: percentOf("max", fields.max),
    modelVersion: versionOf(fields.model),
    from: dayOf("from", fields.from, timeZone, 0),
    until: dayOf("to", fields.to, timeZone, DAY_MS),
    isPersonal:
      fields.personal === undefined ? undefined : oneOf("personal", ["yes", "no"], fields.personal) === "yes",
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

function oneOf<T extends string>(
  name: string,
  known: readonly T[],
  value: string | undefined,
): T | undefined {
  const found = known.find((one) => one === value);
  if (found !== undefined || value === undefined) return found;
  throw notOneOf(name, known, value);
}

function percentOf(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const percent = Number(value);
  if (percent >= 0 && percent <= 100) return percent / 100;
  throw notAs(name, "a percentage from 0 to 100", "percent", value);
}

function versionOf(value: string | undefined): number | undefined {
  if (value === undefined || /^\d{1,9}$/.test(value)) return value === undefined ? undefined : Number(value);
  throw notAs("model", "the number of a model version", "version", value);
}

function dayOf(name: string, value: string | undefined, timeZone: string, addMs: number): string | undefined {
  if (value === undefined) return undefined;
  // The next day is found on the calendar: not all days have 24 hours.
  const ms = DAY.test(value) ? Date.parse(`${value}T00:00Z`) : Number.NaN;
  // The engine reads 31 February as a day of March.
  const isDay = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(value);
  const day = isDay ? zonedTime(new Date(ms + addMs).toISOString().slice(0, 16), timeZone) : null;
  if (day !== null) return day.toISOString();
  throw notAs(name, 'a day as in "2026-01-02"', "day", value);
}
