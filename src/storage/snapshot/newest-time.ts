import { withStore } from "./snapshot.ts";

/** Returns the newest time in a store, ISO 8601, UTC; null when it has none. @throws UnavailableError when it cannot be read. */
export function newestTime(path: string): string | null {
  return withStore(path, "read the times of the store", (database) => {
    const newest = (sql: string) => database.query<{ at: string | null }, []>(sql).get()?.at ?? null;
    const times = [
      newest("SELECT max(created_at) AS at FROM samples"),
      newest("SELECT max(created_at) AS at FROM runs"),
      newest("SELECT max(applied_at) AS at FROM migrations"),
    ];
    return times.reduce((a, b) => ((a ?? "") > (b ?? "") ? a : b), null);
  });
}
