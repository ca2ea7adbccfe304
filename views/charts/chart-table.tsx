/** @jsxRuntime automatic @jsxImportSource hono/jsx */
/** A table behind a chart. */
export interface ChartTableProps {
  /** Text of the control that opens it. */
  summary: string;
  caption: string;
  columns: readonly string[];
  /** The first cell names its row. */
  rows: readonly (readonly string[])[];
}

/** The values of a chart as a table, for anyone who cannot see the picture or wants the numbers; initially closed. */
export function ChartTable({ summary, caption, columns, rows }: ChartTableProps) {
  return (
    <details class="chart-data">
      <summary>{summary}</summary>
      <div class="table-wrap" tabindex={0}>
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              {columns.map((column, i) => (
                <th scope="col" class={i === 0 ? undefined : "num"}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...cells]) => (
              <tr>
                <th scope="row">{name}</th>
                {cells.map((cell) => (
                  <td class="num">{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
