/** The result of one check of `tegaki doctor`. */
export interface Finding {
  /** Such as "disk". */
  check: string;
  /** `advice` is no problem yet. */
  status: "ok" | "advice" | "problem";
  message: string;
  /** The next step; null when there is none. */
  action: string | null;
}

/** Creates a check's findings. */
export function findings(check: string) {
  return {
    ok: (message: string): Finding => ({ check, status: "ok", message, action: null }),
    advice: (message: string, action: string): Finding => ({ check, status: "advice", message, action }),
    problem: (message: string, action: string): Finding => ({ check, status: "problem", message, action }),
  };
}
