/** What systemctl and journalctl ask, answered at once; jobs that take time are answered when they are done. */
import { failed } from '../../../../protocol/errno.ts';
import type { HostSystemd } from '../host-systemd.ts';
import type { JournalQuery, SystemdCall, SystemdReply, UnitView } from '../interface.ts';
import { observedUnit, observedUnits } from '../units/observed-units.ts';
import { changeEnvironment } from './manager-environment.ts';
import { setProperties } from './set-property.ts';
import { unitNames } from '../units/unit-loader.ts';
import { install } from '../units/install.ts';
import { accountOf } from '../services/service-identity.ts';
import { lingeringAccounts } from '../sessions/lingering.ts';
import type { Login } from '../sessions/sessions.ts';
import { isolate } from '../jobs/isolate.ts';
import { controlUnit, jobsOf } from './unit-control.ts';
import { defaultTarget, setDefaultTarget } from '../boot/default-target.ts';
import { full } from '../units/unit-name.ts';
import { startTransient } from '../units/transient-units.ts';
import { freshUnit } from '../units/unit-state.ts';
import { viewUnit } from '../units/unit-view.ts';

const JOBS: ReadonlySet<string> = new Set(['start', 'stop', 'restart', 'reload', 'try-restart', 'reload-or-restart']);
const RUN_TYPES: ReadonlySet<string> = new Set(['service', 'target', 'timer', 'socket', 'path', 'mount']);
/** Calls that anybody may make. */
const OPEN_TO_ALL: ReadonlySet<string> = new Set([
  'show',
  'wait-end',
  'show-environment',
  'list',
  'list-unit-files',
  'list-boots',
  'get-default',
  'journal',
  'list-sessions',
  'list-jobs',
  'log',
]);

const ADJUST = 'please adjust/correct and reload service manager: Bad message';

export const isJob = (call: SystemdCall): boolean => JOBS.has(call.method);

export function answerCall(systemd: HostSystemd, call: SystemdCall, uid: number): SystemdReply {
  if (uid !== 0 && uid !== systemd.scope.account.uid && !OPEN_TO_ALL.has(call.method))
    return { type: 'error', code: 'access-denied', message: 'Interactive authentication required.' };
  if ('units' in call && call.method !== 'journal' && call.method !== 'show') {
    const asked = call.method === 'install' ? call.units.map(full) : namesOf(systemd, call.units);
    for (const name of asked) {
      const refused = refusal(systemd, call.method === 'install' ? call.action : call.method, name);
      if (refused !== undefined) return refused;
    }
  }
  const read = answerQuestion(systemd, call);
  if (read !== undefined) return read;
  switch (call.method) {
    case 'change-environment':
      return changeEnvironment(systemd.environment, call);
    case 'start-transient':
      return startTransient(systemd, call);
    case 'daemon-reload':
      systemd.daemonReload();
      return { type: 'done' };
    case 'install':
      return install(systemd, {
        ...call,
        units: call.action === 'link' ? call.units : call.units.map(full),
      });
    case 'isolate':
      return isolate(systemd, systemd.nameOf(call.unit));
    case 'set-default':
      return setDefault(systemd, call.unit);
    case 'reset-failed':
      for (const name of namesOf(systemd, call.units)) {
        const unit = systemd.state(name);
        unit.starts = [];
        if (unit.active === 'failed') systemd.setState(unit, 'inactive', 'dead');
      }
      return { type: 'done' };
    case 'kill':
    case 'freeze':
    case 'thaw':
    case 'clean':
      return controlUnit(systemd, call);
    case 'log':
      return writeLog(systemd, call);
    case 'login':
      return openLogin(systemd, call.login);
    case 'set-linger':
      return setLinger(systemd, call);
    case 'set-property':
      return setProperties(systemd, { ...call, unit: systemd.nameOf(call.unit) });
    case 'power':
      if (systemd.options.power === undefined)
        return { type: 'error', code: 'not-simulated', message: `drydock: '${call.action}' is not simulated` };
      systemd.options.power(call.action);
      return { type: 'done' };
    case 'show':
    case 'show-environment':
    case 'wait-end':
    case 'list':
    case 'list-unit-files':
    case 'list-boots':
    case 'get-default':
    case 'list-sessions':
    case 'list-jobs':
    case 'journal':
      throw new Error(`${call.method} is a question`);
    default:
      return runJobs(systemd, call);
  }
}

/** A user's manager has the records of its own units. */
export function journalQuery(
  { scope, options }: HostSystemd,
  call: Extract<SystemdCall, { readonly method: 'journal' }>,
): JournalQuery {
  const units = call.units.map(full);
  if (options.system === undefined) return { ...call, units };
  return { ...call, units: [], userUnits: units, ofUser: scope.account.uid };
}

function setLinger(
  systemd: HostSystemd,
  { user, enable }: Extract<SystemdCall, { readonly method: 'set-linger' }>,
): SystemdReply {
  const account = accountOf(systemd.files.root, user);
  if (account === undefined) return { type: 'error', code: 'not-found', message: 'No such process' };
  systemd.sessions.setLinger({ uid: account.uid, user: account.name }, enable);
  return { type: 'done' };
}

function openLogin(systemd: HostSystemd, login: Login): SystemdReply {
  const environment = systemd.loginEnvironment(login);
  systemd.login(login);
  return { type: 'login', environment };
}

function writeLog(
  systemd: HostSystemd,
  { method: _, ...line }: Extract<SystemdCall, { readonly method: 'log' }> & { readonly uid?: number },
): SystemdReply {
  systemd.record({ ...line, transport: 'syslog' });
  return { type: 'done' };
}

/** What changes nothing. */
function answerQuestion(systemd: HostSystemd, call: SystemdCall): SystemdReply | undefined {
  switch (call.method) {
    case 'show-environment':
      return {
        type: 'environment',
        variables: [...systemd.environment].toSorted(([a], [b]) => (a < b ? -1 : 1)),
      };
    case 'wait-end':
      return { type: 'units', units: [viewUnit(systemd, systemd.state(systemd.nameOf(call.unit)))] };
    case 'show':
      return { type: 'units', units: call.units.map((name) => viewNamed(systemd, systemd.nameOf(name))) };
    case 'list-sessions':
      return {
        type: 'sessions',
        sessions: systemd.sessions
          .all()
          .map((session) => ({ ...session, closing: systemd.kernel.process(session.leader) === undefined })),
        lingering: lingeringAccounts(systemd.files.root).map(({ name, uid }) => ({
          user: name,
          uid,
          sinceUnixUs: systemd.state(`user-${String(uid)}.slice`).activeFromUnixUs,
        })),
      };
    case 'list':
      for (const { name } of observedUnits(systemd)) systemd.state(name);
      return {
        type: 'units',
        units: systemd
          .units()
          .filter(({ active, load }) => load !== 'not-found' && (call.all || active !== 'inactive'))
          .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      };
    case 'list-unit-files':
      return {
        type: 'units',
        units: unitNames(systemd.unitFiles).map((name) => viewNamed(systemd, name)),
      };
    case 'list-jobs':
      return { type: 'jobs', jobs: jobsOf(systemd) };
    case 'get-default': {
      const name = defaultTarget(systemd.unitFiles);
      if (name === undefined) return { type: 'error', code: 'not-found', message: 'No such file or directory' };
      return { type: 'default-target', name };
    }
    case 'journal':
      return {
        type: 'records',
        records: systemd.journalRecords.query(journalQuery(systemd, call)),
        boots: systemd.journalRecords.boots().map(({ id, from }) => ({ id, from })),
      };
    case 'list-boots':
      return {
        type: 'boots',
        boots: systemd.journalRecords
          .boots()
          .map(({ id, first, last }) => ({ id, firstUnixUs: first?.unixUs ?? 0, lastUnixUs: last?.unixUs ?? 0 })),
      };
    default:
      return undefined;
  }
}

/** A unit that nobody has asked for does not stay among those that are loaded because it was looked at. */
const viewNamed = (systemd: HostSystemd, name: string): UnitView =>
  viewUnit(systemd, systemd.has(name) ? systemd.state(name) : freshUnit(name));

function setDefault(systemd: HostSystemd, name: string): SystemdReply {
  const { load, path } = systemd.loaded(name);
  if (!name.endsWith('.target')) return { type: 'error', code: 'invalid', unit: name, message: 'Invalid argument' };
  if (load !== 'loaded' || path === undefined)
    return { type: 'error', code: 'not-found', unit: name, message: `Unit file ${name} does not exist.` };
  return setDefaultTarget(systemd.unitFiles, path);
}

const namesOf = (systemd: HostSystemd, words: readonly string[]): readonly string[] => [
  ...new Set(words.map((word) => systemd.nameOf(word))),
];

/** Changes to links for which a unit needs no file. */
const FILELESS: ReadonlySet<string> = new Set(['unmask', 'revert', 'preset-all', 'link']);
const STARTS: ReadonlySet<string> = new Set(['start', 'restart']);

function refusal(systemd: HostSystemd, method: string, name: string): SystemdReply | undefined {
  const { load, path: file = name } = systemd.loaded(name);
  const refuse = (code: Refusal['code'], message: string): Refusal => ({ type: 'error', code, unit: name, message });
  if (FILELESS.has(method)) return undefined;
  if (method === 'mask') {
    const path = `${systemd.unitFiles.paths.config}/${name}`;
    const isInTheWay = systemd.files.root.exists(path) && failed(systemd.files.root.readlink(path));
    return isInTheWay ? refuse('invalid', `File '${path}' already exists.`) : undefined;
  }
  const type = name.slice(name.lastIndexOf('.') + 1);
  if (type === 'scope' && method === 'stop' && observedUnit(systemd, name) !== undefined) return undefined;
  if (load === 'loaded' && JOBS.has(method) && !RUN_TYPES.has(type))
    return refuse('not-simulated', `drydock: ${type} units are not simulated`);
  if (load === 'not-found' && !(method === 'stop' && systemd.state(name).active !== 'inactive'))
    return refuse(
      'not-found',
      INSTALLS.has(method)
        ? `Unit file ${name} does not exist.`
        : `Unit ${name} not ${(JOBS.has(method) && !STARTS.has(method)) || method === 'reset-failed' ? 'loaded' : 'found'}.`,
    );
  if (load === 'masked' && (STARTS.has(method) || method === 'reload-or-restart'))
    return refuse('masked', `Unit ${name} is masked.`);
  if (load === 'masked' && ['enable', 'reenable', 'add-wants', 'add-requires'].includes(method))
    return refuse('masked', `Unit file ${file} is masked.`);
  if (load === 'bad-setting' && STARTS.has(method))
    return refuse('invalid', `Unit ${name} has a bad unit file setting.`);
  if (load === 'error' && STARTS.has(method))
    return refuse('invalid', `Unit ${name} failed to load properly, ${ADJUST}`);
  return undefined;
}

type Refusal = Extract<SystemdReply, { readonly type: 'error' }>;
const INSTALLS: ReadonlySet<string> = new Set(['enable', 'disable', 'reenable', 'preset', 'add-wants', 'add-requires']);

type JobCall = Exclude<Extract<SystemdCall, { readonly noBlock?: boolean }>, { readonly method: 'start-transient' }>;

function runJobs(systemd: HostSystemd, call: JobCall): SystemdReply {
  for (const name of namesOf(systemd, call.units)) {
    const unit = systemd.state(name);
    const running = unit.active === 'active' || unit.active === 'activating';
    switch (call.method) {
      case 'start':
        systemd.start(name);
        break;
      case 'stop':
        systemd.stop(name);
        break;
      case 'try-restart':
        if (running) systemd.restart(name);
        break;
      case 'reload':
        if (!systemd.runner.reload(unit)) return noReload(name);
        break;
      case 'reload-or-restart':
        if (!systemd.runner.reload(unit)) systemd.restart(name);
        break;
      default:
        systemd.restart(name);
    }
  }
  return { type: 'done' };
}

const noReload = (name: string): SystemdReply => ({
  type: 'error',
  code: 'not-applicable',
  unit: name,
  message: `Job type reload is not applicable for unit ${name}.`,
});
