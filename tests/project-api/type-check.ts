import { join } from "node:path";
import ts from "typescript";
import { projectTypes } from "../../src/build/project-types.ts";

const TEMPLATE = join(import.meta.dir, "../../src/project-api/template");
/** A project in memory: nothing of it is on disk. */
const PROJECT = "/project";
const TYPES = `${PROJECT}/tegaki.d.ts`;

/** A program of a project's files, checked with the settings of a new project against its `tegaki.d.ts`. */
function projectProgram(files: Readonly<Record<string, string>>): ts.Program {
  const { config } = ts.readConfigFile(join(TEMPLATE, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, TEMPLATE);
  const texts = new Map(Object.entries(files).map(([path, text]) => [`${PROJECT}/${path}`, text]));
  texts.set(TYPES, projectTypes());
  const host = ts.createCompilerHost(options);
  const onDisk = { ...host };
  host.fileExists = (path) => texts.has(path) || onDisk.fileExists(path);
  host.readFile = (path) => texts.get(path) ?? onDisk.readFile(path);
  host.getSourceFile = (path, language) => {
    const text = texts.get(path);
    return text === undefined
      ? onDisk.getSourceFile(path, language)
      : ts.createSourceFile(path, text, language, true);
  };
  // The libraries of the language are not ours to check.
  return ts.createProgram([...texts.keys()], { ...options, skipDefaultLibCheck: true }, host);
}

/** What the compiler says of these files of a project: path, line and message. Empty when all is well. */
export function complaintsAbout(files: Readonly<Record<string, string>>): string[] {
  return ts.getPreEmitDiagnostics(projectProgram(files)).map(({ file, start = 0, messageText }) => {
    const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
    const path = file?.fileName.replace(`${PROJECT}/`, "") ?? "";
    return `${path}:${line}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

/** The names that `import … from "tegaki"` gives, sorted: those with a value, and those that are types alone. */
export function apiNames(): { values: string[]; types: string[] } {
  const program = projectProgram({});
  const checker = program.getTypeChecker();
  const declared = checker.getAmbientModules().find(({ name }) => name === '"tegaki"');
  if (declared === undefined) throw new Error('tegaki.d.ts declares no module "tegaki"');
  const exports = checker.getExportsOfModule(declared).map((symbol) => ({
    name: symbol.name,
    flags: (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol).flags,
  }));
  const named = (hasValue: boolean) =>
    exports
      .filter(({ flags }) => ((flags & ts.SymbolFlags.Value) !== 0) === hasValue)
      .map(({ name }) => name)
      .sort();
  return { values: named(true), types: named(false) };
}
