/** Objects of the daemon as `inspect`, `info`, `version` and `events` print them: JSON, or a template over each. */
import { compileGoTemplate, DOCKER_FUNCTIONS, type TemplateOptions } from '../../../formats/go-template.ts';
import { stringifyJson } from '../../../formats/json.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import type { Context } from './context.ts';
import { Fatal } from './fatal.ts';
import { unescapeFormat } from './listing.ts';

/** `--format` of inspect: JSON, or a template per object. JSON of the daemon is shown as it came, the client's own escaped. */
export function printObjects(
  context: Context,
  format: string,
  objects: readonly JsonValue[],
  escapeHtml = false,
): void {
  if (format === '') context.io.line(stringifyJson(objects, { indent: '    ', sortKeys: false, escapeHtml }));
  else if (format === 'json') context.io.line(stringifyJson(objects, { sortKeys: false, escapeHtml: false }));
  else
    for (const item of objects) printTemplate(context, format, item, { missing: 'error' }, 'template parsing error: ');
}

/** One object by a template. At a fault nothing is printed but the line's end, and the message after `prefix`. */
export function printTemplate(
  { io }: Context,
  format: string,
  item: JsonValue,
  options: TemplateOptions,
  prefix = '',
): void {
  const template = format === 'json' ? '{{json .}}' : unescapeFormat(format);
  const compiled = compileGoTemplate(template, { functions: DOCKER_FUNCTIONS, ...options });
  if (!compiled.ok) throw new Fatal(`template parsing error: ${compiled.message}`, 64);
  const filled = compiled.value.execute(item);
  io.line(filled.ok ? filled.value : '');
  if (!filled.ok) throw new Fatal(`${prefix}${filled.message}`);
}

/** Objects whose fields templates know by other names than JSON does, as Go's structs have both. */
export class GoStructs {
  readonly #sources = new Map<unknown, JsonValue>();

  /** For templates: `json` gives the source. */
  readonly functions: TemplateOptions['functions'] = {
    ...DOCKER_FUNCTIONS,
    json: (item) => ({
      ok: true,
      value: stringifyJson(this.#sources.get(item) ?? item, { sortKeys: false, escapeHtml: false }),
    }),
  };

  /** @param names those of Go by those of JSON, where they differ; the rest stay */
  struct(source: JsonObject, names: Readonly<Record<string, string>>): JsonObject {
    return this.view(
      source,
      Object.fromEntries(Object.entries(source).map(([name, field]) => [names[name] ?? name, field])),
    );
  }

  /** A struct that holds others. */
  view(source: JsonValue, view: JsonObject): JsonObject {
    this.#sources.set(view, source);
    return view;
  }
}
