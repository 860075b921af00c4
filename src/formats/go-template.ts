/**
 * Go's text/template over plain data: pipelines, if, range, with, define, block, variables, trim markers, functions.
 * Used by `kubectl -o go-template` and by docker's `--format`, each with functions of its own.
 * Methods of Go types are functions of the data (`TemplateFunction`); those without arguments are plain fields.
 */
import { BUILTIN_FUNCTIONS, refuse, value, type TemplateFunction } from './go-template/functions.ts';
import { Executor, type Missing } from './go-template/execute.ts';
import { parseTemplate, TemplateProblem, type Parsed } from './go-template/parser.ts';
import { stringifyJson } from './json.ts';

export type { Answer, TemplateFunction } from './go-template/functions.ts';
export { sprintf } from './go-template/printf.ts';

export interface TemplateOptions {
  /** Name in error messages: kubectl uses `output`, docker none. */
  readonly name?: string;
  readonly functions?: Readonly<Record<string, TemplateFunction>>;
  readonly numbers?: 'float' | 'int';
  readonly missing?: Missing;
  /** What null prints: a value of no type, or a pointer of a struct. */
  readonly nil?: '<no value>' | '<nil>';
}

export type TemplateResult<T> =
  | { readonly ok: true; readonly value: T }
  /** `message` is Go's; `partial` is what had been written before an error of execution. */
  | { readonly ok: false; readonly message: string; readonly partial: string };

export interface GoTemplate {
  execute(data: unknown): TemplateResult<string>;
}

/** Parses a template; the answer can run over any number of values. */
export function compileGoTemplate(text: string, options: TemplateOptions = {}): TemplateResult<GoTemplate> {
  const name = options.name ?? '';
  const functions = options.functions ?? {};
  let parsed: Parsed;
  try {
    parsed = parseTemplate(name, text, new Set([...Object.keys(BUILTIN_FUNCTIONS), ...Object.keys(functions)]));
  } catch (problem) {
    if (problem instanceof TemplateProblem) return { ok: false, message: problem.message, partial: '' };
    throw problem;
  }
  const settings = {
    name,
    text,
    functions,
    numbers: options.numbers ?? 'int',
    missing: options.missing ?? 'map',
    nil: options.nil ?? '<no value>',
  } as const;
  const execute = (data: unknown): TemplateResult<string> => {
    const executor = new Executor(parsed, settings, data);
    try {
      executor.run(parsed.root, data);
      return { ok: true, value: executor.out.join('') };
    } catch (problem) {
      if (!(problem instanceof TemplateProblem)) throw problem;
      return { ok: false, message: problem.message, partial: executor.out.join('') };
    }
  };
  return { ok: true, value: { execute } };
}

const text = (item: unknown): string => (typeof item === 'string' ? item : '');

/** The functions docker adds to every `--format`. */
export const DOCKER_FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  json: (item) => value(stringifyJson(plainNumbers(item), { sortKeys: false, escapeHtml: false })),
  join: (items, separator) =>
    Array.isArray(items)
      ? value(items.map(text).join(text(separator)))
      : refuse('wrong type for value; expected []string'),
  split: (item, separator) => value(text(item).split(text(separator))),
  lower: (item) => value(text(item).toLowerCase()),
  upper: (item) => value(text(item).toUpperCase()),
  title: (item) =>
    value(
      text(item).replace(
        /(^|[^\p{L}\p{N}'])(\p{L})/gu,
        (_all, before: string, letter: string) => before + letter.toUpperCase(),
      ),
    ),
  pad: (item, before, after) =>
    value(text(item) === '' ? '' : ' '.repeat(Number(before)) + text(item) + ' '.repeat(Number(after))),
  truncate: (item, length) => value(text(item).slice(0, Number(length))),
};

/** Integers are held as bigint while a template runs. */
function plainNumbers(item: unknown): unknown {
  return typeof item === 'bigint' ? Number(item) : item;
}
