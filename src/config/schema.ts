import * as v from "valibot";
import { parseNetwork } from "../domain/access/network.ts";
import { classesSchema } from "../domain/classes.ts";
import { INITIAL_MODELS } from "../domain/dataset-names.ts";
import { OUTLIER_SCORES } from "../domain/model-artifacts.ts";
import { exceedsMostChecks, MOST_CHECKS, TOO_MANY_CHECKS } from "../domain/queue/labelling-rules.ts";
import { APPROVALS } from "../domain/scheduler/approval.ts";
import { MAX_NOTICE } from "../domain/settings/draw-notice.ts";
import { WEBHOOK_EVENTS } from "../domain/webhooks/webhook.ts";
import { cronTimes, isTimeZone } from "../lib/cron.ts";
import { messageOf } from "../lib/errors.ts";
import { hostInUrl, hostNameOf } from "../lib/host-name.ts";
import { LOG_FORMATS, LOG_LEVELS } from "../lib/log.ts";
import { parseTimeRange } from "../lib/time-range.ts";
import { parseHttpAddress } from "./address.ts";
import { recordOf } from "./record-schema.ts";

/*
 * The known keys. Messages continue "key: ". Objects are closed: validate.ts reports every other key.
 * Checks that need a model or data (a layer's name, enough drawings) happen later, where those are available.
 */

const text = v.pipe(v.string("must be a string"), v.nonEmpty("must not be empty"));
const mapping = "must be a mapping";

const notice = v.pipe(text, v.maxLength(MAX_NOTICE, `must have at most ${MAX_NOTICE} characters`));

const number = (min: number, max: number) =>
  v.pipe(
    v.number("must be a number"),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
  );
const wholeNumber = (min: number, max: number) =>
  v.pipe(
    v.number("must be a whole number"),
    v.integer("must be a whole number"),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
  );
const positive = (max: number) =>
  v.pipe(
    v.number("must be a number"),
    v.gtValue(0, "must be above 0"),
    v.maxValue(max, `must be at most ${max}`),
  );
const below1 = v.pipe(number(0, 1), v.ltValue(1, "must be below 1"));

const layer = v.union(
  [text, v.pipe(v.number(), v.integer())],
  "must be a layer's name or its index (from the end when negative)",
);

const augmentation = v.nullable(
  v.object(
    {
      rotate_deg: number(0, 180),
      shift_px: number(0, 14),
      scale: below1,
      shear: number(0, 1),
      elastic_px: v.optional(number(0, 14), 0),
      stroke_width: v.optional(number(0, 1), 0),
      noise: v.optional(number(0, 1), 0),
      lines: v.optional(number(0, 1), 0),
      far: v.optional(number(0, 1), 0),
      edges: v.optional(number(0, 1), 0),
      blots: v.optional(number(0, 1), 0),
      margins: v.optional(number(0, 1), 0),
    },
    mapping,
  ),
);

/** The built-in keys of parameters.yml. Units and meanings are in `conf/base/parameters.yml`. */
export const parametersSchema = v.object(
  {
    classes: classesSchema,
    img_rows: v.literal(28, "must be 28: drawings are rendered to 28x28"),
    img_cols: v.literal(28, "must be 28: drawings are rendered to 28x28"),
    architecture: text,
    epochs: wholeNumber(1, 10_000),
    batch_size: wholeNumber(1, 8192),
    learning_rate: positive(10),
    patience: wholeNumber(0, 10_000),
    validation_split: below1,
    augmentation,
    rejection: v.object(
      {
        score: v.picklist(OUTLIER_SCORES, `must be one of ${OUTLIER_SCORES.join(", ")}`),
        false_alarm_rate: below1,
      },
      mapping,
    ),
    first: v.object(
      {
        epochs: wholeNumber(1, 10_000),
        images: wholeNumber(1, 10_000_000),
        letters: below1,
        batch_size: wholeNumber(1, 8192),
        learning_rate: positive(10),
        augmentation,
      },
      mapping,
    ),
    synthesis: v.object(
      {
        digits: wholeNumber(0, 10_000_000),
        redrawn: v.optional(wholeNumber(0, 10_000_000), 0),
        negatives: wholeNumber(0, 10_000_000),
      },
      mapping,
    ),
    replay: v.object(
      {
        mnist: wholeNumber(0, 10_000_000),
        digits: wholeNumber(0, 10_000_000),
        negatives: wholeNumber(0, 10_000_000),
      },
      mapping,
    ),
    tuning_layer: v.union(
      [layer, v.pipe(v.array(layer), v.minLength(1))],
      "must be a layer's name, its index, or a list of them",
    ),
    tuning_initial_model: v.picklist(
      INITIAL_MODELS,
      `must be one of ${INITIAL_MODELS.map((name) => `"${name}"`).join(", ")}`,
    ),
    tuning_epochs: wholeNumber(1, 10_000),
    tuning_min_steps: wholeNumber(0, 1_000_000),
    tuning_batch_size: wholeNumber(1, 8192),
    tuning_learning_rate: positive(10),
    tuning_replay_ratio: number(0, 1000),
    tuning_replay_targets: v.picklist(["labels", "model"], 'must be "labels" or "model"'),
    tuning_keep: below1,
    tuning_views: wholeNumber(1, 100),
    tuning_validation_split: below1,
    tuning_patience: wholeNumber(0, 10_000),
    screening: v.nullable(
      v.object(
        {
          suspect_below: number(0, 1),
          min_suspects: wholeNumber(1, 1_000_000),
          cell_share: number(0, 1),
          batch_share: number(0, 1),
          writer_share: number(0, 1),
          writer_cap: positive(1),
          cap_from_writers: wholeNumber(2, 1_000_000),
          near_duplicate: positive(1),
        },
        mapping,
      ),
    ),
    map: v.object(
      {
        max_drawings: wholeNumber(10, 10_000),
        neighbours: wholeNumber(2, 200),
        min_distance: number(0, 1),
      },
      mapping,
    ),
    feature_cache_mb: number(0, 1_000_000),
    checkpoint_seconds: number(0, 86_400),
    holdout_fraction: below1,
    seed: wholeNumber(0, 0xffff_ffff),
  },
  mapping,
);

const httpAddress = v.pipe(
  v.string("must be host:port, such as 127.0.0.1:8000"),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    try {
      return parseHttpAddress(dataset.value);
    } catch (error) {
      addIssue({ message: messageOf(error) });
      return NEVER;
    }
  }),
);

/** A string that `read` can read; it throws a RangeError that continues "key: ". */
const readBy = (read: (value: string) => unknown) =>
  v.pipe(
    text,
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      try {
        read(dataset.value);
      } catch (error) {
        addIssue({ message: messageOf(error) });
      }
    }),
  );

function readCron(expression: string): void {
  if (cronTimes(expression, "UTC").next(0) === null) throw new RangeError("must be a time that occurs");
}

const hostName = v.pipe(
  v.string("must be a host name"),
  v.transform((name) => name.toLowerCase()),
  v.check(
    (name) => hostNameOf(hostInUrl(name)) === name,
    "must be a host name without scheme and port, such as tegaki.example.org",
  ),
);

const network = v.pipe(
  v.string("must be an IP address or a network"),
  v.check(
    (written) => parseNetwork(written) !== null,
    "must be an IP address or a network, such as 10.0.0.7 or 10.0.0.0/8, and not all addresses",
  ),
);

const labelling = v.pipe(
  v.object(
    {
      second_opinions: number(0, MOST_CHECKS),
      known_answers: number(0, MOST_CHECKS),
      lease_seconds: wholeNumber(10, 86_400),
    },
    mapping,
  ),
  // Otherwise the questions could all have a label already, and the drawings without one would wait for ever.
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { second_opinions, known_answers } = dataset.value;
    if (!exceedsMostChecks(second_opinions, known_answers)) return;
    const key = second_opinions > known_answers ? "second_opinions" : "known_answers";
    const found = dataset.value[key];
    addIssue({
      message: TOO_MANY_CHECKS,
      input: found,
      path: [{ type: "object", origin: "value", input: dataset.value, key, value: found }],
    });
  }),
);

/** The keys of server.yml. Units and meanings are in `conf/base/server.yml`. */
export const serverSchema = v.object(
  {
    http: httpAddress,
    access: v.picklist(["local", "anyone", "accounts"], 'must be "local", "anyone" or "accounts"'),
    allowed_hosts: v.array(hostName, "must be a list of host names"),
    trusted_proxies: v.array(network, "must be a list of IP addresses and networks"),
    tls: v.object({ certificate: v.nullable(text), key: v.nullable(text) }, mapping),
    limits: v.object(
      {
        body_bytes: wholeNumber(1024, 1024 ** 3),
        drawing_bytes: wholeNumber(1024, 1024 ** 3),
        model_bytes: wholeNumber(1024, 1024 ** 3),
        import_bytes: wholeNumber(1024, 1024 ** 4),
        drawings_per_minute: wholeNumber(1, 1_000_000),
        address_drawings_per_minute: wholeNumber(1, 1_000_000),
        visitor_drawings_per_minute: wholeNumber(1, 1_000_000),
      },
      mapping,
    ),
    log: v.object(
      {
        format: v.picklist(LOG_FORMATS, 'must be "text" or "json"'),
        level: v.picklist(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`),
      },
      mapping,
    ),
    scheduler: v.object(
      {
        triggers: v.object(
          {
            new_samples: v.nullable(wholeNumber(1, 1_000_000_000)),
            corrections: v.nullable(wholeNumber(1, 1_000_000_000)),
            max_age: v.nullable(number(60, 3_153_600_000)),
            cron: v.nullable(readBy(readCron)),
            drift: v.boolean("must be true or false"),
            first_model: v.object(
              { per_class: wholeNumber(1, 1_000_000), total: wholeNumber(1, 1_000_000_000) },
              mapping,
            ),
          },
          mapping,
        ),
        combine: v.picklist(["any", "all"], 'must be "any" or "all"'),
        min_interval: number(0, 31_536_000),
        quiet_hours: v.nullable(readBy(parseTimeRange)),
        time_zone: v.pipe(text, v.check(isTimeZone, "must be the name of a time zone, such as Asia/Tokyo")),
        approval: v.picklist(APPROVALS, `must be one of ${APPROVALS.join(", ")}`),
      },
      mapping,
    ),
    gate: v.object(
      {
        threshold: number(0, 1),
        min_absolute_change: number(-1, 1),
        max_class_drop: number(0, 1),
        max_forgetting: number(0, 1),
        min_samples: wholeNumber(0, 1_000_000_000),
        first_gain: number(0, 1),
        margin: number(0, 1),
        min_evidence: wholeNumber(0, 1_000_000),
        pinned_digits: wholeNumber(0, 1_000_000),
        max_calibration_error: number(0, 1),
        max_latency_ms: positive(60_000),
        max_model_mb: positive(100_000),
      },
      mapping,
    ),
    webhooks: recordOf(
      v.object(
        {
          url: v.pipe(
            v.string("must be a URL"),
            v.check(
              (url) => /^https?:$/.test(URL.parse(url)?.protocol ?? ""),
              "must be a URL that begins with https:// or http://",
            ),
          ),
          credentials: text,
          events: v.optional(
            v.array(v.picklist(WEBHOOK_EVENTS, `must be some of ${WEBHOOK_EVENTS.join(", ")}`)),
            [...WEBHOOK_EVENTS],
          ),
          allow_private: v.optional(v.boolean("must be true or false"), false),
        },
        mapping,
      ),
      mapping,
    ),
    trial: v.object(
      {
        false_alarm_rate: number(1e-9, 0.5),
        max_labels: wholeNumber(20, 20_000),
        without_difference: v.picklist(["keep_champion", "promote"], 'must be "keep_champion" or "promote"'),
        watch: v.boolean("must be true or false"),
        max_writer_share: number(0.01, 1),
        unnoticed_mistakes: number(0, 0.9),
      },
      mapping,
    ),
    monitoring: v.object(
      {
        keep_hours: wholeNumber(24, 1_000_000),
        keep_days: wholeNumber(30, 100_000),
        drift: v.object(
          {
            psi: positive(100),
            js: positive(1),
            min_predictions: wholeNumber(1, 1_000_000_000),
            min_seconds: number(0, 31_536_000),
          },
          mapping,
        ),
      },
      mapping,
    ),
    samples: v.object(
      { append_to: v.nullable(text), delete_after_days: v.nullable(wholeNumber(1, 36_500)) },
      mapping,
    ),
    draw: v.object(
      { notice: v.object({ en: v.nullable(notice), ja: v.nullable(notice) }, mapping) },
      mapping,
    ),
    labelling,
    models: v.object({ keep: wholeNumber(1, 1_000_000) }, mapping),
    backup: v.object(
      {
        cron: v.nullable(readBy(readCron)),
        keep: v.object({ daily: wholeNumber(1, 3_650), weekly: wholeNumber(0, 520) }, mapping),
        folder: text,
      },
      mapping,
    ),
    promotion: v.picklist(
      ["auto", "evidence", "shadow", "manual"],
      'must be "auto", "evidence", "shadow" or "manual"',
    ),
  },
  mapping,
);

const options = recordOf(v.unknown(), mapping);

/** The key in which Kedro-Viz expects the layer of a dataset; keys of other tools are not checked. */
const metadata = v.looseObject(
  { "kedro-viz": v.optional(v.looseObject({ layer: v.optional(text) }, mapping)) },
  mapping,
);

/** The keys that every dataset may have. Options of a type are checked against its own list, and by its factory. */
const datasetSchema = v.looseObject(
  {
    type: text,
    filepath: v.optional(text),
    versioned: v.optional(v.boolean("must be true or false")),
    retain: v.optional(wholeNumber(1, 1_000_000)),
    validator: v.optional(text),
    load_args: v.optional(options),
    save_args: v.optional(options),
    credentials: v.optional(text),
    metadata: v.optional(metadata),
  },
  mapping,
);

/** The entries of catalog.yml by name. */
export const catalogSchema = recordOf(datasetSchema, mapping);

type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;

/** The validated built-in parameters. */
export type Parameters = Frozen<v.InferOutput<typeof parametersSchema>>;
/** The validated server settings. */
export type ServerConfig = Frozen<v.InferOutput<typeof serverSchema>>;
/** `log` of server.yml. */
export type LogConfig = ServerConfig["log"];
/** The validated catalog entries by name. */
export type CatalogConfig = Readonly<Record<string, v.InferOutput<typeof datasetSchema>>>;
