/** A socket as ss and /proc/net show it. */
import { formatIpv4 } from '../../../../formats/ip.ts';
import type { SocketAddress } from '../../../../protocol/program.ts';
import type { SocketInfo } from '../interface.ts';
import type { Socket } from './socket.ts';

export function infoOf(socket: Socket): SocketInfo {
  const connected = socket.state === 'ESTAB' || socket.state === 'SYN-SENT';
  return {
    id: socket.id,
    protocol: socket.protocol,
    netns: socket.netns,
    state: stateOf(socket),
    local: addressOf(socket, socket.local),
    ...(connected ? { peer: addressOf(socket, socket.peer) } : {}),
    owner: socket.owner,
    receiveQueueBytes:
      socket.state === 'LISTEN' ? (socket.backlog?.length ?? 0) : socket.queuedBytes + (socket.rendered?.length ?? 0),
    sendQueueBytes:
      socket.state === 'LISTEN'
        ? (socket.backlogMax ?? 0)
        : socket.held.reduce((sum, held) => sum + (held.type === 'segment' ? held.bytes : 0), 0),
    ...(socket.retryEvent === undefined || socket.retryAtUs === undefined
      ? {}
      : { retry: { atUs: socket.retryAtUs, count: Math.max(socket.attempts, socket.retries, 1) - 1 } }),
    ...(socket.device === undefined ? {} : { device: socket.device }),
  };
}

function stateOf(socket: Socket): SocketInfo['state'] {
  if (socket.state !== 'ESTAB') return socket.state;
  if (socket.broken !== undefined) return 'CLOSED';
  if (socket.shut) return 'FIN-WAIT-2';
  return socket.ended ? 'CLOSE-WAIT' : 'ESTAB';
}

const addressOf = (socket: Socket, { ip, port }: { readonly ip: number; readonly port: number }): SocketAddress =>
  socket.protocol === 'unix'
    ? { family: 'unix', path: socket.path ?? '' }
    : { family: 'inet', ip: formatIpv4(ip), port };
