import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { groupNameOf, userNameOf } from '../../accounts.ts';
import { strftime } from '../../strftime.ts';
import { modeText } from '../files/mode-text.ts';
import type { Here } from './reader.ts';
import { TYPE_LETTERS } from './tests.ts';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', '0': '\0', r: '\r', a: '\x07', '\\': '\\' };

/** -printf's format of one file. */
export function formatFile(process: Process, format: string, here: Here): string {
  return format
    .replace(/\\(.)/g, (whole, letter: string) => ESCAPES[letter] ?? whole)
    .replace(/%(-?)(\d*)([TAC][@+A-Za-z]|[a-zA-Z%])/g, (whole, left: string, width: string, code: string) => {
      const text = field(process, here, code) ?? whole;
      return left === '' ? text.padStart(Number(width)) : text.padEnd(Number(width));
    });
}

function field(process: Process, { path, name, stat, depth, start }: Here, code: string): string | undefined {
  const moment = { T: stat.modifiedMs, A: stat.accessedMs, C: stat.changedMs }[code.charAt(0)];
  if (code.length === 2 && moment !== undefined)
    return code.charAt(1) === '@'
      ? (moment / 1_000).toFixed(10)
      : strftime(`%${code.charAt(1)}`, Math.round(moment * 1_000));
  const below = path === start ? '' : path.slice(start.endsWith('/') ? start.length : start.length + 1);
  const target = code === 'l' && stat.type === 'symlink' ? process.readlink(path) : '';
  const fields: Readonly<Record<string, string>> = {
    p: path,
    P: below,
    H: start,
    f: name,
    h: path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.',
    l: failed(target) ? '' : target,
    s: String(stat.size),
    b: String(stat.blocks),
    k: String(Math.ceil(stat.blocks / 2)),
    m: stat.mode.toString(8),
    M: modeText(stat),
    y: TYPE_LETTERS[stat.type],
    d: String(depth),
    n: String(stat.links),
    i: String(stat.inode),
    u: userNameOf(process, stat.uid) ?? String(stat.uid),
    U: String(stat.uid),
    g: groupNameOf(process, stat.gid) ?? String(stat.gid),
    G: String(stat.gid),
    t: strftime('%a %b %e %H:%M:%S.%N0 %Y', Math.round(stat.modifiedMs * 1_000)),
    '%': '%',
  };
  return fields[code];
}

/** A line of -ls. */
export function listFile(process: Process, { path, stat }: Here): string {
  const age = process.time().realtimeUs / 1_000 - stat.modifiedMs;
  const recent = age >= 0 && age < 15_778_476_000;
  const target = stat.type === 'symlink' ? process.readlink(path) : undefined;
  return [
    String(stat.inode).padStart(9),
    String(Math.ceil(stat.blocks / 2)).padStart(6),
    modeText(stat),
    String(stat.links).padStart(3),
    (userNameOf(process, stat.uid) ?? String(stat.uid)).padEnd(8),
    (groupNameOf(process, stat.gid) ?? String(stat.gid)).padEnd(8),
    String(stat.size).padStart(8),
    strftime(recent ? '%b %e %H:%M' : '%b %e  %Y', Math.round(stat.modifiedMs * 1_000)),
    target === undefined || failed(target) ? path : `${path} -> ${target}`,
  ].join(' ');
}
