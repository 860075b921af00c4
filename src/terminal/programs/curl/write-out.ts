/** curl --write-out: `%{name}` and the escapes it knows. */
export const fillIn = (format: string, values: Readonly<Record<string, string>>): string =>
  format
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
    .replace(/\\r/g, '\r')
    .replace(/%\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
