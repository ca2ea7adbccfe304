import type { Database } from "bun:sqlite";
import type { CheckSource } from "../../../domain/queue/check-source.ts";
import type { Decision, NextQuestions, Question, QueueAnswer } from "../../../domain/queue/question.ts";
import type { AddOutcome, NewQueueDrawing, QueueDrawing } from "../../../domain/queue/queue-drawing.ts";
import type {
  AnswerBy,
  QueueCounts,
  QueueImage,
  QueueQuery,
  QueueRanking,
  QueueStore,
} from "../../../domain/queue/queue-store.ts";
import type { DrawingScores } from "../../../domain/queue/scores.ts";
import type { RenderedImage, StoredDrawing } from "../../../domain/sample.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Connection } from "../../connection.ts";
import type { SampleInserter } from "../sample-insert.ts";
import { outdatedDrawings, putImages } from "../sample-render.ts";
import { countIn } from "../sheet/actions.ts";
import { decide } from "./decisions.ts";
import { addDrawing } from "./pool.ts";
import { countPool, listPool, pageAfter } from "./pool-list.ts";
import {
  addSkip,
  askCheck,
  askDrawing,
  findQuestion,
  freeDrawings,
  loadQuestion,
  renew,
  samplesWithout,
} from "./questions.ts";
import { drawSome, findRanking, imagesOf, putRanking } from "./ranking.ts";
import { putScores, unscored } from "./scoring.ts";
import { undoDecision } from "./undo-decision.ts";

/** The tables `queue_drawings`, `queue_questions`, `queue_skips` and `queue_decisions`. */
export class SqliteQueue implements QueueStore {
  readonly #connection: Connection;
  readonly #clock: Clock;
  readonly #inserter: SampleInserter;
  readonly #checks: CheckSource<Database>;

  /** @param checks chooses samples to put between the drawings without a label. */
  constructor(connection: Connection, clock: Clock, inserter: SampleInserter, checks: CheckSource<Database>) {
    this.#connection = connection;
    this.#clock = clock;
    this.#inserter = inserter;
    this.#checks = checks;
  }

  async add(drawings: readonly NewQueueDrawing[], action?: number): Promise<AddOutcome[]> {
    return this.#connection.write("store the drawings", (database) => {
      const outcomes = drawings.map((drawing) => addDrawing(database, this.#clock, drawing, action ?? null));
      const added = outcomes.filter(({ result }) => result === "added").length;
      if (action !== undefined) countIn(database, action, added);
      return outcomes;
    });
  }

  async next(query: NextQuestions) {
    const now = this.#clock.now();
    const nowMs = now.getTime();
    return this.#connection.writeWithoutSync("find the next drawings", (database) => {
      renew(database, query, nowMs);
      const questions = this.#ask(database, query, now).flatMap((id) => loadQuestion(database, id) ?? []);
      return { questions, left: countPool(database, nowMs) };
    });
  }

  async answer(
    questionId: string,
    answer: QueueAnswer,
    by: AnswerBy,
  ): Promise<{ decision: Decision; isNew: boolean }> {
    const deciding = { inserter: this.#inserter, checks: this.#checks, now: this.#clock.now() };
    return this.#connection.write("store an answer", (database) =>
      decide(database, questionId, answer, by, deciding),
    );
  }

  async skip(questionId: string, labeller: string): Promise<void> {
    await this.#connection.write("skip a drawing", (database) => {
      const question = findQuestion(database, questionId);
      if (question === null) return;
      addSkip(database, labeller, question.itemId);
      endLeases(database, labeller, [questionId]);
    });
  }

  async undo(decisionId: string, by: AnswerBy, leaseMs: number): Promise<Question> {
    const now = this.#clock.now();
    return this.#connection.write("undo a decision", (database) => {
      const id = undoDecision(database, decisionId, by, leaseMs, { checks: this.#checks, now });
      return loadQuestion(database, id)!;
    });
  }

  async release(labeller: string, questionIds: readonly string[]): Promise<void> {
    await this.#connection.writeWithoutSync("release drawings", (database) =>
      endLeases(database, labeller, questionIds),
    );
  }

  async toScore(query: { live: number; compared: number | null; limit: number }): Promise<QueueImage[]> {
    return this.#connection.read("find what is not scored", (database) => unscored(database, query));
  }

  async putScores(scored: readonly { id: string; scores: DrawingScores }[]): Promise<void> {
    await this.#connection.writeWithoutSync("store the scores", (database) => putScores(database, scored));
  }

  async draw(seed: number, limit: number): Promise<string[]> {
    return this.#connection.read("choose drawings", (database) => drawSome(database, seed, limit));
  }

  async images(ids: readonly string[]): Promise<QueueImage[]> {
    return this.#connection.read("read the images", (database) => imagesOf(database, ids));
  }

  async putRanking(
    ids: readonly string[],
    ranking: Omit<QueueRanking, "at" | "left" | "ranked">,
  ): Promise<void> {
    const at = this.#clock.now().toISOString();
    await this.#connection.writeWithoutSync("store the order", (database) =>
      putRanking(database, ids, { ...ranking, at }),
    );
  }

  async ranking(): Promise<QueueRanking | null> {
    return this.#connection.read("read the order", findRanking);
  }

  async counts(): Promise<QueueCounts> {
    const nowMs = this.#clock.now().getTime();
    return this.#connection.read("count the drawings", (database) => ({
      ...countPool(database, nowMs),
      scoredBy: database
        .query<{ version: number; n: number }, []>(
          `SELECT version, count(*) AS n FROM queue_drawings
           WHERE discarded_at IS NULL AND version IS NOT NULL GROUP BY version ORDER BY version DESC`,
        )
        .all(),
    }));
  }

  async list(query: QueueQuery): Promise<{ drawings: QueueDrawing[]; nextCursor: string | null }> {
    return this.#connection.read("read the drawings", (database) => listPool(database, query));
  }

  async pageAfter(id: string | null, limit: number): Promise<QueueDrawing[]> {
    return this.#connection.read("read the drawings", (database) => pageAfter(database, id, limit));
  }

  async outdated(preprocessing: number, limit: number): Promise<StoredDrawing[]> {
    return this.#connection.read("read the drawings", (database) =>
      outdatedDrawings(database, preprocessing, limit, "queue_drawings"),
    );
  }

  async putImages(images: readonly RenderedImage[], preprocessing: number): Promise<void> {
    await this.#connection.write("replace the images", (database) => {
      putImages(database, images, preprocessing, "queue_drawings");
      const unscore = database.query("UPDATE queue_drawings SET version = NULL WHERE id = $id");
      for (const { id } of images) unscore.run({ id });
    });
  }

  /** Leases up to `n` questions more: drawings in their order, and checks in the places that the draws give them. */
  #ask(database: Database, query: NextQuestions, now: Date): string[] {
    const nowMs = now.getTime();
    const { labeller, shares } = query;
    const lease = { labeller, expiresMs: nowMs + query.leaseMs };
    const without = samplesWithout(database, labeller, nowMs);
    const places = query.draws.slice(0, query.n).map((draw) => {
      const check = this.#checks.next(database, { labeller, shares, draw, without, now: now.toISOString() });
      if (check === null || without.has(check.sampleId)) return null;
      without.add(check.sampleId);
      return check;
    });
    const drawings = freeDrawings(database, query, places.filter((place) => place === null).length, nowMs);
    return places.flatMap((check) => {
      if (check !== null) return askCheck(database, check, lease);
      const drawing = drawings.shift();
      return drawing === undefined ? [] : askDrawing(database, drawing, lease);
    });
  }
}

function endLeases(database: Database, labeller: string, questionIds: readonly string[]): void {
  const update = database.query(
    "UPDATE queue_questions SET expires_ms = 0 WHERE id = $id AND labeller = $labeller",
  );
  for (const id of questionIds) update.run({ id, labeller });
}
