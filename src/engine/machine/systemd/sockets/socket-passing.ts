/** Sockets that a service finds among its descriptors, and the variables that tell of them (sd_listen_fds(3)). */
import type { ProcessSpec, StdioSpec } from '../../kernel/interface.ts';
import type { HostSystemd } from '../host-systemd.ts';
import type { CommandSetting } from '../services/service-commands.ts';
import { lastValue, listValue, type UnitFile } from '../units/unit-file.ts';
import type { HeldSocket, UnitState } from '../units/unit-state.ts';

export interface PassedSockets {
  readonly sockets: readonly HeldSocket[];
  readonly env: Readonly<Record<string, string>>;
}

const NONE: PassedSockets = { sockets: [], env: {} };

/** The connection that it is there for, or what the socket units of the service listen at. */
export function passedSockets(
  systemd: HostSystemd,
  unit: UnitState,
  file: UnitFile,
  setting: CommandSetting,
): PassedSockets {
  if (setting !== 'ExecStart') return NONE;
  const { connection } = unit;
  const units = connection === undefined ? socketUnitsOf(systemd, unit, file) : [];
  const sockets = connection === undefined ? units.flatMap((each) => each.sockets) : [connection];
  const names = units.flatMap((each) =>
    each.sockets.map(() => systemd.triggers.sockets.settings(each.name).descriptorName),
  );
  const peer: Readonly<Record<string, string>> =
    connection?.peer === undefined
      ? {}
      : { REMOTE_ADDR: connection.peer.ip, REMOTE_PORT: String(connection.peer.port) };
  if (sockets.length === 0 || readsSocket(file)) return { sockets, env: peer };
  const listen = {
    LISTEN_FDS: String(sockets.length),
    LISTEN_FDNAMES: (names.length === 0 ? ['connection'] : names).join(':'),
  };
  return { sockets, env: { ...peer, ...listen } };
}

/** What spawns the process so that it has them: from descriptor 3 on, unless one is its standard input or output. */
export function descriptorsOf(
  { sockets, env }: PassedSockets,
  stdio: readonly StdioSpec[],
): Pick<ProcessSpec, 'furtherDescriptors' | 'pidVariable'> {
  if (env['LISTEN_FDS'] === undefined || stdio.some(({ type }) => type === 'inherit')) return {};
  return {
    furtherDescriptors: sockets.map(({ fd }) => ({ type: 'inherit', fd })),
    pidVariable: 'LISTEN_PID',
  };
}

const readsSocket = (file: UnitFile): boolean =>
  ['StandardInput', 'StandardOutput', 'StandardError'].some((key) => lastValue(file, 'Service', key) === 'socket');

const socketUnitsOf = (systemd: HostSystemd, { name }: UnitState, file: UnitFile): readonly UnitState[] =>
  systemd
    .states()
    .filter(
      (each) =>
        each.sockets.length > 0 &&
        (systemd.triggers.sockets.triggered(each.name) === name ||
          listValue(file, 'Service', 'Sockets').includes(each.name)),
    );
