/** Accept=yes: each connection has an instance of the template `x@.service` for itself. */
import { failed } from '../../../../protocol/errno.ts';
import type { SocketAddress } from '../../../../protocol/program.ts';
import type { HostSystemd } from '../host-systemd.ts';
import type { SocketSettings } from './socket-settings.ts';
import type { UnitState } from '../units/unit-state.ts';

export function serveConnection(
  systemd: HostSystemd,
  unit: UnitState,
  settings: SocketSettings,
  listener: number,
): void {
  const { sockets, host } = systemd.options;
  if (sockets === undefined) return;
  const socket = sockets.accept(listener, { pid: systemd.pid, host });
  if (failed(socket) || socket === undefined) return;
  const open = connectionsOf(systemd, unit);
  if (open.length >= settings.maxConnections) {
    systemd.say(
      unit.name,
      `${unit.name}: Too many incoming connections (${String(open.length)}), dropping connection.`,
      4,
    );
    unit.refused += 1;
    sockets.close(socket);
    return;
  }
  const fd = systemd.kernel.openSocket(systemd.pid, socket, 'stream');
  const info = sockets.info(socket);
  if (failed(fd) || info === undefined) return;
  const { peer } = info;
  const name = settings.service.replace('@.', `@${String(unit.accepted)}-${instanceOf(info.local, peer)}.`);
  unit.accepted += 1;
  const service = systemd.state(name);
  service.connection = { of: unit.name, socket, fd, ...(peer?.family === 'inet' ? { peer } : {}) };
  systemd.start(name);
}

/** The service's process has the connection now, or never will. */
export function handOver(systemd: HostSystemd, { connection }: UnitState, pid: number | undefined): void {
  if (connection === undefined) return;
  const { sockets, host } = systemd.options;
  if (pid !== undefined) sockets?.transfer(connection.socket, { pid, host });
  systemd.kernel.closeDescriptor(systemd.pid, connection.fd);
}

/** Services of the unit's connections. */
export const connectionsOf = (systemd: HostSystemd, { name }: UnitState): readonly UnitState[] =>
  systemd
    .states()
    .filter(({ connection, active }) => connection?.of === name && active !== 'inactive' && active !== 'failed');

const instanceOf = (local: SocketAddress, peer: SocketAddress | undefined): string =>
  local.family === 'inet' && peer?.family === 'inet'
    ? `${local.ip}:${String(local.port)}-${peer.ip}:${String(peer.port)}`
    : '0-0';
