import type { Divergence, DriftCheck } from "../../../domain/monitoring/drift.ts";
import type {
  CountsBucket,
  DriftWindow,
  HourCounts,
  LabelBucket,
  LabelCell,
  MemoryCell,
  MonitorStore,
  WriterCell,
} from "../../../domain/monitoring/monitor-store.ts";
import type { ModelReference } from "../../../domain/monitoring/reference.ts";
import type { BucketRange } from "../../../domain/monitoring/windows.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Connection } from "../../connection.ts";
import { addToBuckets, countsIn, pruneBuckets } from "./buckets.ts";
import { addToWindows, closeWindow, openWindow, windowChecks } from "./drift-windows.ts";
import { labelBuckets, labelCells, memoryCell, writerCells } from "./labels.ts";
import { putReference, storedReference } from "./references.ts";

/** The tables of monitoring; what each holds is in the files beside this one. */
export class SqliteMonitoring implements MonitorStore {
  readonly #connection: Connection;
  readonly #clock: Clock;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  async add(hours: readonly HourCounts[]): Promise<void> {
    if (hours.length === 0) return;
    const now = this.#clock.now().toISOString();
    await this.#connection.write("store the counts of predictions", (database) => {
      addToBuckets(database, hours);
      addToWindows(database, hours, now);
    });
  }

  async counts(range: BucketRange): Promise<CountsBucket[]> {
    return this.#connection.read("read the counts of predictions", (database) => countsIn(database, range));
  }

  async labels(range: BucketRange): Promise<LabelCell[]> {
    return this.#connection.read("read the counts of labels", (database) => labelCells(database, range));
  }

  async labelBuckets(range: BucketRange): Promise<LabelBucket[]> {
    return this.#connection.read("read the counts of labels", (database) => labelBuckets(database, range));
  }

  async writers(range: BucketRange, limit: number): Promise<WriterCell[]> {
    return this.#connection.read("read the counts of labels", (database) =>
      writerCells(database, range, limit),
    );
  }

  async withMemory(range: BucketRange): Promise<MemoryCell> {
    return this.#connection.read("read the counts of labels", (database) => memoryCell(database, range));
  }

  async prune(before: { hour: string; day: string }): Promise<void> {
    await this.#connection.write("remove old counts", (database) => pruneBuckets(database, before));
  }

  async reference(modelVersion: number): Promise<ModelReference | null> {
    return this.#connection.read("read a model's reference", (database) =>
      storedReference(database, modelVersion),
    );
  }

  async putReference(reference: ModelReference): Promise<void> {
    await this.#connection.write("store a model's reference", (database) =>
      putReference(database, reference),
    );
  }

  async driftWindow(modelVersion: number): Promise<DriftWindow | null> {
    return this.#connection.read("read the drift window", (database) => openWindow(database, modelVersion));
  }

  async closeDriftWindow(id: number, divergences: readonly Divergence[]): Promise<void> {
    await this.#connection.write("store a drift check", (database) => closeWindow(database, id, divergences));
  }

  async driftChecks(modelVersion: number, limit: number): Promise<DriftCheck[]> {
    return this.#connection.read("read the drift checks", (database) =>
      windowChecks(database, modelVersion, limit),
    );
  }
}
