/** groupadd, groupmod and groupdel (shadow 4.13). Leaves out: chroots and prefixes (-R, -P). */
import { command, type Invocation } from '../../coreutils/command.ts';
import { putRow, readRows, writeRows, type Row } from './account-files.ts';
import { isValidName, listOf, loginDefs, nextId, notPermitted, parseId, usageFault, userRow } from './shadow-tools.ts';

const SPEC = { absent: [...'RP'], helpOption: '-h', usage: '[options] GROUP', usageStatus: 2 } as const;
const LONG = { gid: 'g', 'non-unique': 'o', password: 'p', prefix: 'P', root: 'R', users: 'U' };

/** What -g and -U were given. */
async function optionFault({ io, options }: Invocation): Promise<number | undefined> {
  const gid = options.values('g').find((text) => parseId(text) === undefined);
  if (gid === undefined) return undefined;
  await io.warn(`invalid group ID '${gid}'`);
  return 3;
}

async function unknownMember({ io, options, process }: Invocation): Promise<boolean> {
  const unknown = listOf(options.value('U')).find((user) => userRow(process, user) === undefined);
  if (unknown === undefined) return false;
  await io.raw(`Invalid member username ${unknown}\n`);
  return true;
}

export const groupadd = command(
  {
    ...SPEC,
    name: 'groupadd',
    calls: 'short',
    short: 'fg:hK:op:P:rR:U:',
    long: { ...LONG, force: 'f', key: 'K', system: 'r' },
    hint: (name) => `Usage: ${name} [options] GROUP`,
  },
  async (call) => {
    const { io, options, process, operands } = call;
    const wrong = await optionFault(call);
    if (wrong !== undefined) return wrong;
    const items = loginDefs(process, options.values('K'));
    if (typeof items === 'string') {
      await io.raw(`configuration error - unknown item '${items}' (notify administrator)\n`);
      return 3;
    }
    const [name = ''] = operands;
    if (operands.length !== 1) return await usageFault(call);
    if (options.has('o') && !options.has('g')) return await usageFault(call);
    if (!isValidName(name)) {
      await io.warn(`'${name}' is not a valid group name`);
      return 3;
    }
    const groups = readRows(process, '/etc/group');
    if (groups.some((row) => row[0] === name)) {
      if (options.has('f')) return 0;
      await io.warn(`group '${name}' already exists`);
      return 9;
    }
    const given = options.value('g');
    const taken = given !== undefined && groups.some((row) => Number(row[2]) === Number(given));
    if (taken && !options.has('o') && !options.has('f')) {
      await io.warn(`GID '${given}' already exists`);
      return 4;
    }
    const stopped = await notPermitted(call, '/etc/group');
    if (stopped !== undefined) return stopped;
    if (await unknownMember(call)) return 10;
    const free = given === undefined || (taken && !options.has('o'));
    const gid = free ? nextId(process, 'GID', options.has('r'), items) : Number(given);
    if (gid === undefined) {
      await io.warn("Can't get unique GID (no more available GIDs)");
      return 4;
    }
    putRow(process, '/etc/group', name, [name, 'x', String(gid), listOf(options.value('U')).join(',')]);
    putRow(process, '/etc/gshadow', name, [name, options.value('p') ?? '!', '', listOf(options.value('U')).join(',')]);
    return 0;
  },
);

export const groupmod = command(
  {
    ...SPEC,
    name: 'groupmod',
    calls: 'short',
    short: 'ag:hn:op:P:R:U:',
    long: { ...LONG, append: 'a', 'new-name': 'n' },
    hint: (name) => `Usage: ${name} [options] GROUP`,
  },
  async (call) => {
    const { io, options, process, operands } = call;
    const wrong = await optionFault(call);
    if (wrong !== undefined) return wrong;
    const [name = ''] = operands;
    if (operands.length !== 1 || (options.has('o') && !options.has('g'))) return await usageFault(call);
    const groups = readRows(process, '/etc/group');
    const row = groups.find((each) => each[0] === name);
    if (row === undefined) {
      await io.warn(`group '${name}' does not exist`);
      return 6;
    }
    const next = options.value('n') ?? name;
    const gid = options.has('g') ? String(Number(options.value('g'))) : (row[2] ?? '');
    if (gid !== row[2] && !options.has('o') && groups.some((each) => each[2] === gid)) {
      await io.warn(`GID '${gid}' already exists`);
      return 4;
    }
    if (next !== name && !isValidName(next)) {
      await io.warn(`invalid group name '${next}'`);
      return 3;
    }
    if (next !== name && groups.some((each) => each[0] === next)) {
      await io.warn(`group '${next}' already exists`);
      return 9;
    }
    const stopped = await notPermitted(call, '/etc/group');
    if (stopped !== undefined) return stopped;
    if (await unknownMember(call)) return 10;
    changeGroup(call, row, next, gid);
    return 0;
  },
);

/** Writes a group's rows; a user whose primary group it is goes with its number. */
function changeGroup({ options, process }: Invocation, row: Row, name: string, gid: string): void {
  const [old = '', , oldGid, members = ''] = row;
  const given = listOf(options.value('U'));
  const next = (list: string): string =>
    !options.has('U') ? list : [...new Set([...(options.has('a') ? listOf(list) : []), ...given])].join(',');
  // A renamed group goes to the end of its file, as shadow removes the old one and adds the new one.
  const replace = (file: '/etc/group' | '/etc/gshadow', change: (cells: Row) => Row): void => {
    const rows = readRows(process, file);
    const at = rows.findIndex((each) => each[0] === old);
    const next = change(rows[at] ?? []);
    writeRows(process, file, name === old ? rows.with(at, next) : [...rows.toSpliced(at, 1), next]);
  };
  replace('/etc/group', ([, password = 'x']) => [name, password, gid, next(members)]);
  if (readRows(process, '/etc/gshadow').some((each) => each[0] === old))
    replace('/etc/gshadow', ([, password = '', ...rest]) => [name, options.value('p') ?? password, ...rest]);
  if (gid === oldGid) return;
  const users = readRows(process, '/etc/passwd');
  if (users.some((user) => user[3] === oldGid))
    writeRows(
      process,
      '/etc/passwd',
      users.map((user) => user.map((cell, at) => (at === 3 && cell === oldGid ? gid : cell))),
    );
}

export const groupdel = command(
  {
    ...SPEC,
    name: 'groupdel',
    calls: 'short',
    short: 'fhP:R:',
    long: { force: 'f', prefix: 'P', root: 'R' },
    hint: (name) => `Usage: ${name} [options] GROUP`,
  },
  async (call) => {
    const { io, options, process, operands } = call;
    const [name = ''] = operands;
    if (operands.length !== 1) return await usageFault(call);
    const row = readRows(process, '/etc/group').find((each) => each[0] === name);
    if (row === undefined) {
      await io.warn(`group '${name}' does not exist`);
      return 6;
    }
    const primary = readRows(process, '/etc/passwd').find((each) => each[3] === row[2]);
    if (primary !== undefined && !options.has('f')) {
      await io.warn(`cannot remove the primary group of user '${primary[0] ?? ''}'`);
      return 8;
    }
    const stopped = await notPermitted(call, '/etc/group');
    if (stopped !== undefined) return stopped;
    for (const file of ['/etc/group', '/etc/gshadow'] as const) putRow(process, file, name, undefined);
    return 0;
  },
);
