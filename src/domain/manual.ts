/** One page of the manual: a file of docs/, rendered to HTML when the executable is built. */
export interface ManualPage {
  /** The file's name without its ending; the page's address is /docs/NAME. */
  name: string;
  /** The first heading. */
  title: string;
  section: ManualSection;
  html: string;
  /** The headings of the second level, for the page's own contents. */
  headings: readonly { id: string; title: string }[];
}

/** The pages by section, in the order of the navigation. Each file of docs/ is in exactly one of them. */
export const MANUAL_SECTIONS = {
  using: [
    "draw",
    "first-model",
    "personal",
    "samples",
    "review",
    "labelling",
    "agreement",
    "learning",
    "lineage",
    "retention",
    "files",
  ],
  running: ["configuration", "settings", "scheduler", "runs", "gate", "trials", "registry", "monitoring"],
  operating: [
    ...(["people", "security", "operations", "deploy", "backup"] as const),
    ...(["reliability", "logging", "webhooks", "rules"] as const),
  ],
  pipelines: ["pipelines", "from-kedro"],
  developing: ["development", "architecture", "benchmarks", "dependencies", "glossary"],
} as const;

/** A section of the manual. */
export type ManualSection = keyof typeof MANUAL_SECTIONS;

/** Returns the section of a page: the last one for a page that the table lacks, which a test refuses. */
export function manualSectionOf(name: string): ManualSection {
  const found = Object.entries(MANUAL_SECTIONS).find(([, names]) => names.some((one) => one === name));
  return (found?.[0] as ManualSection | undefined) ?? "developing";
}
