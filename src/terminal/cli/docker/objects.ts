/** Objects of the daemon as `inspect`, `info`, `version` and `events` print them: JSON, or a template over each. */
import { compileGoTemplate, DOCKER_FUNCTIONS, type TemplateOptions } from '../../../formats/go-template.ts';
import { stringifyJson } from '../../../formats/json.ts';
import type { JsonValue } from '../../../protocol/plain.ts';
import type { Context } from './context.ts';
import { Fatal } from './fatal.ts';
import { GoStructs } from './go-structs.ts';
import { inspectedStruct } from './inspected-struct.ts';
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
    for (const item of objects) {
      const structs = new GoStructs();
      const options = { missing: 'error', nil: '<nil>', functions: structs.functions ?? {} } as const;
      printTemplate(context, format, inspectedStruct(item, structs), options, 'template parsing error: ');
    }
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
