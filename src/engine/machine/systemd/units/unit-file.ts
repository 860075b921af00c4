import { C_ESCAPES } from '../../../../formats/c-escapes.ts';
import { systemdSpanUs } from '../../../../formats/systemd-span.ts';
import { expandSpecifiers } from './unit-name.ts';

/** Unit files: sections of assignments (systemd.syntax(7)). An empty assignment clears what came before. */
export interface UnitFile {
  readonly sections: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
}

/** Parses a unit file and its drop-ins in order; lines that are none are answered as problems. */
export function parseUnit(texts: readonly string[]): { readonly file: UnitFile; readonly problems: readonly string[] } {
  const sections = new Map<string, Map<string, string[]>>();
  const problems: string[] = [];
  for (const text of texts) {
    let section: Map<string, string[]> | undefined;
    for (const line of joined(text)) {
      const header = /^\[(.+)\]$/.exec(line);
      if (header !== null) {
        const name = header[1] ?? '';
        section = sections.get(name) ?? new Map<string, string[]>();
        sections.set(name, section);
        continue;
      }
      const equals = line.indexOf('=');
      if (equals <= 0 || section === undefined) {
        problems.push(line);
        continue;
      }
      const key = line.slice(0, equals).trim();
      const value = line.slice(equals + 1).trim();
      if (value === '') section.set(key, []);
      else section.set(key, [...(section.get(key) ?? []), value]);
    }
  }
  return { file: { sections }, problems };
}

/** Lines without comments, continued ones joined. */
function joined(text: string): string[] {
  const lines: string[] = [];
  let open = '';
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (open === '' && (line === '' || line.startsWith('#') || line.startsWith(';'))) continue;
    if (line.endsWith('\\')) {
      open += `${line.slice(0, -1)} `;
      continue;
    }
    lines.push(open + line);
    open = '';
  }
  if (open !== '') lines.push(open);
  return lines;
}

export const lastValue = (file: UnitFile, section: string, key: string): string | undefined =>
  file.sections.get(section)?.get(key)?.at(-1);

/** All values of a list setting, split at blanks. */
export const listValue = (file: UnitFile, section: string, key: string): readonly string[] =>
  (file.sections.get(section)?.get(key) ?? []).flatMap((value) => value.split(/\s+/)).filter((value) => value !== '');

export const isYes = (value: string | undefined): boolean => value !== undefined && /^(1|yes|true|on)$/i.test(value);

/** µs of a time span; `otherwise` where nothing is set or what is set is none. */
export const parseSpan = (text: string | undefined, otherwise: number): number =>
  text === undefined ? otherwise : (systemdSpanUs(text) ?? otherwise);

export interface Command {
  readonly argv: readonly string[];
  /** `-`: failure does not matter. */
  readonly tolerant: boolean;
  /** `+` and `!`: it keeps process 1's privileges. */
  readonly privileged: boolean;
  /** Variables that the line names and nothing sets. */
  readonly unset: readonly string[];
}

/** `\n`, `\s`, `\x20`, `\040` and quotes behind a backslash (systemd.syntax(7)); what else stands behind one stays. */
const unescaped = (text: string): string =>
  text.replace(
    /\\(?:x([0-9a-fA-F]{2})|([0-7]{3})|(.))/g,
    (whole: string, hex?: string, octal?: string, letter?: string) => {
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
      if (letter === 's') return ' ';
      return /^["'\\]$/.test(letter ?? '') ? (letter ?? whole) : (C_ESCAPES[letter ?? ''] ?? whole);
    },
  );

/** A command line of ExecStart= and its kind: prefixes, quotes, `$VAR`, `%` specifiers. */
export function parseCommand(
  line: string,
  env: Readonly<Record<string, string>>,
  specifiers: Readonly<Record<string, string>>,
): Command {
  const prefix = /^[-@:+!|]*/.exec(line)?.[0] ?? '';
  const words: string[] = [];
  const unset = new Set<string>();
  const valueOf = (name: string): string => {
    if (env[name] === undefined) unset.add(name);
    return env[name] ?? '';
  };
  for (const match of line.slice(prefix.length).matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)) {
    const literal = match[2];
    const word = unescaped(literal ?? match[1] ?? match[3] ?? '');
    const named = expandSpecifiers(word, specifiers);
    const whole = literal === undefined && match[1] === undefined ? /^\$([A-Za-z_]\w*)$/.exec(named)?.[1] : undefined;
    if (whole !== undefined)
      words.push(
        ...valueOf(whole)
          .split(/\s+/)
          .filter((each) => each !== ''),
      );
    else words.push(named.replace(/\$\{(\w+)\}/g, (_, name: string) => valueOf(name)));
  }
  return { argv: words, tolerant: prefix.includes('-'), privileged: /[+!]/.test(prefix), unset: [...unset] };
}
