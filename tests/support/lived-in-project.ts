import { emptyProject, type RunningServer, startServer, until } from "./executable.ts";
import { addPeople } from "./lived-in-people.ts";
import { type DoorPage, peopleOfProject } from "./people-of-project.ts";
import { handDrawing } from "./unseen-hands.ts";

/** A project on the executable that people have used: drawings by several, a trained model, runs of each outcome. */
export interface LivedInProject {
  /** Its folder. */
  dir: string;
  server: RunningServer;
  /** Paths of all pages, each once, with the ids of this project. */
  paths: string[];
  /** Pages that only a form leads to: where it is, and what is typed; "#" is another number each time. */
  forms: { path: string; fields: Readonly<Record<string, string>> }[];
  /** The report of a run: without scripts, not even those of a check. */
  reportPath: string;
  /** The pages by which people come in. */
  door: DoorPage[];
  stop(): Promise<void>;
}

/** The pages that show a link once. */
const FORMS: LivedInProject["forms"] = [
  { path: "/people", fields: { name: "Person #" } },
  { path: "/people/invitations", fields: { title: "Class 3b" } },
];

interface Run {
  id: string;
  status: string;
}

interface Questions {
  questions: { id: string; prediction: { label: string } | null }[];
}

/** Labels that are given; the tenth of each ten is of someone without a name. */
const LABELS = 120;
/** Drawings without a label, and answers of the label queue: about half are second opinions. */
const UNLABELLED = 60;
const ANSWERS = 100;
/** A label of these is wrong, so that some look suspect. */
const WRONG_EVERY = 17;
/** Drawings that have no label in the end. */
const LEFT_UNLABELLED = 24;

/** Starts the project and waits until its runs have ended. Takes about 15 seconds. */
export async function livedInProject(): Promise<LivedInProject> {
  const project = await emptyProject();
  const settings = {
    scheduler: { triggers: { new_samples: 1_000 } },
    labelling: { second_opinions: 0.5, known_answers: 0 },
  };
  await Bun.write(`${project.dir}/conf/local/server.yml`, JSON.stringify(settings));
  const door = await peopleOfProject(project.dir, () => server.url);
  const server = await startServer(project);
  const stop = async () => {
    await server.stop("SIGKILL");
    await project.remove();
  };
  try {
    const sampleId = await labelDrawings(server);
    await answerQuestions(server);
    const [trained, cancelled] = await runAll(server);
    await ended(server, await start(server, {}, "map"));
    for (let i = 0; i < LEFT_UNLABELLED; i++) {
      await post(server, "/api/v1/queue/drawings", handDrawing(i % 10, 900_000 + i));
    }
    await addPeople(project.dir);
    const paths = pathsOf(sampleId, trained!.id, cancelled!.id);
    const reportPath = `/runs/${trained!.id}/report`;
    return { dir: project.dir, server, paths, forms: FORMS, reportPath, door, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function labelDrawings(server: RunningServer): Promise<string> {
  let sampleId = "";
  for (let i = 0; i < LABELS; i++) {
    const drawing = handDrawing(i % 10, 700_000 + i);
    const writer = i % 10 === 9 ? {} : { writer: ["Ann", "田中 花子", "Bob"][i % 3] };
    const { id: prediction_id } = await post<{ id: string }>(server, "/api/v1/predict", {
      ...drawing,
      ...writer,
    });
    const label = String((i % 10) + (i % WRONG_EVERY === 16 ? 1 : 0)).slice(-1);
    const body = { ...drawing, ...writer, prediction_id, label };
    sampleId = (await post<{ id: string }>(server, "/api/v1/samples", body)).id;
  }
  return sampleId;
}

/** Two people answer questions of the label queue, most with what the model predicts. */
async function answerQuestions(server: RunningServer): Promise<void> {
  for (let i = 0; i < UNLABELLED; i++)
    await post(server, "/api/v1/queue/drawings", handDrawing(i % 10, 800_000 + i));
  for (let i = 0; i < ANSWERS; i++) {
    const labeller = ["Mika", "anon-5f0c2e"][i % 2]!;
    const { questions } = await post<Questions>(server, "/api/v1/queue/next", { labeller, n: 1 });
    for (const { id, prediction } of questions) {
      const label = i % WRONG_EVERY === 3 || prediction === null ? "1" : prediction.label;
      await post(server, `/api/v1/queue/questions/${id}/answer`, { labeller, answer: { label } });
    }
  }
}

/** @returns a run that trained a model, and one that was cancelled. */
async function runAll(server: RunningServer): Promise<Run[]> {
  const trained = await start(server, { tuning_epochs: 2 });
  const done = await ended(server, trained);
  const long = await start(server, { tuning_epochs: 1_000 });
  await post(server, `/api/v1/runs/${long}/cancel`, {});
  return [done, await ended(server, long)];
}

async function start(server: RunningServer, params: unknown, pipeline = "tuning"): Promise<string> {
  return (await post<{ run_id: string }>(server, "/api/v1/runs", { pipeline, params })).run_id;
}

async function ended({ url }: RunningServer, id: string): Promise<Run> {
  const read = async () => (await (await fetch(`${url}/api/v1/runs/${id}`)).json()) as Run;
  return until(read, ({ status }) => !["queued", "running"].includes(status));
}

async function post<T>({ url }: RunningServer, path: string, body: unknown): Promise<T> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

function pathsOf(sampleId: string, trained: string, cancelled: string): string[] {
  return [
    ...["/", "/samples", "/samples/map", `/samples/${sampleId}`, "/samples/forget?writer=Ann"],
    ...[
      "/label?state=suspect",
      "/label/unlabelled",
      "/label/grid",
      "/label/grid?source=unlabelled",
      "/label/agreement",
    ],
    ...["/pipelines", "/pipelines?pipeline=tuning&select=node%3Afine_tune"],
    ...[
      "/runs",
      `/runs/${trained}`,
      `/runs/${cancelled}`,
      `/runs/${trained}/data`,
      `/runs/compare?run=${trained}&run=${cancelled}`,
    ],
    ...["/models", "/models/1", "/models/2", "/models/1/diff/2", "/models/trials", "/models/deployments"],
    ...[
      "/scheduler",
      "/monitoring",
      "/learning",
      "/webhooks",
      "/server",
      "/settings",
      "/people",
      "/people/invitations",
      "/people/audit",
      "/docs",
      "/docs/gate",
      "/docs/api",
      "/styleguide",
      "/nothing-here",
    ],
  ];
}
