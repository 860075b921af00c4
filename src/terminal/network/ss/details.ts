/** What stands behind a socket in the table: who has it (-p), its timer (-o), its numbers (-e). */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';
import type { Socket } from './socket-record.ts';

/** `users:(("nginx",pid=7,fd=6))`; who has it by its descriptor, components of the machine by the order of their sockets. */
export function owners(process: Process, socket: Socket, all: readonly Socket[]): string {
  if (socket.pid === undefined) return '';
  const pid = String(socket.pid);
  const name = (fileText(process, `/proc/${pid}/comm`) ?? '').trim();
  if (name === '') return '';
  const descriptors = process.readdir(`/proc/${pid}/fd`);
  if (failed(descriptors)) return '';
  const found = descriptors.find((entry) => {
    const target = process.readlink(`/proc/${pid}/fd/${entry.name}`);
    return !failed(target) && target === `socket:[${String(socket.id)}]`;
  });
  const fd = found?.name ?? String(3 + all.filter((each) => each.pid === socket.pid).indexOf(socket));
  return ` users:(("${name}",pid=${pid},fd=${fd}))`;
}

/** ` timer:(on,200ms,0)`; nothing where none runs. */
export const timerOf = ({ retry }: Socket): string =>
  retry === undefined ? '' : ` timer:(on,${span(retry.inMs)},${String(retry.count)})`;

/** Time as ss writes it: `200ms`, `1.500ms`, `12sec`, `2min30sec`. */
function span(timeMs: number): string {
  const minutes = Math.floor(timeMs / 60_000);
  const seconds = minutes > 9 ? 0 : Math.floor(timeMs / 1000) % 60;
  const rest = minutes > 0 || seconds > 9 ? 0 : timeMs % 1000;
  return [
    minutes > 0 ? `${String(minutes)}min` : '',
    seconds > 0 ? `${String(seconds)}${rest > 0 ? '.' : 'sec'}` : '',
    rest > 0 ? `${String(rest).padStart(3, '0')}ms` : '',
  ].join('');
}

/** ` uid:1000 ino:33 sk:21 cgroup:/system.slice/ssh.service <->`. The cookie is the number of the socket. */
export function numbersOf(process: Process, { protocol, id, pid, local }: Socket): string {
  if (protocol === 'unix') return ` <->${placeOf(process, local.address.trimEnd())}`;
  const owner = pid === undefined ? undefined : process.stat(`/proc/${String(pid)}`);
  const uid = owner === undefined || failed(owner) || owner.uid === 0 ? '' : ` uid:${String(owner.uid)}`;
  const group = pid === undefined ? undefined : fileText(process, `/proc/${String(pid)}/cgroup`);
  const path = group?.split('\n')[0]?.replace(/^0::/, '');
  return `${uid} ino:${String(id)} sk:${id.toString(16)}${path === undefined ? '' : ` cgroup:${path}`} <->`;
}

/** The file of a unix socket and its device, as the kernel has the number (MKDEV). */
function placeOf(process: Process, path: string): string {
  const file = path.startsWith('/') ? process.stat(path) : undefined;
  if (file === undefined || failed(file)) return '';
  return ` ino:${String(file.inode)} dev:0/${String(file.device)} peers:`;
}
