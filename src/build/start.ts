import { buildExecutableWhenStale, EXECUTABLE } from "./build.ts";

// `npm start`: build when the sources have changed, then serve. What follows `npm start --` goes to `tegaki serve`.
await buildExecutableWhenStale();
const server = Bun.spawn([EXECUTABLE, "serve", ...process.argv.slice(2)], {
  stdio: ["inherit", "inherit", "inherit"],
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    // A terminal's Ctrl-C reaches the server as well; a second one would cut it short.
    if (signal !== "SIGINT" || !process.stdin.isTTY) server.kill(signal);
  });
}
process.exit(await server.exited);
