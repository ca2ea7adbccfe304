// biome-ignore-all lint/suspicious/noTemplateCurlyInString: messages show interpolations as they are written
import { didYouMean } from "../../lib/nearest.ts";
import { type Mapping, namesIn, valueAt } from "../tree.ts";
import type { Resolver, Scope } from "./interpolate.ts";

/** Reasons why a resolver is not known in a kind of file. */
const NOT_HERE = {
  "oc.env":
    "${oc.env:NAME} is read only in credentials.yml. Elsewhere, set TEGAKI_PARAMETERS__NAME or TEGAKI_SERVER__NAME",
  globals: "${globals:name} is not read here. Use ${name} for a value of the same file",
  runtime_params: "${runtime_params:name} is not read here. Use it in the catalog or in parameters.yml",
} as const;

/** The scope of globals.yml: its own values. */
export function globalsScope(root: Mapping): Scope {
  return { root, resolvers: {}, elsewhere: NOT_HERE };
}

/**
 * The scope of catalog, parameters and server: Kedro's `globals` and `runtime_params`, and the values of the same kind
 * of file in the same environment.
 * @param runtime the values of `--params`.
 * @param names   added to: the names that are read from `runtime`.
 */
export function configScope(root: Mapping, globals: Mapping, runtime: Mapping, names: Set<string>): Scope {
  return {
    root,
    elsewhere: { "oc.env": NOT_HERE["oc.env"] },
    resolvers: {
      globals: (name) => globalNamed(globals, name),
      runtime_params(name) {
        names.add(name);
        const missing = `"${name}" is not among --params, and there is no default`;
        return valueAt(runtime, name.split(".")) ?? { missing };
      },
    },
  };
}

/** The scope of credentials.yml: environment variables, and its own values. Messages do not show its content. */
export function credentialsScope(
  root: Mapping,
  environ: Readonly<Record<string, string | undefined>>,
): Scope {
  return {
    root,
    isSecret: true,
    resolvers: {
      "oc.env"(name) {
        const value = environ[name];
        const missing = /^\w+$/.test(name)
          ? `the environment variable ${name} is not set, and there is no default`
          : "${oc.env:NAME} needs the name of an environment variable";
        return value === undefined ? { missing } : { kind: "scalar", origin: root.origin, value };
      },
    },
  };
}

function globalNamed(globals: Mapping, name: string): ReturnType<Resolver> {
  const path = name.split(".");
  if (path.some((key) => key.startsWith("_")))
    return { refused: `globals: "${name}" starts with "_" and cannot be referenced` };
  const hint = didYouMean(name, namesIn(globals));
  return (
    valueAt(globals, path) ?? { missing: `globals.yml has no "${name}", and there is no default${hint}` }
  );
}
