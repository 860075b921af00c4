/** `/run/systemd/private`: calls and answers as `message` segments. A call may carry `uid`, the caller's. */
import { failed } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { HostSystemd } from '../host-systemd.ts';
import type { JournalQuery, JournalRecord, SystemdCall, SystemdReply } from '../interface.ts';
import { matches } from '../journal/journal.ts';
import { viewUnit } from '../units/unit-view.ts';
import { isJob, journalQuery } from './systemd-calls.ts';
import type { UnitState } from '../units/unit-state.ts';

/** Why a job failed, as systemctl words each result (systemd src/shared/bus-wait-for-jobs.c). */
const REASONS: Readonly<Record<string, string>> = {
  resources: 'of unavailable resources or another system error',
  protocol: 'the service did not take the steps required by its unit configuration',
  timeout: 'a timeout was exceeded',
  'exit-code': 'the control process exited with error code',
  signal: 'a fatal signal was delivered to the control process',
  'core-dump': 'a fatal signal was delivered causing the control process to dump core',
  'oom-kill': 'of an out-of-memory (OOM) situation',
  'start-limit-hit': 'start of the service was attempted too often',
};
function failureText({ name, result, jobFailure }: UnitState): string {
  if (jobFailure === 'dependency') return `A dependency job for ${name} failed. See 'journalctl -xe' for details.`;
  if (!name.endsWith('.service')) return 'Job failed. See "journalctl -xe" for details.';
  const reason = jobFailure === 'reload' ? undefined : REASONS[result];
  const details = `See "systemctl status ${name}" and "journalctl -xeu ${name}" for details.`;
  const text = `Job for ${name} failed${reason === undefined ? '.' : ` because ${reason}.`}\n${details}`;
  return result === 'start-limit-hit'
    ? `${text}\nTo force a start use "systemctl reset-failed ${name}"\nfollowed by "systemctl start ${name}" again.`
    : text;
}

/** A stop is done also where what was stopped ended badly. */
const hasFailed = ({ active, sub, lastJob, jobFailure }: UnitState): boolean =>
  jobFailure !== undefined || (lastJob !== 'stop' && (active === 'failed' || sub === 'auto-restart'));

/** Units whose jobs the caller waits for. */
function unitsOfJobs(call: SystemdCall): readonly string[] {
  if ('noBlock' in call && call.noBlock) return [];
  if (call.method === 'start-transient')
    return call.scopeOf === undefined ? call.files.slice(0, 1).map(({ name }) => name) : [];
  return isJob(call) && 'units' in call ? call.units : [];
}

export class SystemdSocket {
  /** Sockets that follow the journal. */
  #followers = new Map<number, JournalQuery>();
  /** Jobs that a socket's call still waits for. */
  #jobs = new Map<number, number>();
  /** Sockets that wait for the end of a unit. */
  #ends = new Map<number, string>();
  constructor(private readonly systemd: HostSystemd) {}

  attach(): void {
    this.systemd.options.sockets?.attach(this.systemd.target, {
      accepted: () => undefined,
      segment: (socket, segment) => {
        if (segment.type === 'message') this.#call(socket, segment.value);
      },
      closed: (socket) => {
        this.#followers.delete(socket);
        this.#ends.delete(socket);
        this.#jobs.delete(socket);
        this.systemd.options.sockets?.close(socket);
      },
    });
  }

  listen(): void {
    const { sockets, netns, host } = this.systemd.options;
    if (sockets === undefined || netns === undefined) return;
    const { socket, account } = this.systemd.scope;
    this.systemd.files.root.mkdirp(socket.slice(0, socket.lastIndexOf('/')), account);
    // A manager before this one may have left it: a user who comes back before his directory is gone.
    if (this.systemd.files.root.typeOf(socket) === 'socket') this.systemd.files.root.remove(socket);
    const address = this.systemd.kernel.unixAddress(socket, { create: { mode: 0o777 } });
    if (!failed(address))
      sockets.listen(netns, address, { component: this.systemd.target, host, pid: this.systemd.pid });
  }

  /** A new record goes to those who follow. */
  follow(record: JournalRecord): void {
    for (const [socket, query] of this.#followers)
      if (matches(record, query)) this.#reply(socket, { type: 'records', records: [record], boots: [] });
  }

  jobDone(unit: UnitState): void {
    const { callers } = unit;
    unit.callers = [];
    for (const socket of callers) {
      const left = (this.#jobs.get(socket) ?? 1) - 1;
      if (left > 0) {
        this.#jobs.set(socket, left);
        continue;
      }
      this.#jobs.delete(socket);
      this.#reply(
        socket,
        hasFailed(unit)
          ? { type: 'error', code: 'failed', unit: unit.name, message: failureText(unit) }
          : { type: 'done' },
      );
    }
  }

  /** Those who wait for the end of a unit hear of it. */
  unitEnded(unit: UnitState): void {
    if (unit.active !== 'inactive' && unit.active !== 'failed') return;
    for (const [socket, name] of [...this.#ends]) {
      if (name !== unit.name) continue;
      this.#ends.delete(socket);
      this.#reply(socket, { type: 'units', units: [viewUnit(this.systemd, unit)] });
    }
  }

  forgetAll(): void {
    this.#ends.clear();
    this.#followers.clear();
    this.#jobs.clear();
  }

  snapshot(): Plain {
    return { followers: [...this.#followers] as unknown as Plain, jobs: [...this.#jobs], ends: [...this.#ends] };
  }

  restore(state: Plain): void {
    const saved = state as unknown as {
      followers: [number, JournalQuery][];
      jobs: [number, number][];
      ends: [number, string][];
    };
    this.#followers = new Map(saved.followers);
    this.#jobs = new Map(saved.jobs);
    this.#ends = new Map(saved.ends);
  }

  #call(socket: number, value: Plain): void {
    const call = value as unknown as SystemdCall & { readonly uid?: number };
    if (typeof value !== 'object' || value === null || !('method' in value)) {
      this.#reply(socket, { type: 'error', code: 'invalid', message: 'Invalid request.' });
      return;
    }
    if (call.method === 'wait-end' && !['inactive', 'failed'].includes(this.systemd.state(call.unit).active)) {
      this.#ends.set(socket, call.unit);
      return;
    }
    const units = [...new Set(unitsOfJobs(call).map((word) => this.systemd.nameOf(word)))];
    for (const name of units) this.systemd.state(name).callers.push(socket);
    this.#jobs.set(socket, units.length);
    const reply = this.systemd.call(call, call.uid ?? 0);
    const open = units.filter((name) => this.systemd.state(name).callers.includes(socket));
    if (reply.type === 'error') {
      for (const name of open)
        this.systemd.state(name).callers = this.systemd.state(name).callers.filter((each) => each !== socket);
      this.#jobs.delete(socket);
    } else if (units.length > 0) {
      // Units that changed nothing (a reload, a job that was none) end the wait themselves.
      for (const name of open) {
        const unit = this.systemd.state(name);
        const isBusy = ['activating', 'deactivating', 'reloading'].includes(unit.active) || unit.awaiting.length > 0;
        if (!isBusy) this.jobDone(unit);
      }
      return;
    }
    this.#reply(socket, reply);
    if (call.method === 'journal' && call.follow === true)
      this.#followers.set(socket, journalQuery(this.systemd, call));
  }

  #reply(socket: number, reply: SystemdReply): void {
    this.systemd.options.sockets?.send(socket, { type: 'message', value: reply as unknown as Plain });
  }
}
