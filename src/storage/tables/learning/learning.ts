import type {
  EvaluatedVersion,
  LearningStore,
  PersonAnswers,
} from "../../../domain/learning/learning-store.ts";
import type { Connection } from "../../connection.ts";
import { evaluatedVersions } from "./evaluated-versions.ts";
import { personAnswers } from "./person-answers.ts";

/** Reads of `models`, `run_data` and `samples`; it has no table of its own. */
export class SqliteLearning implements LearningStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async evaluated(limit: number): Promise<EvaluatedVersion[]> {
    return this.#connection.read("read the evaluations", (database) => evaluatedVersions(database, limit));
  }

  async person(writer: string, limit: number): Promise<PersonAnswers> {
    return this.#connection.read("read a writer's predictions", (database) =>
      personAnswers(database, writer, limit),
    );
  }
}
