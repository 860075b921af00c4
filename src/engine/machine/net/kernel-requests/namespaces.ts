import { fail, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { RequestContext } from './context.ts';

export function netnsRequest({ net, namespace, op, args }: RequestContext): Result<Plain> {
  const name = args.text('name') ?? '';
  switch (op) {
    case 'self':
      return namespace.id;
    case 'list':
      return net.namespaceNames().map((one) => ({ ...one }));
    case 'id':
      return net.namespaceByName(name) ?? fail('ENOENT');
    case 'add': {
      if (name === '' || name.includes('/')) return fail('EINVAL');
      if (net.namespaceByName(name) !== undefined) return fail('EEXIST');
      const netns = net.createNamespace();
      net.bindNamespaceName(name, netns);
      return netns;
    }
    case 'delete': {
      const netns = net.namespaceByName(name);
      if (netns === undefined) return fail('ENOENT');
      net.unbindNamespaceName(name);
      net.deleteNamespace(netns);
      return null;
    }
    default:
      return fail('ENOSYS');
  }
}
