/** Where a command writes: results to `out`, messages for people to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Whether `err` is a terminal, so that a progress bar makes sense. */
  isInteractive: boolean;
  /**
   * Waits until `out` can take more, so that a long result is never held in memory.
   * @returns false when no one reads `out` any more, as after `| head`: the rest need not be computed.
   */
  canTakeMore?(): Promise<boolean>;
}
