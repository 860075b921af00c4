/** What ps and top show of a process. */
import { userNameOf } from '../accounts.ts';
import type { Invocation } from '../coreutils/command.ts';
import { fileText } from '../io.ts';
import { strftime } from '../strftime.ts';
import type { ProcEntry } from './process-list.ts';

const ttyName = (tty: number): string =>
  tty === 0 ? '?' : tty >> 8 === 136 ? `pts/${String(tty & 255)}` : `tty${String(tty & 255)}`;
const cpuTime = (ticks: number): string => {
  const s = Math.floor(ticks / 100);
  return `${String(Math.floor(s / 3_600)).padStart(2, '0')}:${String(Math.floor(s / 60) % 60).padStart(2, '0')}:${String(s % 60).padStart(2, '0')}`;
};
/** Minutes and seconds of processor time. */
export const shortTime = (ticks: number): string => {
  const s = Math.floor(ticks / 100);
  return `${String(Math.floor(s / 60))}:${String(s % 60).padStart(2, '0')}`;
};

/** One column of ps. */
export interface Column {
  readonly title: string;
  readonly left?: true;
  value(entry: ProcEntry): string;
}

/** The columns that ps knows, by the names -o takes. */
export function columnsOf(call: Invocation): Readonly<Record<string, Column>> {
  const { process } = call;
  const uptime = Number((fileText(process, '/proc/uptime') ?? '0').split(' ')[0]);
  const now = process.time().realtimeUs;
  const total = Number(/MemTotal:\s+(\d+)/.exec(fileText(process, '/proc/meminfo') ?? '')?.[1] ?? '1') * 1_024;
  const user = (e: ProcEntry): string => {
    const name = userNameOf(process, e.uid) ?? String(e.uid);
    return name.length > 8 ? `${name.slice(0, 7)}+` : name;
  };
  const started = (e: ProcEntry): number => now - (uptime - e.startTicks / 100) * 1e6;
  const percent = (e: ProcEntry): string => {
    const life = uptime - e.startTicks / 100;
    return (life <= 0 ? 0 : Math.min(999, e.ticks / life)).toFixed(1);
  };
  const start: Column = {
    title: 'STIME',
    value: (e) => strftime(now - started(e) > 86_400e6 ? '%b%d' : '%H:%M', started(e)),
  };
  const args: Column = { title: 'COMMAND', left: true, value: (e) => e.args };
  return {
    pid: { title: 'PID', value: (e) => String(e.pid) },
    ppid: { title: 'PPID', value: (e) => String(e.ppid) },
    user: { title: 'USER', left: true, value: user },
    uid: { title: 'UID', left: true, value: user },
    uidn: { title: 'UID', value: (e) => String(e.uid) },
    c: { title: 'C', value: (e) => String(Math.floor(Number(percent(e)))) },
    stime: start,
    start: { ...start, title: 'START' },
    tty: { title: 'TTY', left: true, value: (e) => ttyName(e.tty) },
    time: { title: 'TIME', value: (e) => cpuTime(e.ticks) },
    bsdtime: { title: 'TIME', value: (e) => shortTime(e.ticks) },
    cmd: { ...args, title: 'CMD' },
    args,
    comm: { title: 'COMMAND', left: true, value: (e) => e.name },
    ucmd: { title: 'CMD', left: true, value: (e) => e.name },
    stat: {
      title: 'STAT',
      left: true,
      value: (e) =>
        `${e.state}${e.nice > 0 ? 'N' : e.nice < 0 ? '<' : ''}${e.session === e.pid ? 's' : ''}${e.foreground === e.group && e.tty !== 0 ? '+' : ''}`,
    },
    s: { title: 'S', left: true, value: (e) => e.state },
    vsz: { title: 'VSZ', value: (e) => String(Math.round(e.virtual / 1_024)) },
    rss: { title: 'RSS', value: (e) => String(Math.round(e.resident / 1_024)) },
    '%cpu': { title: '%CPU', value: percent },
    '%mem': { title: '%MEM', value: (e) => ((e.resident / total) * 100).toFixed(1) },
    ni: { title: 'NI', value: (e) => String(e.nice) },
    pgid: { title: 'PGID', value: (e) => String(e.group) },
    sid: { title: 'SID', value: (e) => String(e.session) },
    etime: {
      title: 'ELAPSED',
      value: (e) => {
        const s = Math.floor(uptime - e.startTicks / 100);
        return `${s >= 3_600 ? `${String(Math.floor(s / 3_600)).padStart(2, '0')}:` : ''}${String(Math.floor(s / 60) % 60).padStart(2, '0')}:${String(s % 60).padStart(2, '0')}`;
      },
    },
  };
}

/** A column by any of its names. */
export const columnNamed = (columns: Readonly<Record<string, Column>>, name: string): Column | undefined =>
  columns[ALIASES[name] ?? name];

const ALIASES: Readonly<Record<string, string>> = {
  pcpu: '%cpu',
  pmem: '%mem',
  command: 'args',
  cmd: 'cmd',
  tname: 'tty',
  tt: 'tty',
  state: 's',
  euser: 'user',
  ruser: 'user',
  pgrp: 'pgid',
  sess: 'sid',
  vsize: 'vsz',
  rssize: 'rss',
  lstart: 'stime',
};
