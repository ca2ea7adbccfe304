/** Work that waits for a moment without requests. */
export interface IdleTurns {
  /** Notes that a request is being answered: work waits for its end, and for a quiet moment after it. */
  begin(): void;
  end(): void;
  /** @returns false when the queue is full, and the work is dropped. */
  add(work: () => void): boolean;
  /** As `add`, but the work is never dropped, comes first, and does not wait longer than `maxWaitMs`. */
  addUrgent(work: () => void): void;
  waiting(): number;
  close(): void;
}

/** The limits of the work. */
export interface IdleTurnsOptions {
  /** Without an answered request for so long, a piece of work runs. */
  quietMs: number;
  /** Works that may wait. */
  maxQueue: number;
  /** How long urgent work waits for a quiet moment. */
  maxWaitMs: number;
  nowMs?(): number;
}

/**
 * Runs works one at a time in quiet moments, with a quiet moment after each. The thread is shared with the requests: a
 * request that comes during a piece of work waits for its end.
 */
export function createIdleTurns({
  quietMs,
  maxQueue,
  maxWaitMs,
  nowMs = () => performance.now(),
}: IdleTurnsOptions): IdleTurns {
  const queue: (() => void)[] = [];
  const urgent: { work: () => void; dueMs: number }[] = [];
  let quietAtMs = 0;
  let answering = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function arm(): void {
    if (timer !== null || queue.length + urgent.length === 0) return;
    const dueMs = Math.min(quietAtMs, urgent[0]?.dueMs ?? Number.POSITIVE_INFINITY);
    timer = setTimeout(turn, Math.max(1, dueMs - nowMs()));
  }

  function disarm(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  function turn(): void {
    timer = null;
    const isDue = urgent[0] !== undefined && nowMs() >= urgent[0].dueMs;
    if ((answering === 0 && nowMs() >= quietAtMs) || isDue) {
      const work = urgent.shift()?.work ?? queue.shift();
      work?.();
      quietAtMs = nowMs() + quietMs;
    }
    arm();
  }

  return {
    begin() {
      answering++;
    },
    end() {
      answering--;
      quietAtMs = nowMs() + quietMs;
    },
    add(work) {
      if (queue.length >= maxQueue) return false;
      queue.push(work);
      arm();
      return true;
    },
    addUrgent(work) {
      urgent.push({ work, dueMs: nowMs() + maxWaitMs });
      // It may be due before the timer that runs.
      disarm();
      arm();
    },
    waiting: () => queue.length + urgent.length,
    close() {
      disarm();
      queue.length = 0;
      urgent.length = 0;
    },
  };
}
