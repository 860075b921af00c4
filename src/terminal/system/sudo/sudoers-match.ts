/** What sudoers lets somebody do: the last entry that fits decides (sudoers plugin, match.c and parse.c). */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { groupIdOf, groupNameOf, type Account } from '../../accounts.ts';
import { matches } from '../../shell/expand/pattern.ts';
import type { CommandSpec, DefaultsEntry, Member, Privilege, Sudoers } from './sudoers.ts';

export interface Request {
  readonly process: Process;
  readonly sudoers: Sudoers;
  readonly caller: Account;
  readonly target: Account;
  /** Of -g. */
  readonly gid?: number | undefined;
  readonly path: string;
  readonly args: readonly string[];
}

export interface Decision {
  readonly allowed: boolean;
  readonly spec: CommandSpec;
}

const groupsOf = (process: Process, { gid, groups }: Account): readonly string[] =>
  [gid, ...groups].map((each) => groupNameOf(process, each) ?? '');

/** Whether a list names something: its last member that fits says yes, or no behind a `!`. */
function listed(
  members: readonly Member[],
  aliases: Sudoers['aliases'],
  fits: (text: string) => boolean,
): boolean | undefined {
  for (const { text, negated } of members.toReversed()) {
    const alias = /^[A-Z][A-Z\d_]*$/.test(text) && text !== 'ALL' ? aliases.get(text) : undefined;
    const found =
      alias === undefined ? (text === 'ALL' || fits(text) ? true : undefined) : listed(alias, aliases, fits);
    if (found !== undefined) return found !== negated;
  }
  return undefined;
}

const isUser =
  (process: Process, account: Account) =>
  (text: string): boolean =>
    text === account.name ||
    text === `#${String(account.uid)}` ||
    (text.startsWith('%#') && [account.gid, ...account.groups].includes(Number(text.slice(2)))) ||
    (text.startsWith('%') && groupsOf(process, account).includes(text.slice(1)));

const isHost =
  (process: Process) =>
  (text: string): boolean =>
    matches(text, process.hostname()) || matches(text, process.hostname().split('.')[0] ?? '');

/** Whether a command of sudoers is the one that is asked for: the same file under the same name, and arguments that fit. */
const isCommand =
  (process: Process, path: string, args: readonly string[]) =>
  (text: string): boolean => {
    const blank = text.indexOf(' ');
    const [place, wanted] = blank < 0 ? [text, undefined] : [text.slice(0, blank), text.slice(blank + 1)];
    if (wanted === '""' ? args.length > 0 : wanted !== undefined && !matches(wanted, args.join(' '))) return false;
    if (place.endsWith('/')) return path.slice(0, path.lastIndexOf('/') + 1) === place;
    if (/[*?[]/.test(place)) return place.split('/').length === path.split('/').length && matches(place, path);
    if (baseOf(place) !== baseOf(path)) return false;
    const [there, here] = [process.realpath(place), process.realpath(path)];
    return failed(there) || failed(here) ? place === path : there === here;
  };
const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The entries that are about somebody on this host, in their order. */
export function privilegesOf({ specs, aliases }: Sudoers, process: Process, account: Account): readonly Privilege[] {
  return specs
    .filter(({ users }) => listed(users, aliases, isUser(process, account)) === true)
    .flatMap(({ privileges }) => privileges)
    .filter(({ hosts }) => listed(hosts, aliases, isHost(process)) === true);
}

/** Whether the entry is about running as this user, and group. */
function runsAs({ runAs }: CommandSpec, { process, sudoers, caller, target, gid }: Request): boolean {
  const { aliases } = sudoers;
  const isSelf = target.uid === caller.uid;
  const users =
    runAs === undefined
      ? target.uid === 0 || undefined
      : runAs.users.length === 0
        ? isSelf || undefined
        : listed(runAs.users, aliases, isUser(process, target));
  if (gid === undefined) return users === true;
  const named = (text: string): boolean => text === `#${String(gid)}` || groupIdOf(process, text) === gid;
  const own = [target.gid, ...target.groups].includes(gid);
  const groups = listed(runAs?.groups ?? [], aliases, named) ?? (own || undefined);
  return (users ?? (isSelf || undefined)) === true && groups === true;
}

/** The last entry that is about the command; undefined where none is. */
export function decide(request: Request): Decision | undefined {
  const { process, sudoers, caller, path, args } = request;
  const specs = privilegesOf(sudoers, process, caller).flatMap(({ commands }) => commands);
  for (const spec of specs.toReversed()) {
    if (!runsAs(spec, request)) continue;
    const allowed = listed([spec.command], sudoers.aliases, isCommand(process, path, args));
    if (allowed !== undefined) return { allowed, spec };
  }
  return undefined;
}

/** Defaults for a user, and with a target and a command those that are bound to them. */
export function entriesFor(
  { defaults, aliases }: Sudoers,
  process: Process,
  caller: Account,
  target?: Account,
  command?: { readonly path: string; readonly args: readonly string[] },
): readonly DefaultsEntry[] {
  return defaults.filter(({ scope, bound }) => {
    switch (scope) {
      case '':
        return true;
      case '@':
        return listed(bound, aliases, isHost(process)) === true;
      case ':':
        return listed(bound, aliases, isUser(process, caller)) === true;
      case '>':
        return target !== undefined && listed(bound, aliases, isUser(process, target)) === true;
      default:
        return command !== undefined && listed(bound, aliases, isCommand(process, command.path, command.args)) === true;
    }
  });
}

/** Members with what their aliases stand for in their place. */
export function expanded(members: readonly Member[], aliases: Sudoers['aliases']): readonly string[] {
  return members.flatMap(({ text, negated }) => {
    const alias = aliases.get(text);
    const texts = alias === undefined ? [text] : expanded(alias, aliases);
    return texts.map((each) => (negated ? (each.startsWith('!') ? each.slice(1) : `!${each}`) : each));
  });
}
