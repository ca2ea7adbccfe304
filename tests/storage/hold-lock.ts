/** Child process of lock.test.ts: takes a data directory, says how that went, and holds it until its input ends. */
import { lockDataDir } from "../../src/storage/lock.ts";

try {
  const lock = await lockDataDir(process.argv[2]!);
  lock.setAddress("http://127.0.0.1:8000");
  console.log("held");
  await Bun.stdin.text();
  lock.release();
} catch (error) {
  console.log(`${(error as Error).name}: ${(error as Error).message}`);
}
