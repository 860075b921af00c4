/** Reads sshd_config(5) with what it includes: the settings in the order they came, each with the Match lines that it stands under. */
import type { Process } from '../../../protocol/program.ts';
import { filesMatching } from '../openssh/config-include.ts';
import { configText } from '../openssh/config-text.ts';
import { DEPRECATED, IGNORED, IN_MATCH, isAbsent, UNSUPPORTED } from './sshd-keywords.ts';
import { readCriteria, type Criterion } from './sshd-match.ts';
import { settingNamed, wrongSetting, type Setting } from './sshd-settings.ts';

export interface Directive {
  readonly name: string;
  readonly value: string;
  /** The criteria of each Match line around it. */
  readonly under: readonly (readonly Criterion[])[];
}
export interface ReadConfig {
  readonly directives: readonly Directive[];
  /** What is said of lines that are taken all the same. */
  readonly remarks: readonly string[];
}

/** The settings of a file and what it includes, or what sshd says of its mistakes. */
export function readDirectives(process: Process, path: string): ReadConfig | { readonly problems: readonly string[] } {
  if (configText(process, path) === undefined) return { problems: [`${path}: No such file or directory`] };
  const reader = new Reader(process);
  reader.file(path, []);
  if (reader.problems.length > 0) return { problems: [...reader.remarks, ...reader.problems] };
  return { directives: reader.directives, remarks: reader.remarks };
}

class Reader {
  readonly directives: Directive[] = [];
  readonly problems: string[] = [];
  readonly remarks: string[] = [];
  /** Nothing is read after a value that cannot be understood. */
  #fatal = false;

  constructor(private readonly process: Process) {}

  /** A Match block ends with its file. */
  file(path: string, under: Directive['under']): void {
    const before = this.problems.length;
    let within = under;
    for (const [at, line] of (configText(this.process, path) ?? '').split('\n').entries()) {
      const criteria = this.#line(line, path, at + 1, within);
      if (criteria !== undefined) within = [...under, criteria];
      if (this.#fatal) return;
    }
    const bad = this.problems.length - before;
    if (bad > 0) this.#stop(`${path}: terminating, ${String(bad)} bad configuration options`);
  }

  /** The criteria of a Match line. */
  #line(line: string, path: string, number: number, under: Directive['under']): readonly Criterion[] | undefined {
    const [, keyword = '', rest = ''] = /^\s*([^#\s=]+)\s*=?\s*(.*?)\s*$/.exec(line) ?? [];
    if (keyword === '') return undefined;
    const where = `${path} line ${String(number)}`;
    const words = wordsOf(rest);
    const name = keyword.toLowerCase();
    const setting = settingNamed(keyword);
    const known = setting !== undefined || isOther(name);
    // Only a block for all is in force while nobody has come yet.
    const waiting = under.some((criteria) => criteria[0]?.attribute !== 'all');
    if (!known) this.problems.push(`${path}: line ${String(number)}: Bad configuration option: ${keyword}`);
    if (waiting && !IN_MATCH.has(setting?.name ?? name))
      this.#stop(`${where}: Directive '${keyword}' is not allowed within a Match block`);
    else if (!known) return undefined;
    else if (words.length === 0) this.problems.push(`${where}: no argument after keyword "${keyword}"`);
    else if (name === 'match') return this.#match(words, path, number);
    else if (DEPRECATED.has(name)) this.remarks.push(`${where}: Deprecated option ${keyword}`);
    else if (UNSUPPORTED.has(name)) this.remarks.push(`${where}: Unsupported option ${keyword}`);
    else if (setting !== undefined) this.#set(setting, keyword, words, where, under);
    else if (name === 'include') this.#include(words, under);
    return undefined;
  }

  #match(words: readonly string[], path: string, number: number): readonly Criterion[] | undefined {
    const criteria = readCriteria(words, path, number);
    if (!('problem' in criteria)) return criteria;
    this.#stop(criteria.problem);
    return undefined;
  }

  #include(patterns: readonly string[], under: Directive['under']): void {
    for (const pattern of patterns)
      for (const included of filesMatching(this.process, pattern.startsWith('/') ? pattern : `/etc/ssh/${pattern}`)) {
        this.file(included, under);
        if (this.#fatal) return;
      }
  }

  #set(setting: Setting, keyword: string, words: readonly string[], where: string, under: Directive['under']): void {
    const wrong = wrongSetting(setting, keyword, words);
    const value = words.join(' ');
    if (wrong !== undefined) this.#stop(wrong.replaceAll('%', where));
    else if (isAbsent(setting, words)) this.#stop(`drydock: ${where}: '${keyword} ${value}' is not simulated`);
    else if (words.length > 1 && !takesMore(setting))
      this.problems.push(`${where}: keyword ${keyword} extra arguments at end of line`);
    else if (setting.name === 'subsystem' && this.#hasSubsystem(words[0] ?? '', under))
      this.#stop(`${where}: Subsystem '${words[0] ?? ''}' already defined.`);
    else this.directives.push({ name: setting.name, value, under });
  }

  #hasSubsystem(name: string, under: Directive['under']): boolean {
    return this.directives.some(
      (each) => each.name === 'subsystem' && each.under.length === under.length && each.value.split(/\s/)[0] === name,
    );
  }

  #stop(problem: string): void {
    this.problems.push(problem);
    this.#fatal = true;
  }
}

const isOther = (name: string): boolean =>
  name === 'match' || name === 'include' || DEPRECATED.has(name) || UNSUPPORTED.has(name) || IGNORED.has(name);

/** Settings that take several words on a line. */
const takesMore = ({ name, kind }: Setting): boolean =>
  kind === '+' || (kind === '*' && !['port', 'hostkey', 'hostcertificate'].includes(name));

/** The words of a line, up to a comment. */
const wordsOf = (rest: string): readonly string[] =>
  (rest.replace(/(^|\s+)#.*$/, '').match(/[^\s"]*"[^"]*"|\S+/g) ?? []).map((word) =>
    word.replace(/^([^"]*)"(.*)"$/, '$1$2'),
  );
