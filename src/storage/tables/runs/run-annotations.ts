import type { Database } from "bun:sqlite";
import { type Actor, decodeActor, encodeActor } from "../../../domain/actor.ts";
import {
  ANNOTATION_LIMITS,
  type AnnotationChange,
  checkedTag,
  type RunAnnotations,
} from "../../../domain/runs/run-annotations.ts";
import type { Clock } from "../../../lib/clock.ts";
import { InputError, NotFoundError } from "../../../lib/errors.ts";
import { saying } from "../../../lib/saying.ts";
import type { Connection } from "../../connection.ts";

interface TagRow {
  run_id: string;
  tag: string;
  at: string;
  actor: string;
}
interface NoteRow {
  run_id: string;
  note: string;
  at: string;
  actor: string;
}

/** The tables `run_tags` and `run_notes`. */
export class RunAnnotationsTable {
  readonly #connection: Connection;
  readonly #clock: Clock;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  /** Returns those of these runs, in the same order; a run without any has empty ones. */
  of(ids: readonly string[]): RunAnnotations[] {
    return this.#connection.read("read the notes of runs", (database) => read(database, ids));
  }

  /** @throws NotFoundError when there is no such run; InputError for a tag or a note that is too long, or too many tags. */
  change(id: string, change: AnnotationChange, actor: Actor): Promise<RunAnnotations> {
    const { note, addTags = [], removeTags = [] } = change;
    const tags = addTags.map(checkedTag);
    const text = note === undefined ? undefined : (note ?? "").trim();
    if (text !== undefined && [...text].length > ANNOTATION_LIMITS.noteLength) throw longNote(text);
    const at = this.#clock.now().toISOString();
    const by = encodeActor(actor);
    return this.#connection.write("annotate a run", (database) => {
      if (database.query("SELECT 1 FROM runs WHERE id = $id").get({ id }) === null)
        throw new NotFoundError(`There is no run ${id}`, { says: saying("noRun", { runId: id }) });
      for (const tag of removeTags)
        database.query("DELETE FROM run_tags WHERE run_id = $id AND tag = $tag").run({ id, tag: tag.trim() });
      for (const tag of tags)
        database
          .query("INSERT OR IGNORE INTO run_tags (run_id, tag, at, actor) VALUES ($id, $tag, $at, $by)")
          .run({ id, tag, at, by });
      if (text === "") database.query("DELETE FROM run_notes WHERE run_id = $id").run({ id });
      else if (text !== undefined) putNote(database, { id, text, at, by });
      const [changed] = read(database, [id]);
      if (changed!.tags.length > ANNOTATION_LIMITS.tags) throw manyTags(changed!.tags.length);
      return changed!;
    });
  }
}

/** A note that is stored again unchanged keeps who wrote it, and when. */
function putNote(database: Database, note: { id: string; text: string; at: string; by: string }): void {
  database
    .query(
      `INSERT INTO run_notes (run_id, note, at, actor) VALUES ($id, $text, $at, $by)
       ON CONFLICT (run_id) DO UPDATE SET note = excluded.note, at = excluded.at, actor = excluded.actor
       WHERE note <> excluded.note`,
    )
    .run({ ...note });
}

function read(database: Database, ids: readonly string[]): RunAnnotations[] {
  const given = { ids: JSON.stringify(ids) };
  const tags = database
    .query<TagRow, { ids: string }>(
      "SELECT * FROM run_tags WHERE run_id IN (SELECT value FROM json_each($ids)) ORDER BY tag",
    )
    .all(given);
  const notes = database
    .query<NoteRow, { ids: string }>(
      "SELECT * FROM run_notes WHERE run_id IN (SELECT value FROM json_each($ids))",
    )
    .all(given);
  return ids.map((runId) => {
    const note = notes.find((row) => row.run_id === runId);
    return {
      runId,
      tags: tags
        .filter((row) => row.run_id === runId)
        .map(({ tag, at, actor }) => ({ tag, at, by: decodeActor(actor) })),
      note: note === undefined ? null : { text: note.note, at: note.at, by: decodeActor(note.actor) },
    };
  });
}

function longNote(text: string): InputError {
  const figures = { max: ANNOTATION_LIMITS.noteLength, found: [...text].length };
  return new InputError(`Expected a note of at most ${figures.max} characters, found ${figures.found}`, {
    says: saying("runNote", figures),
  });
}

function manyTags(found: number): InputError {
  const figures = { max: ANNOTATION_LIMITS.tags, found };
  return new InputError(`A run has at most ${figures.max} tags, and would have ${found}. Remove some first`, {
    says: saying("runTags", figures),
  });
}
