/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import type { NoticeProps } from "../../../../views/fragments/notice.tsx";
import { TrialsPage } from "../../../../views/pages/trials.tsx";
import { CHAMPION } from "../../../domain/deployment.ts";
import { MAX_REPLAY } from "../../../domain/trials/replay.ts";
import { NotFoundError, TegakiError } from "../../../lib/errors.ts";
import { startTrial, stopTrial } from "../../../trials/start-trial.ts";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { formFields } from "../../middleware/form.ts";
import { errorWords } from "../failures.ts";
import { pageProps, readerText } from "../reader.ts";

/** Ended trials on a page. */
const PAGE = 20;
/** Versions that the forms offer. */
const MAX_VERSIONS = 50;
const WHOLE = /^[1-9]\d{0,8}$/;

/** `/models/trials`: current and past trials, and replays. */
export function createTrialsRoutes(deps: AppDeps): Hono {
  return new Hono()
    .get("/", async (c) => c.html(await page(c, deps, null)))
    .post("/start", async (c) => {
      const { version } = await formFields(c);
      return act(c, deps, () =>
        startTrial(deps.store, {
          ...{ version: wholeOf(version), actor: actorOf(c) },
          ...{ reason: "started on the page", rules: deps.trials.rules() },
        }),
      );
    })
    .post("/replay", async (c) => {
      const { version, last } = await formFields(c);
      const n = wholeOf(last);
      if (n < 1 || n > MAX_REPLAY) {
        const message = readerText(c).t("replay.lastInvalid", { max: MAX_REPLAY });
        return c.html(await page(c, deps, { kind: "problem", message }), 422);
      }
      return act(c, deps, () => deps.trials.replays.start(wholeOf(version), n));
    })
    .post("/:id{[1-9][0-9]{0,8}}/stop", async (c) => {
      await formFields(c);
      return act(c, deps, () => stopTrial(deps.store, Number(c.req.param("id")), actorOf(c)));
    });
}

/** Acts and shows the page again; an error written for people is shown on it. */
async function act(c: Context, deps: AppDeps, action: () => Promise<unknown>): Promise<Response> {
  try {
    await action();
    return c.redirect("/models/trials", 303);
  } catch (error) {
    if (error instanceof NotFoundError || !(error instanceof TegakiError)) throw error;
    return c.html(await page(c, deps, { kind: "problem", message: errorWords(readerText(c), error) }), 409);
  }
}

async function page(c: Context, deps: AppDeps, notice: NoticeProps | null): Promise<string> {
  const before = c.req.query("before");
  const [live, versions] = await Promise.all([
    trialsLiveProps(deps, before !== undefined && WHOLE.test(before) ? Number(before) : null),
    versionsOf(deps),
  ]);
  const props = { ...pageProps(c, deps.version), path: "/models/trials", live, versions, notice };
  return `<!doctype html>${await TrialsPage(props)}`;
}

/** The props of the part that changes. @param before the trial before which the page of ended ones starts. */
export async function trialsLiveProps({ store, trials }: AppDeps, before: number | null = null) {
  const open = await store.trials.open();
  const listed = await store.trials.list({
    limit: PAGE + open.length + 1,
    ...(before === null ? {} : { before }),
  });
  const ended = listed.filter(({ state }) => state === "ended");
  const past = ended.slice(0, PAGE);
  return {
    ...{ open, past, isNewest: before === null },
    olderHref: ended.length > PAGE ? `/models/trials?before=${past.at(-1)!.id}` : null,
    replays: trials.replays.list(),
    shadow: trials.counts(),
  };
}

async function versionsOf({ store }: AppDeps) {
  const [models, aliases] = await Promise.all([store.models.list(), store.models.aliases()]);
  const others = models.filter(({ version }) => version !== aliases[CHAMPION]).slice(0, MAX_VERSIONS);
  const working = others.filter(({ state }) => state !== "broken");
  const versions = (some: typeof others) => some.map(({ version }) => version);
  return { trial: versions(working.filter(({ state }) => state !== "rejected")), replay: versions(working) };
}

function wholeOf(value: string | undefined): number {
  return value !== undefined && WHOLE.test(value) ? Number(value) : 0;
}
