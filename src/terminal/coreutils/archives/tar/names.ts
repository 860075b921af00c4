/** Which names a call means, and what they become on their way into an archive or out of it. */
import { failed, strerror } from '../../../../protocol/errno.ts';
import { posixRegExp } from '../../../posix-regex.ts';
import { bytesToText } from '../../../text.ts';
import { readOperand } from '../../../io.ts';
import { patternRegExp } from '../../../shell/expand/pattern.ts';
import type { Invocation } from '../../command.ts';
import { parseReplacement } from '../../sed/parser.ts';
import { substitute } from '../../sed/substitute.ts';

const VERSION_CONTROL =
  'CVS RCS SCCS .git .gitignore .gitmodules .gitattributes .cvsignore .svn .arch-ids {arch} =RELEASE-ID =meta-update =update .bzr .bzrignore .bzrtags .hg .hgignore .hgtags _darcs'.split(
    ' ',
  );
const BACKUPS = ['.#*', '*~', '#*#'];

/** A message that ends tar at once. */
export class Fatal extends Error {
  constructor(
    message: string,
    /** A mistake in the call. */
    readonly isUsage = false,
  ) {
    super(message);
  }
}

export const fatalText = (name: string, text: string): string =>
  `${name}: ${text}\n${name}: Error is not recoverable: exiting now\n`;

/** Whether a member is passed over: a pattern may match from any slash on, and takes what is below. */
export function excluder({ options, process }: Invocation): (name: string) => boolean {
  const patterns = [...options.values('exclude')];
  for (const path of options.values('X')) {
    const bytes = process.readFile(path);
    if (failed(bytes)) throw new Fatal(`${path}: ${strerror(bytes)}`);
    patterns.push(
      ...bytesToText(bytes)
        .split('\n')
        .filter((line) => line !== ''),
    );
  }
  if (options.has('exclude-vcs')) patterns.push(...VERSION_CONTROL);
  if (options.has('exclude-backups')) patterns.push(...BACKUPS);
  const tests = patterns.map((pattern) => patternRegExp(pattern.replace(/(?<=.)\/$/, '')));
  return (name) => {
    const parts = name.replace(/(?<=.)\/+$/, '').split('/');
    return tests.some((test) =>
      parts.some((_, from) => parts.some((__, to) => to >= from && test.test(parts.slice(from, to + 1).join('/')))),
    );
  };
}

/** The operands, and the names that -T lists. */
export async function givenNames(call: Invocation): Promise<readonly string[]> {
  return (await givenSteps(call)).flatMap((step) => {
    if (step.type === 'fault') throw step.error;
    return step.type === 'name' ? [step.name] : [];
  });
}

export type GivenStep =
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'enter'; readonly directory: string }
  /** A list of names that cannot be read: the names before it come first. */
  | { readonly type: 'fault'; readonly error: Fatal };

/** Names and the directories that they are in (-C), in the order of the command line. */
export async function givenSteps(call: Invocation): Promise<readonly GivenStep[]> {
  const { options, operands } = call;
  const steps: GivenStep[] = [];
  let taken = 0;
  const take = (names: readonly string[]): void => {
    steps.push(...names.map((name) => ({ type: 'name', name }) as const));
  };
  for (const [at, [letter, value]] of options.order.entries()) {
    const place = options.places?.[at] ?? taken;
    take(operands.slice(taken, place));
    taken = place;
    if (letter === 'T') {
      const listed = await namesIn(call, value);
      if (listed instanceof Fatal) steps.push({ type: 'fault', error: listed });
      else take(listed);
    }
    if (letter === 'add-file') take([value]);
    else if (letter === 'C') steps.push({ type: 'enter', directory: value });
  }
  take(operands.slice(taken));
  return steps;
}

async function namesIn({ options, process }: Invocation, list: string): Promise<readonly string[] | Fatal> {
  const bytes = await readOperand(process, list);
  if (failed(bytes)) return new Fatal(`${list}: Cannot stat: ${strerror(bytes)}`);
  const lines = bytesToText(bytes).split(options.has('null') ? '\0' : '\n');
  return lines.filter((line) => line !== '');
}

/** --transform: names as sed's `s` changes them. */
export function transformer({ options }: Invocation): (name: string) => string {
  const steps = options.values('transform').flatMap((text) => transformSteps(text));
  return (name) => {
    const slash = /(?<=.)\/+$/.exec(name)?.[0] ?? '';
    return steps.reduce((made, step) => step(made), name.slice(0, name.length - slash.length)) + slash;
  };
}

function transformSteps(text: string): readonly ((name: string) => string)[] {
  const steps: ((name: string) => string)[] = [];
  for (let rest = text; rest !== '';) {
    const delimiter = rest.charAt(1).replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
    const part = `((?:\\\\[^]|(?!${delimiter})[^\\\\])*)`;
    const form = new RegExp(`^s${delimiter}${part}${delimiter}${part}${delimiter}([gixrRsShH\\d]*)(?:;|$)`);
    const [whole = '', source = '', target = '', flags = ''] = form.exec(rest) ?? [];
    const regex = posixRegExp(source, {
      extended: flags.includes('x'),
      ignoreCase: flags.includes('i'),
      global: true,
    });
    if (whole === '' || regex === undefined) throw new Fatal('Invalid transform expression', true);
    const from = Number(/\d+/.exec(flags)?.[0] ?? '1');
    const how = {
      regex,
      replacement: parseReplacement(target),
      from,
      all: flags.includes('g'),
      print: false,
      file: undefined,
    };
    steps.push((name) => substitute(name, regex, how) ?? name);
    rest = rest.slice(whole.length);
  }
  return steps;
}

/** A member never leaves the directory it is unpacked in, unless -P says so; what was taken off is said once. */
export class SafeNames {
  readonly #told = new Set<string>();

  constructor(private readonly call: Invocation) {}

  async of(name: string): Promise<string> {
    if (this.call.options.has('P')) return name;
    const prefix = /^(?:.*\/)?\.\.(?:\/|$)|^\/+/.exec(name)?.[0];
    if (prefix === undefined) return name;
    const shown = prefix.startsWith('/') && /^\/+$/.test(prefix) ? '/' : prefix;
    if (!this.#told.has(shown)) await this.call.io.warn(`Removing leading \`${shown}' from member names`);
    this.#told.add(shown);
    return name.slice(prefix.length) || './';
  }
}
