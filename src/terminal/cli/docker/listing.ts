/** Lists as tables, or by `--format`: `table …`, `json`, `raw`, a template per row. Facts: docker/cli cli/command/formatter. */
import { compileGoTemplate, DOCKER_FUNCTIONS, type TemplateFunction } from '../../../formats/go-template.ts';
import { value } from '../../../formats/go-template/functions.ts';
import { stringifyJson } from '../../../formats/json.ts';
import { DOCKER_TABLE, formatTable } from '../../../formats/table.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import type { Context } from './context.ts';
import { Fatal } from './fatal.ts';

/** Fields by name; a function is a method with arguments. */
export type Row = Readonly<Record<string, JsonValue | TemplateFunction>>;

export interface Listing {
  /** The Go type of a row, as messages about unknown fields name it. */
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Fields of the table. */
  readonly columns: readonly string[];
  /** The template that `--format raw` stands for. */
  readonly raw?: string;
}

/** Prints rows by a format; an empty one is the table. */
export function printRows(context: Context, given: string, listing: Listing, rows: readonly Row[]): void {
  const isTable = given === '' || given.startsWith('table');
  const format = given.slice(isTable ? 'table'.length : 0).trim();
  if (isTable && format === '') {
    const { columns, headers } = listing;
    const cells = rows.map((row) => columns.map((name) => String(row[name] ?? '')));
    context.io.out(formatTable([columns.map((name) => headers[name] ?? name), ...cells], DOCKER_TABLE));
    return;
  }
  const raw = format === 'raw' ? listing.raw : undefined;
  const lines = rows.map(templateOf(raw ?? (format === 'json' ? '{{json .}}' : format), listing.type));
  if (!isTable) {
    for (const line of lines) context.io.line(line);
    return;
  }
  const header = templateOf(format, 'formatter.SubHeaderContext')(headerRow(listing));
  context.io.out(
    formatTable(
      [header, ...lines].map((line) => line.split('\t')),
      DOCKER_TABLE,
    ),
  );
}

/** A template over rows of a Go type; a fault ends the command, told after `fault`. */
export function templateOf(
  format: string,
  type: string,
  fault: { readonly parse: string; readonly execute: string } = TEMPLATE_FAULT,
): (row: Row) => string {
  const functions = { ...DOCKER_FUNCTIONS, json: jsonOf };
  const compiled = compileGoTemplate(unescapeFormat(format), { functions, missing: { struct: type } });
  if (!compiled.ok) throw new Fatal(`${fault.parse}: ${compiled.message}`);
  return (row) => {
    const filled = compiled.value.execute(row);
    if (!filled.ok) throw new Fatal(`${fault.execute}: ${filled.message}`);
    return filled.value;
  };
}

const TEMPLATE_FAULT = { parse: 'template parsing error', execute: 'template parsing error' };

/** The two escapes that docker reads in formats. */
export const unescapeFormat = (format: string): string => format.replaceAll('\\t', '\t').replaceAll('\\n', '\n');

/** A whole row is a Go map of what its methods without arguments give: sorted, with HTML's characters escaped. */
const jsonOf: TemplateFunction = (item) =>
  typeof item === 'object' && item !== null && !Array.isArray(item)
    ? value(stringifyJson(fieldsOf(item as Row), { sortKeys: true }))
    : (DOCKER_FUNCTIONS['json']?.(item) ?? value(''));

const fieldsOf = (row: Row): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([, field]) => typeof field !== 'function'));

const headerRow = ({ headers }: Listing): Row => ({
  ...headers,
  Label: (name) => value((String(name).split('.').at(-1) ?? '').replace(/[-_]/g, ' ')),
});

/** What rows tell of an object's labels. */
export function labelFields(labels: JsonObject): Row {
  const words = Object.entries(labels).map(([key, content]) => `${key}=${String(content)}`);
  return {
    Labels: words.toSorted((a, b) => (a < b ? -1 : 1)).join(','),
    Label: (name) => value(String(labels[String(name)] ?? '')),
  };
}
