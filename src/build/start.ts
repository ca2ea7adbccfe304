import { buildExecutableWhenStale, EXECUTABLE } from "./build.ts";

// `npm start`: build when the sources have changed, then serve. What follows `npm start --` goes to `tegaki serve`.
await buildExecutableWhenStale();
const server = Bun.spawn([EXECUTABLE, "serve", ...process.argv.slice(2)], {
  stdio: ["inherit", "inherit", "inherit"],
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => server.kill(signal));
process.exit(await server.exited);
