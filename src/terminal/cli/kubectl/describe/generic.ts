/** Description of any object by its fields, as kubectl gives it for kinds it does not know. */
import type { JsonObject, JsonValue } from '../../../../protocol/plain.ts';
import { isJsonObject } from '../../../../formats/json.ts';
import { goValue } from '../../../../formats/go-syntax.ts';
import type { Context } from '../context.ts';
import { nameOf, sortedEntries, textAt } from '../fields.ts';
import { describeEvents } from './events.ts';
import { metadataLines, Page } from './page.ts';

export async function describeGeneric(context: Context, object: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  page.line(0, 'Namespace:', textAt(object, 'metadata', 'namespace'));
  metadataLines(page, object);
  const skipped = new Set([
    'metadata.name',
    'metadata.namespace',
    'metadata.labels',
    'metadata.annotations',
    'metadata.managedFields',
    'metadata.selfLink',
  ]);
  members(page, 0, '', object, skipped);
  await describeEvents(context, page, object);
  return page.text();
}

function members(page: Page, level: number, path: string, object: JsonObject, skipped: ReadonlySet<string>): void {
  for (const [key, value] of sortedEntries(object)) {
    const below = path === '' ? key : `${path}.${key}`;
    if (skipped.has(below) || value === undefined) continue;
    const title = /^[a-zA-Z0-9]+$/.test(key) ? titleOf(key) : key;
    if (isJsonObject(value)) {
      page.line(level, `${title}:`);
      members(page, level + 1, below, value, skipped);
    } else if (Array.isArray(value)) {
      page.line(level, `${title}:`);
      for (const item of value as readonly JsonValue[]) {
        if (isJsonObject(item)) members(page, level + 1, below, item, skipped);
        else page.line(level + 1, goValue(item));
      }
    } else page.line(level, `${title}:`, goValue(value));
  }
}

/** `apiVersion` becomes `API Version`. */
function titleOf(key: string): string {
  const words = key.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[A-Z]/g) ?? [key];
  return words
    .map((word) =>
      ['api', 'uid', 'id', 'ip', 'url', 'cidr', 'dns'].includes(word.toLowerCase()) &&
      (word.toLowerCase() === 'api' || word.toLowerCase() === 'uid')
        ? word.toUpperCase()
        : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join(' ');
}
