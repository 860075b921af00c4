/**
 * cron (Debian's 3.0pl1): runs the jobs of crontabs at their minutes.
 * Models: /etc/crontab, /etc/cron.d, users' crontabs, settings, @reboot and the other names, the journal's lines.
 * Leaves out: mail (as on a machine without a mail transport), changes of the clock, cron.allow.
 */
import { isDue, nextRun, parseCrontab, type CronJob } from '../../../formats/crontab.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Credentials } from '../../../protocol/program.ts';
import type { Component } from '../../sim/component.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { Host } from '../host.ts';

const SPOOL = '/var/spool/cron/crontabs';
const SYSTEM_DIRECTORY = '/etc/cron.d';
/** Directories in which a change may bring or take a job. */
const WATCHED = ['/etc', SYSTEM_DIRECTORY, SPOOL];
const UNIT = 'cron.service';
const CGROUP = '/system.slice/cron.service';

interface Account {
  readonly name: string;
  readonly home: string;
  readonly credentials: Credentials;
}

/** A running job: whose, and the pipe that takes what it prints. */
interface Running {
  readonly user: string;
  readonly stream: number;
  printed: boolean;
}

export class CronDaemon implements Component {
  readonly target: string;
  #pid = 0;
  #timer: number | undefined;
  #watches: readonly number[] = [];
  #running = new Map<number, Running>();
  /** Texts of the crontabs as they were last read, by path. */
  #tables = new Map<string, string>();

  constructor(
    private readonly simulation: Simulation,
    private readonly host: Host,
  ) {
    this.target = `cron/${host.name}`;
    simulation.loop.register(this.target, this);
  }

  started(pid: number): void {
    // After a power cut nobody has said that the last one ended.
    this.ended();
    this.#pid = pid;
    const { root } = this.host.files;
    for (const path of WATCHED) if (path !== '/etc') root.mkdirp(path);
    this.#watches = WATCHED.map((path) => this.host.files.watch(path, { target: this.target, type: 'changed' }));
    this.#log('(CRON) INFO (pidfile fd = 3)');
    this.#read();
    this.#log('(CRON) INFO (Running @reboot jobs)');
    for (const { job, account } of this.#jobs()) if (job.atReboot) this.#run(job, account);
    this.#arm();
  }

  ended(): void {
    this.#pid = 0;
    if (this.#timer !== undefined) this.simulation.loop.cancel(this.#timer);
    this.#timer = undefined;
    for (const watch of this.#watches) this.host.files.unwatch(watch);
    this.#watches = [];
    this.#tables.clear();
    for (const pid of this.#running.keys()) if (this.host.kernel.process(pid) === undefined) this.#running.delete(pid);
  }

  handle(type: string, payload: Plain): void {
    // Told by this component's own notifies, with these members.
    const { pid = 0, stream = 0 } = payload as { readonly pid?: number; readonly stream?: number };
    switch (type) {
      case 'minute':
        this.#timer = undefined;
        this.#minute();
        return;
      case 'changed':
        if (this.#pid !== 0) this.#reload();
        return;
      case 'output':
        this.#drain(stream);
        return;
      case 'job.exited':
        this.#jobEnded(pid);
        return;
      default:
        throw new Error(`cron has no event ${type}`);
    }
  }

  snapshot(): Plain {
    return {
      pid: this.#pid,
      timer: this.#timer ?? null,
      watches: [...this.#watches],
      running: [...this.#running].map(([pid, each]) => [pid, { ...each }]),
      tables: [...this.#tables].map(([path, text]) => [path, text]),
    };
  }
  restore(state: Plain): void {
    const saved = state as unknown as {
      readonly pid: number;
      readonly timer: number | null;
      readonly watches: readonly number[];
      readonly running: readonly (readonly [number, Running])[];
      readonly tables: readonly (readonly [string, string])[];
    };
    this.#pid = saved.pid;
    this.#timer = saved.timer ?? undefined;
    this.#watches = saved.watches;
    this.#running = new Map(saved.running.map(([pid, each]) => [pid, { ...each }]));
    this.#tables = new Map(saved.tables);
  }

  get #nowSeconds(): number {
    return Math.floor(this.simulation.clock.unixMs / 1000);
  }

  #log(message: string, pid = this.#pid, identifier = 'cron'): void {
    this.host.systemd.log(UNIT, message, { identifier, pid });
  }

  // ---- tables

  /** Reads every crontab; answers the paths whose text is another than before. */
  #read(): readonly string[] {
    const { root } = this.host.files;
    const paths = ['/etc/crontab'];
    for (const directory of [SYSTEM_DIRECTORY, SPOOL]) {
      const entries = root.list(directory);
      for (const { name } of failed(entries) ? [] : entries)
        if (/^[A-Za-z0-9_-]+$/.test(name)) paths.push(`${directory}/${name}`);
    }
    const changed: string[] = [];
    const tables = new Map<string, string>();
    for (const path of paths) {
      const text = root.readText(path);
      if (failed(text)) continue;
      if (this.#tables.get(path) !== text) changed.push(path);
      tables.set(path, text);
    }
    if (tables.size !== this.#tables.size && changed.length === 0) changed.push('');
    this.#tables = tables;
    return changed;
  }

  #reload(): void {
    const changed = this.#read();
    for (const path of changed) {
      if (path.startsWith(`${SPOOL}/`)) {
        const user = path.slice(SPOOL.length + 1);
        this.#log(`(${user}) RELOAD (crontabs/${user})`);
      } else if (path !== '')
        this.#log(
          `(*system*${path === '/etc/crontab' ? '' : path.slice(SYSTEM_DIRECTORY.length + 1)}) RELOAD (${path})`,
        );
      for (const { text } of parseCrontab(this.#tables.get(path) ?? '', !path.startsWith(SPOOL)).problems)
        this.#log(`Error: ${text}; while reading ${path}`);
    }
    if (changed.length > 0) this.#arm();
  }

  #jobs(): readonly { readonly job: CronJob; readonly account: Account }[] {
    return [...this.#tables].flatMap(([path, text]) => {
      const system = !path.startsWith(`${SPOOL}/`);
      return parseCrontab(text, system).jobs.flatMap((job) => {
        const account = this.#account(job.user ?? path.slice(SPOOL.length + 1));
        return account === undefined ? [] : [{ job, account }];
      });
    });
  }

  #account(user: string): Account | undefined {
    const { root } = this.host.files;
    const [passwd, group] = [root.readText('/etc/passwd'), root.readText('/etc/group')];
    const line = failed(passwd) ? undefined : passwd.split('\n').find((each) => each.startsWith(`${user}:`));
    if (line === undefined) return undefined;
    const [name = '', , uid = '0', gid = '0', , home = '/'] = line.split(':');
    const groups = (failed(group) ? '' : group)
      .split('\n')
      .map((each) => each.split(':'))
      .filter(([, , , members]) => (members ?? '').split(',').includes(name))
      .map(([, , number]) => Number(number));
    return {
      name,
      home,
      credentials: { uid: Number(uid), gid: Number(gid), groups, capabilities: uid === '0' ? 'all' : [] },
    };
  }

  // ---- time

  /** Wakes at the next minute at which anything is due. */
  #arm(): void {
    if (this.#timer !== undefined) this.simulation.loop.cancel(this.#timer);
    this.#timer = undefined;
    const times = this.#jobs().flatMap(({ job }) => nextRun(job, this.#nowSeconds) ?? []);
    if (times.length === 0) return;
    const waitUs = Math.min(...times) * 1_000_000 - this.simulation.clock.unixUs;
    this.#timer = this.simulation.loop.schedule(waitUs, this.target, 'minute', {});
  }

  #minute(): void {
    const now = this.#nowSeconds;
    for (const { job, account } of this.#jobs()) if (isDue(job, now)) this.#run(job, account);
    this.#arm();
  }

  // ---- jobs

  #run(job: CronJob, { name, home, credentials }: Account): void {
    const { kernel, files } = this.host;
    if (!files.root.exists(home)) {
      this.#log(`(CRON) ERROR chdir failed (${home}): No such file or directory`);
      return;
    }
    const shell = job.env['SHELL'] ?? '/bin/sh';
    // A percent sign ends the command; what follows would be its input.
    const [command = ''] = job.command.split(/(?<!\\)%/);
    const stream = kernel.streams.create({ readable: { target: this.target, type: 'output' } });
    const pid = kernel.spawn({
      path: shell,
      argv: [shell, '-c', command.replace(/\\%/g, '%')],
      env: { HOME: home, LOGNAME: name, PATH: '/usr/bin:/bin', ...job.env, SHELL: shell },
      cwd: home,
      credentials,
      cgroup: CGROUP,
      parent: this.#pid,
      stdio: [{ type: 'null' }, { type: 'stream', stream }, { type: 'stream', stream }],
      onExit: { target: this.target, type: 'job.exited' },
    });
    if (failed(pid)) {
      this.#log(`(${name}) ERROR (can't fork)`);
      return;
    }
    this.#running.set(pid, { user: name, stream, printed: false });
    const by = `${name}(uid=${String(credentials.uid)})`;
    this.#log(`pam_unix(cron:session): session opened for user ${by} by ${name}(uid=0)`, pid, 'CRON');
    this.#log(`(${name}) CMD (${job.command})`, pid, 'CRON');
  }

  #drain(stream: number): void {
    const { streams } = this.host.kernel;
    const bytes = streams.read(stream);
    const job = [...this.#running.values()].find((each) => each.stream === stream);
    if (bytes === undefined) streams.closeReader(stream);
    else if (bytes.length > 0 && job !== undefined) job.printed = true;
  }

  #jobEnded(pid: number): void {
    const job = this.#running.get(pid);
    if (job === undefined) return;
    this.#drain(job.stream);
    this.#running.delete(pid);
    if (job.printed) this.#log('(CRON) info (No MTA installed, discarding output)', pid, 'CRON');
    this.#log(`pam_unix(cron:session): session closed for user ${job.user}`, pid, 'CRON');
  }
}
