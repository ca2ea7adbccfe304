import { LOCAL } from "../../../src/domain/actor.ts";
import type { QueueAnswer } from "../../../src/domain/queue/question.ts";
import { requireOffered } from "../../../src/http/api/queue/orders.ts";
import type { Sentence } from "../../../src/lib/saying.ts";
import { memoryStore, newSample } from "../../storage/helpers.ts";

type ThrownBy = (work: () => unknown) => Promise<Sentence>;

const by = (labeller: string) => ({ labeller, actor: LOCAL });
const labelOf = (label: string): QueueAnswer => ({ kind: "label", label });
const LEASE_MS = 60_000;

/** What the label queue refuses. */
export async function queueFailures(thrownBy: ThrownBy): Promise<Sentence[]> {
  const store = await memoryStore();
  const { queue, samples } = store;
  const drawings = Array.from({ length: 8 }, () => {
    const { drawing, pixels, preprocessing } = newSample();
    return {
      ...{ drawing, pixels, preprocessing, writer: null, session: null, source: "api", actor: LOCAL },
    };
  });
  await queue.add(drawings);
  const next = async (labeller: string, n: number, draws: number[] = Array(n).fill(0.9)) => {
    const { questions } = await queue.next({
      ...{ labeller, order: "newest", n, holding: [], live: null, compared: null, leaseMs: LEASE_MS, draws },
      shares: { second: 0.5, known: 0 },
    });
    return questions.map(({ id }) => id);
  };
  const answer = async (id: string, given = labelOf("1"), labeller = "ann") =>
    (await queue.answer(id, given, by(labeller))).decision;
  const undo = (id: string, labeller = "ann") => thrownBy(() => queue.undo(id, by(labeller), LEASE_MS));

  const [held, first, confirmed, withdrawn, none, changed, deleted] = await next("ann", 7);
  const leased = await thrownBy(() => queue.answer(held!, labelOf("1"), by("bob")));
  const noQuestion = await thrownBy(() => queue.answer("x", labelOf("1"), by("bob")));
  const decision = await answer(first!);
  const otherwise = await thrownBy(() => answer(first!, labelOf("2")));
  const elsewhere = await thrownBy(() => answer(first!, labelOf("1"), "bob"));
  const notTheirs = await undo(decision.id, "bob");
  const again = await queue.undo(decision.id, by("ann"), LEASE_MS);
  const answerUndone = await thrownBy(() => answer(first!));
  await queue.release("ann", [again.id]);
  const undoneAlready = await undo(decision.id);

  const decisions = await Promise.all(
    [confirmed, withdrawn, none, changed, deleted].map((id) => answer(id!)),
  );
  const [ofConfirmed, ofWithdrawn, ofNone, ofChanged, ofDeleted] = decisions.map(({ itemId }) => itemId);
  await samples.confirm({ id: ofConfirmed! });
  await samples.update(ofWithdrawn!, { state: "rejected" }, LOCAL);
  await samples.update(ofNone!, { state: "negative" }, LOCAL);
  await samples.update(ofChanged!, { label: "4" }, LOCAL);
  // Bob's second opinion is about one of the labels, which is deleted then.
  const [second] = await next("bob", 1, [0.1]);
  const opinion = await answer(second!, labelOf("1"), "bob");
  if (opinion.kind !== "second") throw new Error("No second opinion was asked for");
  const others = await Promise.all(decisions.slice(0, 4).map(({ id }) => undo(id)));
  await samples.delete(ofDeleted!, LOCAL);
  if (opinion.itemId !== ofDeleted) await samples.delete(opinion.itemId, LOCAL);
  const action = await store.sheet.startImport("drawings.ndjson", LOCAL);
  const { drawing, pixels, preprocessing } = newSample();
  const imported = { drawing, pixels, preprocessing, writer: null, session: null };
  await queue.add([{ ...imported, source: "import", actor: LOCAL }], action);
  const [ofImport] = await next("cleo", 1);
  const labelled = await answer(ofImport!, labelOf("1"), "cleo");
  await store.sheet.undo(action, LOCAL);
  return [
    await undo(labelled.id, "cleo"),
    ...[leased, noQuestion, otherwise, elsewhere, notTheirs, answerUndone, undoneAlready],
    ...others,
    await undo(decisions[4]!.id),
    await undo(opinion.id, "bob"),
    await undo("x"),
    await thrownBy(() => requireOffered("margin", { live: null, compared: null })),
    await thrownBy(() => requireOffered("disagreement", { live: 1, compared: null })),
  ];
}
