/** How to read a catalog entry of another tool's type as an entry of ours. Keys are paths: `load_args.sep`. */
export interface TypeAlias {
  /** Our type. */
  readonly type: string;
  /** Keys that are spelled differently, with ours. */
  readonly renamed: Readonly<Record<string, string>>;
  /** Keys without an effect here, with the values for which that is so. Any other value would change the data. */
  readonly harmless: Readonly<Record<string, readonly unknown[] | "any">>;
  /** Keys that are left out; `note` says so. */
  readonly dropped: readonly string[];
  /** Keys of ours to add. */
  readonly added: Readonly<Record<string, string>>;
  /** The only ending of `filepath` that keeps its meaning; any by default. */
  readonly suffix?: string;
  /** A difference that the user should know: it continues the type's name. */
  readonly note?: string;
}

/** Returns the alias that the type of a dataset is, or why that is refused; null for any other type. */
export type AliasOf = (dataset: string, type: string) => TypeAlias | { refusal: string } | null;
