import { buildExecutableWhenStale, EXECUTABLE, isExecutableFresh } from "./build.ts";

// `npm start`: builds when the sources have changed, then serves. Arguments after `--` are passed to `tegaki serve`.
if (!(await isExecutableFresh())) console.log("tegaki is being built (10 to 20 seconds, once) …");
await buildExecutableWhenStale();
console.log("tegaki is starting …");
const server = Bun.spawn([EXECUTABLE, "serve", ...process.argv.slice(2)], {
  stdio: ["inherit", "inherit", "inherit"],
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    // A terminal's Ctrl-C reaches the server as well; a second one would interrupt the shutdown.
    if (signal !== "SIGINT" || !process.stdin.isTTY) server.kill(signal);
  });
}
process.exit(await server.exited);
