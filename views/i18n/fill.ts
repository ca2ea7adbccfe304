/** `text` with each `{name}` replaced by `values.name`; a placeholder without a value is unchanged. */
export function fill(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return text.replaceAll(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
