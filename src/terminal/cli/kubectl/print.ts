/**
 * The -o formats that show an object instead of a table or a message.
 * Facts: cli-runtime pkg/printers, pkg/genericclioptions (flags, error texts).
 */
import { decodeBase64, decodeUtf8 } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { compileGoTemplate, type TemplateFunction } from '../../../formats/go-template.ts';
import { goSyntax, goValue, quoteGo } from '../../../formats/go-syntax.ts';
import { isJsonObject, stringifyJson, stringifyKubectlJson } from '../../../formats/json.ts';
import { compileJsonPath, relaxJsonPath } from '../../../formats/jsonpath.ts';
import { formatTable } from '../../../formats/table.ts';
import { stringifyYaml } from '../../../formats/yaml.ts';
import { bytesToText } from '../../text.ts';
import type { Context } from './context.ts';
import { kindName, splitVersion } from './discovery.ts';
import { Fatal, fatal } from './fatal.ts';
import { fieldAt, nameOf, objectsAt, textAt, withField } from './fields.ts';

/** Prints one object after the other; answers the text. */
export type ObjectPrinter = (object: JsonObject) => string;

const FORMATS = [
  'json',
  'yaml',
  'name',
  'go-template',
  'go-template-file',
  'template',
  'templatefile',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
];

/** The printer that -o and --template ask for; undefined if there is no -o, or it names a table. */
export function objectPrinter(
  context: Context,
  options: { readonly tables?: boolean } = {},
): ObjectPrinter | undefined {
  const { flags } = context;
  const output = flags.string('output');
  const template = flags.string('template');
  if (output === '' && template === '') return undefined;
  const equals = output.indexOf('=');
  const format = output === '' ? 'go-template' : equals < 0 ? output : output.slice(0, equals);
  const argument = equals < 0 ? template : output.slice(equals + 1);
  const keep = flags.bool('show-managed-fields');
  const clean = (object: JsonObject): JsonObject => (keep ? object : withoutManagedFields(object));
  switch (format.toLowerCase()) {
    case 'json':
      return (object) => stringifyKubectlJson(clean(object));
    case 'yaml':
      return yamlPrinter(clean);
    case 'name':
      return namePrinter;
    case 'jsonpath':
    case 'jsonpath-as-json':
    case 'jsonpath-file':
      return jsonPathPrinter(context, format, format === 'jsonpath-file' ? fileText(context, argument) : argument);
    case 'go-template':
    case 'template':
      return templatePrinter(context, argument);
    case 'go-template-file':
    case 'templatefile':
      return templatePrinter(context, fileText(context, argument));
    case 'custom-columns':
    case 'custom-columns-file':
    case 'wide':
      if (options.tables === true) return undefined;
      break;
    default:
      break;
  }
  const known = options.tables === true ? [...FORMATS, 'custom-columns', 'custom-columns-file', 'wide'] : FORMATS;
  return fatal(
    `unable to match a printer suitable for the output format ${JSON.stringify(format)}, allowed formats are: ${known.toSorted().join(',')}`,
  );
}

function fileText(context: Context, path: string, what = '--template'): string {
  const bytes = context.process.readFile(path);
  return failed(bytes)
    ? fatal(`error reading ${what} ${path}, open ${path}: no such file or directory\n`)
    : bytesToText(bytes);
}

function yamlPrinter(clean: (object: JsonObject) => JsonObject): ObjectPrinter {
  let count = 0;
  return (object) => {
    count += 1;
    return (count > 1 ? '---\n' : '') + stringifyYaml(clean(object));
  };
}

/** `deployment.apps/web`. */
export const namePrinter: ObjectPrinter = (object) => {
  if (textAt(object, 'kind').endsWith('List') && Array.isArray(object['items']))
    return objectsAt(object, 'items').map(namePrinter).join('');
  const [group] = splitVersion(textAt(object, 'apiVersion'));
  return `${kindName({ kind: textAt(object, 'kind'), group })}/${nameOf(object)}\n`;
};

/** Objects are shown without the server's book-keeping of field owners. */
export function withoutManagedFields(object: JsonObject): JsonObject {
  const items = object['items'];
  if (Array.isArray(items)) {
    return {
      ...object,
      items: (items as readonly JsonValue[]).map((item) =>
        isJsonObject(item) ? withoutManagedFields(item as JsonObject) : item,
      ),
    };
  }
  return fieldAt(object, 'metadata', 'managedFields') === undefined
    ? object
    : withField(object, ['metadata', 'managedFields'], undefined);
}

function jsonPathPrinter(context: Context, format: string, template: string): ObjectPrinter {
  if (template === '') fatal('template format specified but no template given');
  const compiled = compileJsonPath(template, { allowMissingKeys: context.flags.bool('allow-missing-template-keys') });
  if (!compiled.ok) return fatal(`error parsing jsonpath ${template}, ${compiled.message}`);
  return (object) => {
    if (format === 'jsonpath-as-json') {
      const found = compiled.value.find(object);
      if (found.ok) return `${stringifyJson(found.value.flat(), { indent: '    ' })}\n`;
    }
    const printed = compiled.value.print(object);
    if (printed.ok) return printed.value;
    const more = `Error executing template: ${printed.message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(object)}\n\n`;
    throw new Fatal(`error: error executing jsonpath ${quoteGo(template)}: ${more}\n`);
  };
}

const TEMPLATE_FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  exists: (item, ...keys) => ({
    ok: true,
    value: keys.every((_key, at) => fieldAt(item as JsonValue, ...(keys.slice(0, at + 1) as string[])) !== undefined),
  }),
  base64decode: (text) => {
    const bytes = typeof text === 'string' ? decodeBase64(text) : undefined;
    return bytes === undefined
      ? { ok: false, message: 'base64 decode failed: illegal base64 data at input byte 0' }
      : { ok: true, value: decodeUtf8(bytes) };
  },
};

function templatePrinter(context: Context, template: string): ObjectPrinter {
  if (template === '') fatal('template format specified but no template given');
  const compiled = compileGoTemplate(template, { name: 'output', functions: TEMPLATE_FUNCTIONS });
  if (!compiled.ok) return fatal(`error parsing template ${template}, ${compiled.message}`);
  return (object) => {
    const result = compiled.value.execute(object);
    if (result.ok) return result.value;
    context.io.out(
      `${result.partial}Error executing template: ${result.message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\traw data was:\n\t\t${stringifyJson(object)}\n\n\tobject given to template engine was:\n\t\t${goValue(object)}\n\n`,
    );
    return fatal(`error executing template ${quoteGo(template)}: ${result.message}`);
  };
}

export interface Column {
  readonly header: string;
  readonly cell: (object: JsonObject) => string;
}

/** The columns of -o custom-columns; undefined if another format was asked for. */
export function customColumns(context: Context): readonly Column[] | undefined {
  const output = context.flags.string('output');
  const equals = output.indexOf('=');
  const format = equals < 0 ? output : output.slice(0, equals);
  if (format !== 'custom-columns' && format !== 'custom-columns-file') return undefined;
  const spec = equals < 0 ? '' : output.slice(equals + 1);
  if (spec === '')
    fatal(
      `${format} format specified but no ${format === 'custom-columns' ? 'custom columns' : 'template file'} given`,
    );
  if (format === 'custom-columns') return spec.split(',').map(readColumn);
  const [headers = '', paths = ''] = fileText(context, spec, 'template').split('\n');
  const words = (line: string): string[] => line.split(/\s+/).filter((word) => word !== '');
  return words(headers).map((header, at) => readColumn(`${header}:${words(paths)[at] ?? ''}`));
}

function readColumn(spec: string): Column {
  const colon = spec.indexOf(':');
  if (colon < 0 || spec.split(':').length !== 2 || spec.endsWith(':'))
    fatal(`unexpected custom-columns spec: ${spec}, expected <header>:<json-path-expr>`);
  const relaxed = relaxJsonPath(spec.slice(colon + 1));
  if (!relaxed.ok) return fatal(relaxed.message);
  const compiled = compileJsonPath(relaxed.value, { allowMissingKeys: true });
  if (!compiled.ok) return fatal(compiled.message);
  const cell = (object: JsonObject): string => {
    const found = compiled.value.find(object);
    if (!found.ok) return '<none>';
    const values = found.value
      .flat()
      .map((value) => (value === null ? '<nil>' : typeof value === 'object' ? goValue(value) : String(value)));
    return values.length === 0 ? '<none>' : values.join(',');
  };
  return { header: spec.slice(0, colon), cell };
}

/** A table of custom columns. */
export function printColumns(columns: readonly Column[], objects: readonly JsonObject[], noHeaders: boolean): string {
  const rows = objects.map((object) => columns.map(({ cell }) => cell(object)));
  return formatTable(noHeaders ? rows : [columns.map(({ header }) => header), ...rows]);
}

/** Says what was done to an object, or shows it, as -o asks. */
export function reportObject(
  context: Context,
  object: JsonObject,
  done: string,
  printer: ObjectPrinter | undefined,
): void {
  if (printer !== undefined) {
    context.io.out(printer(object));
    return;
  }
  const dryRun = context.flags.changed('dry-run') ? context.dryRun() : 'none';
  const suffix = dryRun === 'client' ? ' (dry run)' : dryRun === 'server' ? ' (server dry run)' : '';
  context.line(`${namePrinter(object).trimEnd()} ${done}${suffix}`);
}
