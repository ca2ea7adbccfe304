/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { commandForPicture, commandsFor, type SliceCommand, wholeCommand } from "../../src/graph/commands.ts";
import type { GraphPicture } from "../../src/graph/elements.ts";
import type { PipelineGraph } from "../../src/graph/pipeline-graph.ts";
import { formatQuery, type GraphQuery } from "../../src/graph/query.ts";
import { formatSlice, lackingInputs, parseSlice } from "../../src/graph/slices.ts";
import type { Text } from "../i18n/text.ts";
import { COMMAND_WORDS } from "./command.tsx";
import { selectedElement } from "./panel.tsx";

/** The parts of a pipeline that can be chosen. */
export interface SliceChoiceProps {
  text: Text;
  graph: PipelineGraph;
  query: GraphQuery;
  picture: GraphPicture;
  /** The chosen part (`formatSlice`); "" for the whole pipeline. */
  slice: string;
}

/** The choice of the part to run: everything, what is shown, or a part around the selected element. */
export function SliceChoice({ text, graph, query, picture, slice }: SliceChoiceProps) {
  const { t } = text;
  const commands = choices(graph, query, picture);
  const isKnown = commands.some((command) => formatSlice(command.slice) === slice);
  return (
    <fieldset id="graph-slices" class="g-slices">
      <legend>{t("graph.slice")}</legend>
      <input type="hidden" name="picture" value={formatQuery(query)} />
      {commands.map((command, i) => {
        const value = formatSlice(command.slice);
        const lacks = lackingInputs(graph, query.pipeline, command.slice);
        return (
          <label>
            <input
              type="radio"
              name="slice"
              value={value}
              checked={isKnown ? value === slice : i === 0}
              aria-describedby={`graph-slice-${i}`}
            />
            <span>
              {t(COMMAND_WORDS[command.kind])} <SliceNames command={command} />
            </span>
            <small id={`graph-slice-${i}`}>
              <code>{command.command}</code>
              {lacks.length === 0 ? null : (
                <span class="g-lacks">{t("graph.slice.lacks", { names: lacks.join(t("text.comma")) })}</span>
              )}
            </small>
          </label>
        );
      })}
    </fieldset>
  );
}

/** The name of a part, if it is defined by a single element. */
function SliceNames({ command: { kind, slice } }: { command: SliceCommand }) {
  const names = Object.values(slice).flat();
  return kind === "shown" || names.length !== 1 ? null : <code>{names[0]}</code>;
}

function choices(graph: PipelineGraph, query: GraphQuery, picture: GraphPicture): SliceCommand[] {
  const shown = commandForPicture(graph, query, picture);
  const element = selectedElement(graph, query);
  const all = [
    wholeCommand(query.pipeline),
    ...(shown === null || shown.kind === "all" ? [] : [shown]),
    ...(element === null ? [] : commandsFor(graph, query, element)),
  ];
  // A part that the command line cannot name is not offered.
  const canRun = ({ slice }: SliceCommand) => parseSlice(formatSlice(slice), graph, query.pipeline) !== null;
  return all.filter(canRun);
}
