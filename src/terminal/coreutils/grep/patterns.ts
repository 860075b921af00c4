/** What grep looks for: the patterns of a call, as one expression. */
import { failed, strerror } from '../../../protocol/errno.ts';
import { readOperand } from '../../io.ts';
import {
  localeOf,
  perlFault,
  perlRegExp,
  posixRegExp,
  regexFault,
  strayQuantifiers,
  type RegexOptions,
  type Whole,
} from '../../posix-regex.ts';
import { bytesToText } from '../../text.ts';
import type { Invocation } from '../command.ts';

interface Given {
  readonly patterns: readonly string[];
  readonly files: readonly string[];
}
export interface Complaint {
  readonly message: string;
}

/** The patterns of -e and -f, or the first operand; undefined where there is none. */
export async function givenPatterns({
  options,
  operands,
  process,
}: Invocation): Promise<Given | Complaint | undefined> {
  const patterns: string[] = [];
  for (const [letter, value] of options.order) {
    if (letter === 'e') patterns.push(...value.split('\n'));
    if (letter !== 'f') continue;
    const bytes = await readOperand(process, value);
    if (failed(bytes)) return { message: `${value}: ${strerror(bytes)}` };
    const text = bytesToText(bytes);
    if (text !== '') patterns.push(...text.replace(/\n$/, '').split('\n'));
  }
  if (options.has('e') || options.has('f')) return { patterns, files: operands };
  const [first, ...files] = operands;
  return first === undefined ? undefined : { patterns: first.split('\n'), files };
}

/** Nothing matches where there is no pattern. */
const NEVER = /(?!)/gu;

type Compiled =
  | { readonly warnings: readonly string[]; readonly regex: RegExp; readonly message?: undefined }
  | { readonly warnings: readonly string[]; readonly message: string };

export function compilePatterns(call: Invocation, patterns: readonly string[]): Compiled {
  const { options, flavour, process } = call;
  const modes = options.order.flatMap(([letter]) => ('EFGP'.includes(letter) ? [letter] : []));
  const mode = modes.at(-1) ?? 'G';
  if (modes.some((other) => (other === 'P') !== (mode === 'P')))
    return { warnings: [], message: 'conflicting matchers specified' };
  const whole: Whole | undefined = options.has('x') ? 'line' : options.has('w') ? 'word' : undefined;
  const ignoreCase = ['i', 'y'].includes(
    options.order.findLast(([letter]) => /^(?:i|y|no-i)$/.test(letter))?.[0] ?? '',
  );
  if (mode === 'P') return compilePerl(patterns, whole, ignoreCase);
  if (patterns.length === 0) return { warnings: [], regex: NEVER };
  const how: RegexOptions = {
    extended: mode !== 'G',
    dialect: 'grep',
    locale: flavour === 'gnu' ? localeOf(process.env) : undefined,
    ignoreCase,
    global: true,
    whole,
  };
  const sources = mode === 'F' ? patterns.map(fixed) : patterns;
  const warnings =
    mode === 'E' && flavour === 'gnu'
      ? patterns.flatMap(strayQuantifiers).map((sign) => `${sign} at start of expression`)
      : [];
  const regex = posixRegExp(sources, how);
  if (regex !== undefined) return { warnings, regex };
  const bad = sources.find((source) => posixRegExp(source, how) === undefined) ?? '';
  return { warnings, message: flavour === 'busybox' ? `bad regex '${bad}'` : regexFault(sources, how) };
}

/** A text as an extended expression that matches only it. */
const fixed = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

function compilePerl(patterns: readonly string[], whole: Whole | undefined, ignoreCase: boolean): Compiled {
  const warnings: readonly string[] = [];
  const [pattern = ''] = patterns;
  if (patterns.length !== 1) return { warnings, message: 'the -P option only supports a single pattern' };
  const fault = perlFault(pattern);
  const around = whole === 'line' ? `^(?:${pattern})$` : whole === 'word' ? `(?<!\\w)(?:${pattern})(?!\\w)` : pattern;
  const regex = perlRegExp(around, ignoreCase ? 'giu' : 'gu');
  if (regex !== undefined) return { warnings, regex };
  return { warnings, message: 'fault' in fault ? fault.fault : `drydock: 'grep -P ${fault.absent}' is not simulated` };
}
