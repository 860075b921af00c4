/** The sockets that a .socket unit has open: process 1 holds them as descriptors, whoever serves them. */
import { fail, failed, strerror, type Result, type SysFailure } from '../../../../protocol/errno.ts';
import type { HostSystemd } from '../host-systemd.ts';
import { groupOf, accountOf } from '../services/service-identity.ts';
import type { ListenAddress, SocketSettings } from './socket-settings.ts';
import type { HeldSocket } from '../units/unit-state.ts';

/** All of them, or the address that could not be listened at. */
export function openSockets(
  systemd: HostSystemd,
  settings: SocketSettings,
): readonly HeldSocket[] | { readonly address: ListenAddress; readonly failure: SysFailure } {
  const held: HeldSocket[] = [];
  for (const address of settings.addresses) {
    const opened = openSocket(systemd, settings, address);
    if (failed(opened)) {
      closeSockets(systemd, held);
      return { address, failure: opened };
    }
    held.push(opened);
  }
  return held;
}

export function closeSockets(systemd: HostSystemd, held: readonly HeldSocket[]): void {
  for (const { fd } of held) systemd.kernel.closeDescriptor(systemd.pid, fd);
}

function openSocket(systemd: HostSystemd, settings: SocketSettings, { kind, at }: ListenAddress): Result<HeldSocket> {
  const { sockets, netns, host } = systemd.options;
  if (at.family === 'inet6' || sockets === undefined || netns === undefined) return fail('EAFNOSUPPORT');
  if (kind === 'Datagram' && at.family === 'unix') return fail('EPROTONOSUPPORT');
  const owner = { pid: systemd.pid, host };
  const address = at.family === 'unix' ? socketFile(systemd, settings, at.path) : at;
  if (failed(address)) return address;
  const socket =
    kind === 'Datagram' && at.family === 'inet'
      ? sockets.udp(netns, owner, at.port, at.ip)
      : sockets.listen(netns, address, owner);
  if (failed(socket)) return socket;
  const fd = systemd.kernel.openSocket(systemd.pid, socket, kind === 'Datagram' ? 'datagram' : 'listening');
  return failed(fd) ? fd : { socket, fd };
}

/** Makes the file, over one that an earlier listener has left. */
function socketFile(
  { files, kernel }: HostSystemd,
  { mode, directoryMode }: SocketSettings,
  path: string,
): ReturnType<HostSystemd['kernel']['unixAddress']> {
  if (path.startsWith('@')) return kernel.unixAddress(path);
  const directory = path.slice(0, path.lastIndexOf('/'));
  if (!files.root.exists(directory)) files.root.mkdirp(directory, { mode: directoryMode });
  if (files.root.typeOf(path) === 'socket') files.root.remove(path);
  return kernel.unixAddress(path, { create: { mode } });
}

/** SocketUser= and SocketGroup= of the files; what is wrong with them where they name nobody. */
export function giveAway(
  { files: { root } }: HostSystemd,
  { user, group, addresses }: SocketSettings,
): { readonly what: string; readonly status: number } | undefined {
  const account = user === undefined ? undefined : accountOf(root, user);
  if (user !== undefined && account === undefined)
    return { what: `Failed to resolve user ${user}: ${strerror('ESRCH')}`, status: 217 };
  const gid = group === undefined ? account?.gid : groupOf(root, group);
  if (group !== undefined && gid === undefined)
    return { what: `Failed to resolve group ${group}: ${strerror('ESRCH')}`, status: 216 };
  for (const { at } of addresses)
    if (at.family === 'unix' && at.path.startsWith('/')) root.chown(at.path, account?.uid ?? 0, gid ?? 0);
  return undefined;
}
