import type { Database } from "bun:sqlite";
import type { Actor } from "../../domain/actor.ts";
import { RecentKeys } from "../../domain/limits/recent-keys.ts";
import type {
  NewSample,
  RenderedImage,
  Sample,
  SampleState,
  Split,
  StoredDrawing,
} from "../../domain/sample.ts";
import type { IN_REVIEW, ReviewCounts, ReviewQuery, ScreeningMark } from "../../domain/samples/review.ts";
import type {
  ImportConflict,
  ImportOutcome,
  ImportSample,
  OnConflict,
} from "../../domain/samples/sample-import.ts";
import type { SampleQuery } from "../../domain/samples/sheet/sample-filter.ts";
import type { SampleStore } from "../../domain/store.ts";
import type { Clock } from "../../lib/clock.ts";
import { ConflictError, InputError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import type { Connection } from "../connection.ts";
import { pageOf } from "../paging.ts";
import type { RawRow } from "../row.ts";
import { isForgotten } from "./lineage/forgotten-drawings.ts";
import { addChange } from "./lineage/sample-changes.ts";
import { conflictOf, importRow } from "./sample-import.ts";
import { encodeInk, type SampleInserter } from "./sample-insert.ts";
import { listClauses } from "./sample-list.ts";
import { countAfter, countChanged, firstAfter } from "./sample-news.ts";
import { iterateSamples } from "./sample-pages.ts";
import { outdatedDrawings, putImages } from "./sample-render.ts";
import {
  confirmOne,
  confirmSome,
  countReviews,
  putMarks,
  rejectSome,
  requireUnpinned,
  reviewAgain,
  reviewPage,
} from "./sample-reviews.ts";
import { sampleFromRow } from "./sample-row.ts";
import { sampleStats } from "./sample-stats.ts";
import { findByKey, findImageTwin, findTwin, repeatOf, requireSameLabel } from "./sample-twin.ts";
import { countIn } from "./sheet/actions.ts";

/** Marks written in one transaction: its length decides how long a label waits. */
const MARKS_AT_ONCE = 2_000;

/** The labelled samples of a split that are used for training or evaluation. */
const USED = `INDEXED BY samples_by_state WHERE state = 'labelled' AND split = $split
  AND (review IS NULL OR review IN ('passed', 'confirmed') OR (review = 'suspect' AND split = 'holdout'))`;

/** How many deleted labels are remembered by their idempotency keys, and for how long. */
const UNDONE = { max: 10_000, keepMs: 60 * 60 * 1000 };

/** The table `samples`. */
export class SqliteSamples implements SampleStore {
  readonly #inserter: SampleInserter;
  readonly #connection: Connection;
  readonly #clock: Clock;
  /**
   * Idempotency keys of deleted samples. In memory only: a request that is on its way does not outlive the server.
   */
  readonly #undone: RecentKeys<true>;
  /** Number of changes by this process. */
  #changes = 0;

  constructor(connection: Connection, clock: Clock, inserter: SampleInserter) {
    this.#connection = connection;
    this.#clock = clock;
    this.#undone = new RecentKeys(clock, UNDONE);
    this.#inserter = inserter;
  }

  async insert(sample: NewSample, idempotencyKey?: string): Promise<{ sample: Sample; isNew: boolean }> {
    const ink = encodeInk(sample);
    const repeat = idempotencyKey === undefined ? null : repeatOf(sample, idempotencyKey);
    return this.#connection.write("store a sample", (database) => {
      if (idempotencyKey !== undefined && this.#undone.get(idempotencyKey)) throw undone();
      const repeated = repeat === null ? null : findByKey(database, repeat);
      if (repeated !== null) return { sample: repeated, isNew: false };
      if (isForgotten(database, ink.identity)) throw forgotten();
      const twin = findTwin(database, ink);
      if (twin !== null) requireSameLabel(twin, sample);
      const known = twin ?? findImageTwin(database, ink, sample.label);
      // An image that is equal by chance refuses nobody's label: only with the same one is it the same drawing.
      if (known !== null && known.label === sample.label) return { sample: known, isNew: false };
      return { sample: this.#inserter.insert(database, sample, ink, repeat), isNew: true };
    });
  }

  async insertMany(
    samples: readonly ImportSample[],
    onConflict: OnConflict = "fail",
    action?: number,
  ): Promise<ImportOutcome[]> {
    const now = this.#clock.now().toISOString();
    return this.#connection.write("store the samples", (database) => {
      const by = { onConflict, now, action: action ?? null };
      const outcomes = samples.map((sample) => importRow(database, this.#inserter, sample, by));
      if (action !== undefined) countIn(database, action, outcomes.filter(isChange).length);
      return outcomes;
    });
  }

  async conflicts(samples: readonly ImportSample[]): Promise<(ImportConflict | null)[]> {
    return this.#connection.read("compare the samples", (database) =>
      samples.map((sample) => conflictOf(database, sample)),
    );
  }

  async get(id: string): Promise<Sample | null> {
    return this.#select("WHERE id = $id", { id })[0] ?? null;
  }

  async list(query: SampleQuery): Promise<{ samples: Sample[]; nextCursor: string | null }> {
    const { clauses, values, limit } = listClauses(query);
    const { page, nextCursor } = pageOf(this.#select(clauses, values), limit);
    return { samples: page, nextCursor };
  }

  async update(
    id: string,
    change: { label?: string; state?: SampleState },
    actor: Actor,
  ): Promise<Sample | null> {
    this.#changes++;
    return this.#connection.write("change a sample", (database) => {
      const raw = database.query<RawRow, { id: string }>("SELECT * FROM samples WHERE id = $id").get({ id });
      if (raw === null) return null;
      const updatedAt = this.#clock.now().toISOString();
      const before = sampleFromRow(raw);
      requireUnpinned(before);
      const sample = { ...changed(before, change), updatedAt };
      const { label, state } = sample;
      // A label that changes is screened again.
      const review = label === before.label && state === before.state ? before.review.state : null;
      database
        .query(
          "UPDATE samples SET label = $label, state = $state, review = $review, updated_at = $updatedAt WHERE id = $id",
        )
        .run({ id, label, state, review, updatedAt });
      if (label !== before.label || state !== before.state)
        addChange(database, { sampleId: id, at: updatedAt, actor, from: before, to: sample });
      return {
        ...sample,
        review: { ...before.review, state: review, ...(review === null && { by: null, leftBy: null }) },
      };
    });
  }

  async delete(id: string, actor: Actor): Promise<boolean> {
    return this.#connection.write("delete a sample", (database) => {
      const raw = database.query<RawRow, { id: string }>("SELECT * FROM samples WHERE id = $id").get({ id });
      if (raw === null) return false;
      const before = sampleFromRow(raw);
      requireUnpinned(before);
      database.query("DELETE FROM samples WHERE id = $id").run({ id });
      // A request that stores the same label may still be on its way, from another tab.
      const { idempotency_key: key } = raw;
      if (typeof key === "string") this.#undone.add(key, true);
      const at = this.#clock.now().toISOString();
      addChange(database, { sampleId: id, at, actor, from: before });
      return true;
    });
  }

  async all(split: Split): Promise<Sample[]> {
    return this.#select(`${USED} ORDER BY id`, { split });
  }

  async hasTrainable(): Promise<boolean> {
    return this.#select(`${USED} LIMIT 1`, { split: "train" }).length > 0;
  }

  async negatives(split: Split): Promise<Sample[]> {
    return this.#select(
      "INDEXED BY samples_by_state WHERE state = 'negative' AND split = $split ORDER BY id",
      { split },
    );
  }

  async pinned(): Promise<Sample[]> {
    return this.#select(
      `INDEXED BY samples_in_review WHERE review = 'pinned' AND review IN ('suspect', 'held', 'pinned')
         AND state = 'labelled' ORDER BY id`,
      {},
    );
  }

  async pin(id: string, isPinned: boolean): Promise<Sample | null> {
    this.#changes++;
    return this.#connection.write("pin a sample", (database) => {
      const raw = database.query<RawRow, { id: string }>("SELECT * FROM samples WHERE id = $id").get({ id });
      if (raw === null) return null;
      const sample = sampleFromRow(raw);
      if (isPinned && sample.state !== "labelled") {
        throw new ConflictError(
          `Sample ${id} cannot be pinned: only a labelled drawing can be, and this one is ${sample.state}`,
        );
      }
      const state = isPinned ? "pinned" : sample.review.state === "pinned" ? null : sample.review.state;
      database.query("UPDATE samples SET review = $state WHERE id = $id").run({ id, state });
      return { ...sample, review: { ...sample.review, state, ...(isPinned && { by: null, leftBy: null }) } };
    });
  }

  async putMarks(runId: string, marks: readonly ScreeningMark[]): Promise<void> {
    this.#changes++;
    for (let from = 0; from < marks.length; from += MARKS_AT_ONCE) {
      await this.#connection.write("store the screening", (database) =>
        putMarks(database, runId, marks.slice(from, from + MARKS_AT_ONCE)),
      );
    }
  }

  async inReview(query: ReviewQuery): Promise<{ samples: Sample[]; nextCursor: string | null }> {
    return this.#connection.read("read the labels in review", (database) => reviewPage(database, query));
  }

  async reviewCounts(): Promise<ReviewCounts> {
    return this.#connection.read("count the labels in review", countReviews);
  }

  async confirm(which: { id: string } | { runId: string }): Promise<number> {
    this.#changes++;
    if ("id" in which) {
      return this.#connection.write("confirm a label", (database) => confirmOne(database, which.id));
    }
    return this.#inParts("confirm labels", (database, limit) => confirmSome(database, which.runId, limit));
  }

  async reviewAgain(
    id: string,
    before: { label: string; state: (typeof IN_REVIEW)[number] },
    actor: Actor,
  ): Promise<Sample | null> {
    this.#changes++;
    const now = this.#clock.now().toISOString();
    return this.#connection.write("undo a review", (database) =>
      reviewAgain(database, id, before, { now, actor }),
    );
  }

  async rejectHeld(runId: string, actor: Actor): Promise<number> {
    this.#changes++;
    const now = this.#clock.now().toISOString();
    return this.#inParts("withdraw labels", (database, limit) =>
      rejectSome(database, runId, { now, actor }, limit),
    );
  }

  /** Changes a batch in transactions of bounded length, until one changes nothing. @returns the number of changes. */
  async #inParts(what: string, change: (database: Database, limit: number) => number): Promise<number> {
    let total = 0;
    for (;;) {
      const changed = await this.#connection.write(what, (database) => change(database, MARKS_AT_ONCE));
      if (changed === 0) return total;
      total += changed;
    }
  }

  async pageAfter(id: string | null, limit: number): Promise<Sample[]> {
    return this.#select("WHERE id > $after ORDER BY id LIMIT $limit", { after: id ?? "", limit });
  }

  iterate(): AsyncIterable<Sample> {
    return iterateSamples(this);
  }

  async outdated(preprocessing: number, limit: number): Promise<StoredDrawing[]> {
    return this.#connection.read("read the samples", (database) =>
      outdatedDrawings(database, preprocessing, limit),
    );
  }

  async putImages(images: readonly RenderedImage[], preprocessing: number): Promise<void> {
    await this.#connection.write("replace the images", (database) =>
      putImages(database, images, preprocessing),
    );
  }

  async stats() {
    return this.#connection.read("count the samples", sampleStats);
  }

  async countAfter(arrival: string | null): Promise<number> {
    return this.#connection.read("count the samples", (database) => countAfter(database, arrival));
  }

  async firstAfter(arrival: string | null) {
    return this.#connection.read("find the oldest new sample", (database) => firstAfter(database, arrival));
  }

  async countChanged(query: { arrival: string; since: string; until: string }): Promise<number> {
    return this.#connection.read("count the changed samples", (database) => countChanged(database, query));
  }

  async latestId(): Promise<string | null> {
    const row = this.#connection.read("find the newest sample", (database) =>
      database.query<{ id: string | null }, []>("SELECT max(arrival) AS id FROM samples").get(),
    );
    return row?.id ?? null;
  }

  async revision(): Promise<string> {
    const row = this.#connection.read("find the newest sample", (database) =>
      database
        .query<{ n: number; id: string | null; opinion: number | null }, []>(
          `SELECT count(*) AS n, max(arrival) AS id, (SELECT max(id) FROM label_opinions) AS opinion FROM samples`,
        )
        .get(),
    );
    return `${row?.n} ${row?.id} ${row?.opinion} ${this.#changes}`;
  }

  #select(clauses: string, values: Record<string, string | number>): Sample[] {
    return this.#connection.read("read the samples", (database) =>
      database
        .query<RawRow, [Record<string, string | number>]>(`SELECT * FROM samples ${clauses}`)
        .all(values)
        .map(sampleFromRow),
    );
  }
}

function isChange({ result }: ImportOutcome): boolean {
  return result === "imported" || result === "replaced";
}

function undone(): ConflictError {
  return new ConflictError("This label was undone, so it is not stored. Label the drawing again", {
    says: saying("sample.wasUndone"),
  });
}

function forgotten(): ConflictError {
  return new ConflictError(
    "This drawing was forgotten at its writer's request, and is not stored again. Draw it again to label it",
    { says: saying("forgottenDrawing") },
  );
}

/** Returns the sample with its label and state changed, by the rules of `SampleStore.update`. */
function changed(sample: Sample, change: { label?: string; state?: SampleState }): Sample {
  if (change.state === "negative") {
    if (change.label === undefined) return { ...sample, label: null, state: "negative" };
    throw new InputError(
      `state: a drawing of none of the classes must not have a label, found "${change.label}"`,
      { says: saying("sample.negativeLabel", { label: change.label }) },
    );
  }
  const label = change.label ?? sample.label;
  const relabelled = sample.state === "negative" && change.label !== undefined ? "labelled" : sample.state;
  const state = change.state ?? relabelled;
  if (state === "labelled" && label === null) {
    throw new ConflictError(
      "label: this drawing is of none of the classes. Set a label together with the state",
      { says: saying("sample.needsLabel") },
    );
  }
  return { ...sample, label, state };
}
