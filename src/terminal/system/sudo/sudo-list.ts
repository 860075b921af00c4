/** `sudo -l`: what the caller, or with -U somebody else, may run; with -ll one entry below the other. */
import { failed } from '../../../protocol/errno.ts';
import { accountOf, type Account } from '../../accounts.ts';
import type { Options } from '../../coreutils/command.ts';
import { lookupPath } from '../../run-child.ts';
import type { PlainCall } from '../plain-program.ts';
import { entryText, settingsOf } from './sudo-settings.ts';
import type { CommandSpec, Sudoers } from './sudoers.ts';
import { decide, entriesFor, expanded, privilegesOf } from './sudoers-match.ts';

export async function listRules(call: PlainCall, options: Options, sudoers: Sudoers, caller: Account): Promise<number> {
  const { io, process } = call;
  const wanted = options.value('U');
  const account = wanted === undefined ? caller : accountOf(process, wanted);
  if (account === undefined) {
    await io.warn(`unknown user ${wanted ?? ''}`);
    return 1;
  }
  const entries = entriesFor(sudoers, process, account);
  const [command, ...args] = options.operands;
  if (command !== undefined) {
    const path = lookupPath(process, command, settingsOf(entries).values.get('secure_path')) ?? command;
    const target = accountOf(process, options.value('u') ?? 'root');
    const isRoot = account.uid === 0;
    const found = target && decide({ process, sudoers, caller: account, target, path, args });
    if (!isRoot && found?.allowed !== true) return 1;
    io.line([path, ...args].join(' '));
    return await io.end(0);
  }
  const host = process.hostname();
  const privileges = privilegesOf(sudoers, process, account);
  if (privileges.length === 0) {
    if (wanted === undefined) await io.raw(`Sorry, user ${account.name} may not run sudo on ${host}.\n`);
    else io.line(`User ${account.name} is not allowed to run sudo on ${host}.`);
    return await io.end(wanted === undefined ? 1 : 0);
  }
  const size = process.isatty(1) ? process.windowSize(1) : undefined;
  const width = size === undefined || failed(size) ? Infinity : size.columns;
  if (entries.length > 0) {
    io.line(`Matching Defaults entries for ${account.name} on ${host}:`);
    io.line(wrapped(entries.map(entryText).join(', '), 4, width));
    io.line('');
  }
  io.line(`User ${account.name} may run the following commands on ${host}:`);
  const long = options.values('l').length > 1;
  for (const { commands } of privileges)
    if (long) for (const line of longEntries(commands, sudoers, account)) io.line(line);
    else io.line(wrapped(shortEntry(commands, sudoers, account), 8, width));
  return await io.end(0);
}

/** Words on lines that fit, four blanks before the first. */
function wrapped(text: string, indent: number, width: number): string {
  const lines: string[] = [];
  let line = '    ';
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length >= width) {
      lines.push(line);
      line = ' '.repeat(indent);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join('\n');
}

function runAsText({ runAs }: CommandSpec, { aliases }: Sudoers, account: Account): string {
  if (runAs === undefined) return 'root';
  const users = runAs.users.length === 0 ? account.name : expanded(runAs.users, aliases).join(', ');
  return runAs.groups.length === 0 ? users : `${users} : ${expanded(runAs.groups, aliases).join(', ')}`;
}

const TAG_ORDER = ['SETENV', 'EXEC', 'PASSWD', 'LOG_INPUT', 'LOG_OUTPUT', 'MAIL', 'FOLLOW', 'INTERCEPT'];

/** A tag or a run-as list stands where it differs from that of the command before. */
function shortEntry(commands: readonly CommandSpec[], sudoers: Sudoers, account: Account): string {
  let before: CommandSpec | undefined;
  const texts: string[] = [];
  for (const spec of commands) {
    const runAs = runAsText(spec, sudoers, account);
    const same = before !== undefined && runAsText(before, sudoers, account) === runAs;
    const tags = TAG_ORDER.flatMap((tag) => {
      const value = spec.tags.get(tag);
      return value === undefined || value === before?.tags.get(tag) ? [] : [`${value ? '' : 'NO'}${tag}: `];
    });
    const [first = '', ...others] = expanded([spec.command], sudoers.aliases);
    texts.push(`${same ? '' : `(${runAs}) `}${tags.join('')}${first}`, ...others);
    before = spec;
  }
  return texts.join(', ');
}

function longEntries(commands: readonly CommandSpec[], sudoers: Sudoers, account: Account): readonly string[] {
  const lines: string[] = [];
  let head = '';
  for (const spec of commands) {
    const { aliases } = sudoers;
    const users = runAsText({ ...spec, runAs: spec.runAs && { ...spec.runAs, groups: [] } }, sudoers, account);
    const groups = spec.runAs === undefined ? [] : expanded(spec.runAs.groups, aliases);
    const options = [
      ...(spec.tags.has('SETENV') ? [spec.tags.get('SETENV') === true ? 'setenv' : '!setenv'] : []),
      ...(spec.tags.has('PASSWD') ? [spec.tags.get('PASSWD') === true ? 'authenticate' : '!authenticate'] : []),
    ];
    const next = [
      '',
      'Sudoers entry:',
      `    RunAsUsers: ${users}`,
      ...(groups.length === 0 ? [] : [`    RunAsGroups: ${groups.join(', ')}`]),
      ...(options.length === 0 ? [] : [`    Options: ${options.join(', ')}`]),
      '    Commands:',
    ].join('\n');
    if (next !== head) lines.push(next);
    head = next;
    lines.push(...expanded([spec.command], aliases).map((text) => `\t${text}`));
  }
  return lines;
}
