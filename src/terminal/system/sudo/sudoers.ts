/**
 * /etc/sudoers and /etc/sudoers.d.
 * Models: user, %group, #uid and ALL; (runas) lists; NOPASSWD and PASSWD tags; command lists by path; Defaults secure_path.
 * Leaves out: aliases, host lists other than ALL, digests, Defaults per user.
 */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Account } from '../../accounts.ts';
import { fileText } from '../../io.ts';
import { matches } from '../../shell/expand/pattern.ts';

export interface SudoersRule {
  readonly who: string;
  readonly runAs: readonly string[];
  readonly password: boolean;
  readonly commands: readonly string[];
  /** The same with the paths of the files that they lead to. */
  readonly resolved: readonly string[];
  readonly text: string;
}
export interface Sudoers {
  readonly rules: readonly SudoersRule[];
  readonly securePath: string | undefined;
}

/** /etc/sudoers and what it includes, in the order in which they are read: what stands behind an include comes before it here. */
export function sudoersFiles(process: Process, path = '/etc/sudoers'): readonly string[] {
  const included = [...(fileText(process, path) ?? '').matchAll(/^[@#]include(dir)?\s+(\S+)/gm)].flatMap(
    ([, isDirectory, place = '']) => {
      if (isDirectory === undefined) return sudoersFiles(process, place);
      const names = process.readdir(place);
      return failed(names)
        ? []
        : names
            .map(({ name }) => name)
            .filter((name) => !/[.~]/.test(name))
            .toSorted()
            .map((name) => `${place}/${name}`);
    },
  );
  return [path, ...included];
}

/** A command of a rule with the path of the file that it leads to: /bin/cat is /usr/bin/cat. */
function resolve(process: Process, command: string): string {
  const [path = '', ...words] = command.split(' ');
  const real = path.startsWith('/') && !path.endsWith('/') ? process.realpath(path) : path;
  return failed(real) ? command : [real, ...words].join(' ');
}

/** Rules in the order in which they are read; the last that fits decides. */
export function readSudoers(process: Process): Sudoers {
  const lines = sudoersFiles(process).flatMap((path) => (fileText(process, path) ?? '').split('\n'));
  const rules: SudoersRule[] = [];
  let securePath: string | undefined;
  for (const raw of lines) {
    const line = raw.replace(/(^|\s)#(?!\d).*$/, '').trim();
    if (line.startsWith('Defaults')) securePath = /secure_path\s*=\s*"?([^"\s]+)"?/.exec(line)?.[1] ?? securePath;
    else {
      const rule = parseRule(line);
      if (rule !== undefined) rules.push({ ...rule, resolved: rule.commands.map((each) => resolve(process, each)) });
    }
  }
  return { rules, securePath };
}

function parseRule(line: string): Omit<SudoersRule, 'resolved'> | undefined {
  const match = /^(\S+)\s+\S+?\s*=\s*(?:\(([^)]*)\))?\s*((?:(?:NO)?PASSWD:\s*)*)(.+)$/.exec(line);
  if (match === null) return undefined;
  const [, who = '', runAs = 'root', tags = '', commands = ''] = match;
  return {
    who,
    runAs: (runAs.split(':')[0] ?? '').split(',').map((each) => each.trim()),
    password: !/NOPASSWD:\s*$/.test(tags),
    commands: commands.split(',').map((each) => each.trim()),
    text: line,
  };
}

/** The rules that name an account or a group of it. */
export const rulesOf = (sudoers: Sudoers, account: Account, groupNames: readonly string[]): readonly SudoersRule[] =>
  sudoers.rules.filter(
    ({ who }) =>
      who === 'ALL' ||
      who === account.name ||
      who === `#${String(account.uid)}` ||
      (who.startsWith('%') && groupNames.includes(who.slice(1))),
  );

/** The rule that lets an account run a command as another user; undefined where none does. */
export function matchingRule(
  sudoers: Sudoers,
  account: Account,
  groupNames: readonly string[],
  wanted: { readonly runAs: string; readonly path: string; readonly line: string },
): SudoersRule | undefined {
  return rulesOf(sudoers, account, groupNames).findLast((rule) => {
    const as = rule.runAs.includes('ALL') || rule.runAs.includes(wanted.runAs);
    return (
      as &&
      rule.resolved.some(
        (command) =>
          command === 'ALL' ||
          command === wanted.path ||
          matches(command, wanted.line) ||
          (command.endsWith('/') && wanted.path.startsWith(command)),
      )
    );
  });
}
