/** Where a command writes: results to `out`, messages for people to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Whether `err` is a terminal, so that a progress bar makes sense. */
  isInteractive: boolean;
}
