/**
 * loginctl (systemd 255): who is logged in.
 * Models: list-sessions, session-status, show-session, list-users, user-status, show-user, terminate-session,
 * terminate-user, enable-linger, disable-linger, list-seats. Leaves out: other verbs; a host of a lab has no seats.
 */
import { command, type Applet, type Invocation } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { strftime } from '../../strftime.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { cgroupLines } from '../cgroups/cgroup-lines.ts';
import { ask, sayUnreachable, type Lingerer, type Session } from '../client.ts';
import { journalText } from '../journalctl/journal-text.ts';
import { plainTable } from '../plain-table.ts';
import { ago } from '../time-words.ts';

const STAMP = '%a %Y-%m-%d %H:%M:%S UTC';
const TREE_INDENT = ' '.repeat(9);
const ABSENT =
  'activate lock-session unlock-session lock-sessions unlock-sessions kill-user ' +
  'seat-status show-seat attach flush-devices terminate-seat';

/** Sessions, with users whose services run without one. */
interface Known {
  readonly sessions: readonly Session[];
  readonly lingering: readonly Lingerer[];
}

type Verb = (call: Invocation, known: Known, names: readonly string[]) => Promise<number>;

export const loginctl: Applet = command(
  {
    name: 'loginctl',
    hint: '',
    short: 'p:als:n:H:M:',
    long: {
      property: 'p',
      all: 'a',
      full: 'l',
      value: 'value',
      'no-legend': 'nl',
      'no-pager': 'np',
      lines: 'n',
      signal: 's',
      host: 'H',
      machine: 'M',
    },
  },
  async (call) => {
    const { io, process, options } = call;
    const [name = 'list-sessions', ...names] = call.operands;
    if (options.has('H') || options.has('M'))
      return await notSimulated(io, `loginctl -${options.has('H') ? 'H' : 'M'}`);
    const verb = VERBS.get(name);
    if (verb === undefined) {
      if (ABSENT.split(' ').includes(name)) return await notSimulated(io, `loginctl ${name}`);
      await io.raw(`Unknown command verb '${name}'.\n`);
      return 1;
    }
    const reply = await ask(process, { method: 'list-sessions' });
    if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
    return await verb(call, reply.type === 'sessions' ? reply : { sessions: [], lingering: [] }, names);
  },
);

const listSessions: Verb = async ({ io, options }, { sessions }) => {
  const rows = sessions.map((session) => [
    session.id,
    String(session.uid),
    session.user,
    '-',
    session.tty ?? '-',
    stateOf(session),
    'no',
    '-',
  ]);
  const head = ['SESSION', 'UID', 'USER', 'SEAT', 'TTY', 'STATE', 'IDLE', 'SINCE'];
  return await printTable(io, options.has('nl'), head, rows, 'sessions');
};

const listUsers: Verb = async ({ io, options }, known) => {
  const rows = usersOf(known).map((user) => [String(user.uid), user.name, user.linger, user.state]);
  return await printTable(io, options.has('nl'), ['UID', 'USER', 'LINGER', 'STATE'], rows, 'users');
};

async function printTable(
  io: Invocation['io'],
  isBare: boolean,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  what: string,
): Promise<number> {
  if (rows.length === 0) {
    if (!isBare) io.line(`No ${what}.`);
    return await io.end(0);
  }
  for (const line of plainTable([...(isBare ? [] : [head]), ...rows], RIGHT_ALIGNED)) io.line(line);
  if (!isBare) io.line(`\n${String(rows.length)} ${what} listed.`);
  return await io.end(0);
}

/** Numbers stand at the right; the names of users among them do not, since UID is the first of their table. */
const RIGHT_ALIGNED: ReadonlySet<string> = new Set(['SESSION', 'UID']);

const stateOf = ({ closing }: Session): string => (closing ? 'closing' : 'active');

interface KnownUser {
  readonly uid: number;
  readonly name: string;
  readonly sinceUnixUs: number;
  readonly slice: string;
  readonly sessions: readonly Session[];
  readonly linger: 'yes' | 'no';
  readonly state: 'active' | 'closing' | 'lingering';
}

/** Those who are logged in or linger, by their numbers. */
function usersOf({ sessions, lingering }: Known): readonly KnownUser[] {
  const uids = [...new Set([...sessions, ...lingering].map(({ uid }) => uid))].toSorted((a, b) => a - b);
  return uids.map((uid) => {
    const mine = sessions.filter((session) => session.uid === uid);
    const lingers = lingering.find((each) => each.uid === uid);
    const isActive = mine.some(({ closing }) => !closing);
    return {
      uid,
      name: mine[0]?.user ?? lingers?.user ?? String(uid),
      sinceUnixUs: mine[0]?.sinceUnixUs ?? lingers?.sinceUnixUs ?? 0,
      slice: `user-${String(uid)}.slice`,
      sessions: mine,
      linger: lingers === undefined ? 'no' : 'yes',
      state: isActive ? 'active' : lingers === undefined ? 'closing' : 'lingering',
    };
  });
}

const userNamed = (known: Known, word: string): KnownUser | undefined =>
  usersOf(known).find(({ name, uid }) => name === word || String(uid) === word);

const typeOf = ({ tty }: Session): string => (tty === undefined ? 'unspecified' : 'tty');

/** The session that the caller is in, as its control group says. */
const ownSession = ({ process }: Invocation): string =>
  /session-([^/]+)\.scope/.exec(fileText(process, '/proc/self/cgroup') ?? '')?.[1] ?? '';

/** Sessions by their names; without names the caller's own. Says which of them is not there. */
async function sessionsNamed(
  call: Invocation,
  sessions: readonly Session[],
  names: readonly string[],
): Promise<readonly Session[] | undefined> {
  const found: Session[] = [];
  for (const name of names.length === 0 ? [ownSession(call)] : names) {
    const session = sessions.find(({ id }) => id === name);
    if (session === undefined) {
      await call.io.raw(
        name === ''
          ? "Could not get properties: Caller does not belong to any known session and doesn't own any suitable session.\n"
          : `Failed to get path for session '${name}': No session '${name}' known\n`,
      );
      return undefined;
    }
    found.push(session);
  }
  return found;
}

const sessionStatus: Verb = async (call, { sessions }, names) => {
  const { io, process } = call;
  const found = await sessionsNamed(call, sessions, names);
  if (found === undefined) return 1;
  for (const [at, session] of found.entries()) {
    const { id, user, uid, sinceUnixUs, leader, tty, from, service, scope, slice } = session;
    const command = fileText(process, `/proc/${String(leader)}/comm`)?.trim();
    if (at > 0) io.line('');
    io.line(`${id} - ${user} (${String(uid)})`);
    io.line(`  Since: ${strftime(STAMP, sinceUnixUs)}; ${ago(process.time().realtimeUs - sinceUnixUs)}`);
    io.line(`  State: ${stateOf(session)}`);
    io.line(` Leader: ${String(leader)}${command === undefined ? '' : ` (${command})`}`);
    if (tty !== undefined) io.line(`    TTY: ${tty}`);
    if (from !== undefined) io.line(` Remote: ${from}`);
    io.line(`Service: ${service}; type ${typeOf(session)}; class user`);
    await showUnit(call, scope, `/user.slice/${slice}/${scope}`);
  }
  return await io.end(0);
};

const userStatus: Verb = async (call, known, names) => {
  const { io, process } = call;
  const own = known.sessions.find(({ id }) => id === ownSession(call))?.user ?? '';
  for (const name of names.length === 0 ? [own] : names) {
    const user = userNamed(known, name);
    if (user === undefined) return await noUser(call, name);
    const ids = user.sessions.map(({ id }) => (id === ownSession(call) ? `*${id}` : id));
    io.line(`${user.name} (${String(user.uid)})`);
    io.line(`   Since: ${strftime(STAMP, user.sinceUnixUs)}; ${ago(process.time().realtimeUs - user.sinceUnixUs)}`);
    io.line(`   State: ${user.state}`);
    if (ids.length > 0) io.line(`Sessions: ${ids.join(' ')}`);
    io.line(`  Linger: ${user.linger}`);
    await showUnit(call, user.slice, `/user.slice/${user.slice}`, ' ');
  }
  return await io.end(0);
};

async function noUser({ io }: Invocation, name: string): Promise<number> {
  await io.raw(`Failed to look up user ${name}: User ID ${name} is not logged in or lingering\n`);
  return 1;
}

/** The unit with its processes and its last lines of the journal. */
async function showUnit({ io, process, options }: Invocation, unit: string, cgroup: string, gap = ''): Promise<void> {
  io.line(`${gap}   Unit: ${unit}`);
  for (const line of cgroupLines(process, cgroup, { indent: `${gap}${TREE_INDENT}` }) ?? []) io.line(line);
  const log = await ask(process, { method: 'journal', units: [unit], last: Number(options.value('n') ?? '10') });
  if (log.type !== 'records' || log.records.length === 0) return;
  io.line('');
  for (const record of log.records) io.line(journalText(record, { host: process.hostname() }, 'short'));
}

function sessionProperties(session: Session): Readonly<Record<string, string>> {
  const { id, uid, user, sinceUnixUs, tty, from, service, scope, leader } = session;
  return {
    Id: id,
    User: String(uid),
    Name: user,
    Timestamp: strftime(STAMP, sinceUnixUs),
    VTNr: '0',
    ...(tty === undefined ? {} : { TTY: tty }),
    Remote: from === undefined ? 'no' : 'yes',
    ...(from === undefined ? {} : { RemoteHost: from }),
    Service: service,
    Scope: scope,
    Leader: String(leader),
    Type: typeOf(session),
    Class: 'user',
    Active: 'yes',
    State: stateOf(session),
    IdleHint: 'no',
    LockedHint: 'no',
  };
}

function printProperties({ io, options }: Invocation, properties: Readonly<Record<string, string>>): void {
  const wanted = options.values('p').flatMap((text) => text.split(','));
  for (const [name, value] of Object.entries(properties))
    if (wanted.length === 0 || wanted.includes(name)) io.line(options.has('value') ? value : `${name}=${value}`);
}

const showSession: Verb = async (call, { sessions }, names) => {
  const found = await sessionsNamed(call, sessions, names);
  if (found === undefined) return 1;
  for (const [at, session] of found.entries()) {
    if (at > 0) call.io.line('');
    printProperties(call, sessionProperties(session));
  }
  return await call.io.end(0);
};

const showUser: Verb = async (call, known, names) => {
  for (const name of names) {
    const user = userNamed(known, name);
    if (user === undefined) return await noUser(call, name);
    const { uid, slice, sessions, state, linger } = user;
    printProperties(call, {
      UID: String(uid),
      Name: user.name,
      Timestamp: strftime(STAMP, user.sinceUnixUs),
      RuntimePath: `/run/user/${String(uid)}`,
      Service: `user@${String(uid)}.service`,
      Slice: slice,
      Sessions: sessions.map(({ id }) => id).join(' '),
      State: state,
      IdleHint: 'no',
      Linger: linger,
    });
  }
  return await call.io.end(0);
};

/** What ends a session stops its scope. */
async function stopScopes({ io, process }: Invocation, sessions: readonly Session[]): Promise<number> {
  const reply = await ask(process, { method: 'stop', units: sessions.map(({ scope }) => scope) });
  if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
  if (reply.type !== 'error') return 0;
  await io.raw(`Could not terminate session: ${reply.message}\n`);
  return 1;
}

const terminateSession: Verb = async (call, { sessions }, names) => {
  const found = await sessionsNamed(call, sessions, names);
  return found === undefined ? 1 : await stopScopes(call, found);
};

const terminateUser: Verb = async (call, known, names) => {
  for (const name of names) {
    const user = userNamed(known, name);
    if (user === undefined) return await noUser(call, name);
    const status = await stopScopes(call, user.sessions);
    if (status !== 0) return status;
  }
  return 0;
};

/** Users by their names; the caller where none is named. */
function changeLinger(enable: boolean): Verb {
  return async ({ io, process }, _, names) => {
    for (const name of names.length === 0 ? [String(process.credentials().uid)] : names) {
      const reply = await ask(process, { method: 'set-linger', user: name, enable });
      if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
      if (reply.type !== 'error') continue;
      await io.raw(
        reply.code === 'not-found'
          ? `Failed to look up user ${name}: ${reply.message}\n`
          : `Could not enable linger: ${reply.message}\n`,
      );
      return 1;
    }
    return 0;
  };
}

const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ['list-sessions', listSessions],
  ['session-status', sessionStatus],
  ['show-session', showSession],
  ['list-users', listUsers],
  ['user-status', userStatus],
  ['show-user', showUser],
  ['terminate-session', terminateSession],
  ['terminate-user', terminateUser],
  ['enable-linger', changeLinger(true)],
  ['disable-linger', changeLinger(false)],
  [
    'list-seats',
    async ({ io }) => {
      io.line('No seats.');
      return await io.end(0);
    },
  ],
]);
