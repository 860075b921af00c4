import { fail, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { SocketInfo } from '../interface.ts';
import { done, type RequestContext } from './context.ts';

/** What `ss` and `netstat` need. */
export function socketRequest({ net, namespace, op, args }: RequestContext): Result<Plain> {
  const all = net.sockets.list(namespace.id);
  if (op === 'list') return all.map((socket) => describeSocket(socket, net.lab.nowUs));
  if (op !== 'destroy') return fail('ENOSYS');
  const id = all.find((socket) => socket.id === args.number('id'))?.id;
  return id === undefined ? fail('ENOENT') : done(net.sockets.destroy(id));
}

function describeSocket(
  { owner, peer, retry, device, netns: _, ...socket }: SocketInfo,
  nowUs: number,
): { readonly [key: string]: Plain } {
  const pid = 'external' in owner ? undefined : owner.pid;
  return {
    ...socket,
    ...(peer === undefined ? {} : { peer }),
    ...(pid === undefined ? {} : { pid }),
    ...(retry === undefined
      ? {}
      : { retry: { inMs: Math.max(0, Math.ceil((retry.atUs - nowUs) / 1000)), count: retry.count } }),
    ...(device === undefined ? {} : { device }),
  };
}
