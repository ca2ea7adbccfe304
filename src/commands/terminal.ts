/** Where a command writes: results to `out`, everything for a person's eyes to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** A progress bar makes sense: `err` is a terminal. */
  isInteractive: boolean;
}
