import { expect, test } from "bun:test";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { recordBackup } from "../../../src/backup/records.ts";
import type { BackupRecord } from "../../../src/domain/backups/backup.ts";
import type { NewNotice } from "../../../src/domain/notice.ts";
import { UnavailableError } from "../../../src/lib/errors.ts";
import { expiredBackups, planBackup } from "../../../src/server/backups/retention.ts";
import {
  type BackupSettings,
  createScheduledBackups,
} from "../../../src/server/backups/scheduled-backups.ts";
import { FakeClock, withDirectory } from "../../storage/helpers.ts";
import { errorLog } from "../../support/error-log.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Backups of an empty project that only write a small file, every night at 3. */
async function withBackups(
  work: (world: {
    dir: string;
    clock: FakeClock;
    made: string[];
    notices: NewNotice[];
    fail(reason: string | null): void;
    use(change: Partial<BackupSettings>): void;
    backups: ReturnType<typeof createScheduledBackups>;
    files(): Promise<string[]>;
    restart(): ReturnType<typeof createScheduledBackups>;
  }) => Promise<void>,
): Promise<void> {
  await withDirectory(async (dir) => {
    await mkdir(join(dir, "data"));
    // A Friday.
    const clock = new FakeClock(Date.UTC(2026, 0, 2, 3, 4, 5));
    const made: string[] = [];
    const notices: NewNotice[] = [];
    let failure: string | null = null;
    let settings: BackupSettings = {
      ...{ cron: "0 3 * * *", timeZone: "UTC", keep: { daily: 7, weekly: 4 }, folder: "data/backups" },
    };
    const restart = () =>
      createScheduledBackups({
        ...{ dir, clock, log: errorLog([]), settings: () => settings },
        notify: async (notice) => void notices.push(notice),
        async run({ file, kind, keptUntil }) {
          if (failure !== null) throw new UnavailableError(failure);
          await mkdir(dirname(file), { recursive: true });
          await Bun.write(file, "backup");
          await recordBackup(dir, { file, kind, keptUntil, at: clock.now().toISOString(), bytes: 6 });
          made.push(kind);
        },
      });
    const backups = restart();
    const files = async () => (await backups.state()).records.map(({ file }) => file);
    await work({
      ...{ dir, clock, made, notices, backups, files, restart },
      fail: (reason) => {
        failure = reason;
      },
      use: (change) => {
        settings = { ...settings, ...change };
      },
    });
  });
}

test("a backup is made once per time of the cron expression, and the first of a week is a weekly one", () =>
  withBackups(async ({ clock, made, backups, files }) => {
    await backups.turn();
    expect(made).toEqual([]);
    expect((await backups.state()).nextAt).toBe("2026-01-03T03:00:00.000Z");
    for (let day = 0; day < 5; day += 1) {
      clock.timeMs += DAY_MS;
      await backups.turn();
      await backups.turn();
    }
    // Saturday, Sunday; Monday, Tuesday, Wednesday.
    expect(made).toEqual(["weekly", "daily", "weekly", "daily", "daily"]);
    expect((await files())[0]).toBe("data/backups/daily-20260107T030405Z.zip");
  }));

test("a time at which no server was running is made up for once, after a restart", () =>
  withBackups(async ({ clock, made, backups, restart }) => {
    await backups.turn();
    clock.timeMs += DAY_MS;
    await backups.turn();
    clock.timeMs += 3 * DAY_MS + HOUR_MS;
    const again = restart();
    await again.turn();
    await again.turn();
    expect(made).toEqual(["weekly", "weekly"]);
  }));

test("daily backups are kept for 7 days and weekly ones for 4 weeks, but never without a newer one", () =>
  withBackups(async ({ clock, backups, files, use }) => {
    await backups.turn();
    for (let day = 0; day < 40; day += 1) {
      clock.timeMs += DAY_MS;
      await backups.turn();
    }
    const kept = await files();
    expect(kept.filter((file) => file.includes("daily-"))).toHaveLength(6);
    expect(kept.filter((file) => file.includes("weekly-"))).toHaveLength(4);
    use({ cron: null });
    clock.timeMs += 400 * DAY_MS;
    await backups.turn();
    expect(await files()).toEqual(kept.slice(0, 1));
    expect((await backups.state()).nextAt).toBeNull();
  }));

test("one that fails is told once, shown until one works, and tried again an hour later", () =>
  withBackups(async ({ clock, made, notices, backups, fail }) => {
    await backups.turn();
    clock.timeMs += DAY_MS;
    fail("the disk is full. Free some space and try again");
    for (let minute = 0; minute < 150; minute += 1) {
      await backups.turn();
      clock.timeMs += 60_000;
    }
    expect(notices).toEqual([
      {
        message: "The scheduled backup has failed: the disk is full. Free some space and try again",
        says: { key: "backupFailed", figures: { reason: "the disk is full. Free some space and try again" } },
        href: "/server",
      },
    ]);
    expect((await backups.state()).failed?.at).toBe("2026-01-03T05:04:05.000Z");
    fail(null);
    clock.timeMs += HOUR_MS;
    await backups.turn();
    expect(made).toEqual(["weekly"]);
    expect((await backups.state()).failed).toBeNull();
    clock.timeMs += DAY_MS;
    fail("again");
    await backups.turn();
    expect(notices).toHaveLength(2);
  }));

test("planBackup() makes no weekly backup with 0 weeks, and keeps one at least as long as a daily one", () => {
  const monday = new Date("2026-01-05T03:00:00.000Z");
  expect(planBackup([], monday, { daily: 7, weekly: 0 })).toEqual({
    ...{ kind: "daily", keptUntil: "2026-01-12T03:00:00.000Z" },
  });
  expect(planBackup([], monday, { daily: 10, weekly: 1 })).toEqual({
    ...{ kind: "weekly", keptUntil: "2026-01-15T03:00:00.000Z" },
  });
});

test("expiredBackups() keeps what people have made", () => {
  const record = (kind: BackupRecord["kind"], keptUntil: string | null): BackupRecord => ({
    ...{ file: `${kind}.zip`, kind, at: "2026-01-01T00:00:00.000Z", bytes: 1, keptUntil },
  });
  const past = "2026-01-02T00:00:00.000Z";
  const records = [record("daily", past), record("manual", null), record("before_migration", past)];
  expect(expiredBackups(records, new Date("2026-02-01T00:00:00.000Z"))).toEqual([records[2]!]);
});
