export interface GateRecord {
  passed: boolean;
  checks: GateCheck[];
}

export interface GateCheck {
  name: string;
  passed: boolean;
  /** One line in words, with its figures. */
  detail: string;
  /** The same as data, for pages in other languages; older records have none. */
  says?: GateSaying;
}

/** Which sentence, and what is filled in: shares 0..1, counts, and names of classes. */
export interface GateSaying {
  key: string;
  figures: Readonly<Record<string, number | string>>;
}
