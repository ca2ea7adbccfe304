import { LOCAL } from "../../src/domain/actor.ts";
import { openStore } from "../../src/storage/open.ts";

// For grid-atomicity.test.ts: decides about page after page of the grid in the store at argv[2], and prints the number of
// each action, until it is killed.

const store = await openStore({
  path: process.argv[2]!,
  clock: { now: () => new Date() },
  holdoutFraction: 0.2,
});
for (;;) {
  const ids = (await store.grid.page("7", 100)).map(({ id }) => id);
  const odd = ids.slice(0, 5).map((id) => ({ id, decision: { kind: "relabel", label: "1" } as const }));
  const { action } = await store.grid.decide({ label: "7", confirm: ids.slice(5), odd }, LOCAL);
  if (action === null) break;
  process.stdout.write(`${action.id}\n`);
}
await store.close();
