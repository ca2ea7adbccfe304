/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { RUN_STATUSES, type RunStatus } from "../../../src/domain/runs/run.ts";
import { RUN_SORTS, type RunSort } from "../../../src/domain/runs/run-annotations.ts";
import type { Text } from "../../i18n/text.ts";
import { RUN_STATUS_WORDS } from "./run-words.ts";

/** The restrictions of a list of runs, and its order. */
export interface RunsQuery {
  search: string;
  /** Null for any. */
  tag: string | null;
  status: RunStatus | null;
  sort: RunSort;
}

/** The filter of the list of runs. */
export interface RunsFilterProps {
  text: Text;
  query: RunsQuery;
  /** The most frequent tags. */
  tags: readonly string[];
}

/** The address of a list of runs. @param cursor of an older page. */
export function runsHref({ search, tag, status, sort }: RunsQuery, cursor: string | null = null): string {
  const params = new URLSearchParams();
  if (search !== "") params.set("search", search);
  if (tag !== null) params.set("tag", tag);
  if (status !== null) params.set("status", status);
  if (sort !== "newest") params.set("sort", sort);
  if (cursor !== null) params.set("cursor", cursor);
  return params.size === 0 ? "/runs" : `/runs?${params}`;
}

/** Finds and sorts runs: a form that works without script. */
export function RunsFilter({ text: { t }, query, tags }: RunsFilterProps) {
  const { search, tag, status, sort } = query;
  return (
    <search class="sheet stack">
      <form class="inline-form" method="get" action="/runs">
        {tag === null ? null : <input type="hidden" name="tag" value={tag} />}
        <div class="field runs-search">
          <label for="runs-search">{t("runs.search")}</label>
          <input
            id="runs-search"
            type="search"
            name="search"
            value={search}
            placeholder={t("runs.searchHint")}
            maxlength={200}
            autocomplete="off"
            spellcheck={false}
          />
        </div>
        <div class="field">
          <label for="runs-status">{t("runs.column.status")}</label>
          <select id="runs-status" name="status">
            <option value="">{t("runs.anyStatus")}</option>
            {RUN_STATUSES.map((one) => (
              <option value={one} selected={one === status}>
                {t(RUN_STATUS_WORDS[one])}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="runs-sort">{t("runs.sort")}</label>
          <select id="runs-sort" name="sort">
            {RUN_SORTS.map((one) => (
              <option value={one} selected={one === sort}>
                {t(`runs.sort.${one}`)}
              </option>
            ))}
          </select>
        </div>
        <button class="button" type="submit">
          {t("runs.find")}
        </button>
        {runsHref(query) === "/runs" ? null : (
          <a class="button" href="/runs">
            {t("runs.showAll")}
          </a>
        )}
      </form>
      {tags.length === 0 ? null : (
        <nav class="g-filter" aria-label={t("runs.tags")}>
          {tags.map((one) => (
            <a
              class={one === tag ? "chip is-on" : "chip"}
              href={runsHref({ ...query, tag: one === tag ? null : one })}
              aria-current={one === tag ? "true" : undefined}
            >
              #{one}
            </a>
          ))}
        </nav>
      )}
    </search>
  );
}
