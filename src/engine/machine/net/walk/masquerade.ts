import { cidrContains } from '../../../../formats/ip.ts';
import { cidrOf, type Namespace } from '../namespace.ts';

/** The address that MASQUERADE takes: the outgoing link's own, nearest to the next hop. */
export function addressNear(namespace: Namespace, linkName: string, destination: number): number | undefined {
  const link = namespace.linkByName(linkName);
  if (link === undefined) return undefined;
  const route = namespace.route(destination);
  const near = route?.link === link.id ? (route.via ?? destination) : destination;
  return (link.addresses.find((address) => cidrContains(cidrOf(address), near)) ?? link.addresses[0])?.ip;
}
