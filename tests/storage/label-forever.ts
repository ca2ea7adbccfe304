import { LOCAL } from "../../src/domain/actor.ts";
import { openStore } from "../../src/storage/open.ts";

// For queue-grid-atomicity.test.ts: labels page after page of the pool in the store at argv[2], and prints the number of
// each action, until it is killed.

const store = await openStore({
  path: process.argv[2]!,
  clock: { now: () => new Date() },
  holdoutFraction: 0.2,
});
for (;;) {
  const query = { label: "7", labeller: "ada", live: 1, limit: 50, leaseMs: 60_000 };
  const ids = (await store.queueGrid.lease(query)).items.map(({ id }) => id);
  const odd = ids.slice(0, 5).map((id) => ({ id, decision: { kind: "discard" } as const }));
  const page = { label: "7", accept: ids.slice(5), odd };
  const { action } = await store.queueGrid.decide(page, { labeller: "ada", actor: LOCAL });
  if (action === null) break;
  process.stdout.write(`${action.id}\n`);
}
await store.close();
