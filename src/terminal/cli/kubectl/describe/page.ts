/**
 * The text that `kubectl describe` builds: lines with tabs, indented by two spaces a level, aligned at the end.
 * Facts: kubectl pkg/describe describe.go.
 */
import type { JsonObject, JsonValue } from '../../../../protocol/plain.ts';
import { DESCRIBE_TABLE, TabWriter } from '../../../../formats/table.ts';
import { mapAt, sortedEntries } from '../fields.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** Longer annotations begin on a line of their own. */
const MAX_ANNOTATION = 140;
const MAX_LINE = MAX_ANNOTATION - 2;

export class Page {
  private content = '';

  /** One line: cells with tabs between, at a level. */
  line(level: number, ...cells: readonly string[]): void {
    this.content += `${'  '.repeat(level)}${cells.join('\t')}\n`;
  }

  /** Text that stands as it is. */
  raw(text: string): void {
    this.content += text;
  }

  /** `Title:\tvalue`, left out where there is none. */
  optional(level: number, title: string, value: string): void {
    if (value !== '') this.line(level, `${title}:`, value);
  }

  /** A map of labels, one to a line; `<none>` if empty. */
  labels(level: number, title: string, labels: Readonly<Record<string, string>>): void {
    const entries = sortedEntries(labels);
    if (entries.length === 0) this.line(level, `${title}:`, '<none>');
    for (const [index, [key, value]] of entries.entries()) {
      // Further lines begin at the margin, whatever the level.
      if (index === 0) this.line(level, `${title}:`, `${key}=${value}`);
      else this.line(0, '', `${key}=${value}`);
    }
  }

  annotations(level: number, title: string, annotations: Readonly<Record<string, string>>): void {
    const entries = sortedEntries(annotations).filter(([key]) => key !== LAST_APPLIED);
    if (entries.length === 0) this.line(level, `${title}:`, '<none>');
    for (const [index, [key, value]] of entries.entries()) {
      const head = index === 0 ? `${title}:` : '';
      const lines = value.replace(/\n$/, '').split('\n');
      if (lines.length === 1 && `${key}: ${value}`.length < MAX_ANNOTATION) {
        this.line(level, head, `${key}: ${value}`);
        continue;
      }
      this.line(level, head, `${key}:`);
      for (const line of lines)
        this.line(level, '', `  ${line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}...` : line}`);
    }
  }

  text(): string {
    const writer = new TabWriter(DESCRIBE_TABLE);
    writer.write(this.content);
    return writer.flush();
  }

  /** The same with its tabs, as `rollout history` shows a template. */
  unaligned(): string {
    return this.content;
  }
}

/** Labels and annotations of an object. */
export function metadataLines(page: Page, object: JsonValue): void {
  page.labels(0, 'Labels', mapAt(object, 'metadata', 'labels'));
  page.annotations(0, 'Annotations', mapAt(object, 'metadata', 'annotations'));
}

/** A list on one line, or `<none>`. */
export const joined = (items: readonly string[], separator = ', '): string =>
  items.length === 0 ? '<none>' : items.join(separator);

export const isEmpty = (object: JsonObject): boolean => Object.keys(object).length === 0;
