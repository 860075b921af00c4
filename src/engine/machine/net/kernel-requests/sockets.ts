import { fail, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { SocketInfo } from '../interface.ts';
import type { RequestContext } from './context.ts';

/** What `ss` and `netstat` need. */
export function socketRequest({ net, namespace, op }: RequestContext): Result<Plain> {
  if (op !== 'list') return fail('ENOSYS');
  return net.sockets.list(namespace.id).map(describeSocket);
}

function describeSocket({ id, protocol, state, local, peer, owner, receiveQueueBytes, sendQueueBytes }: SocketInfo): {
  readonly [key: string]: Plain;
} {
  const pid = 'external' in owner ? undefined : owner.pid;
  return {
    id,
    protocol,
    state,
    local,
    receiveQueueBytes,
    sendQueueBytes,
    ...(peer === undefined ? {} : { peer }),
    ...(pid === undefined ? {} : { pid }),
  };
}
