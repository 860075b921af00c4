/**
 * CNI plugin flannel with its delegates bridge and host-local.
 * Models: /run/flannel/subnet.env, bridge cni0 with the gateway's address, veth pair, hairpin, routes, addresses on disk.
 * Leaves out: other delegates, IPv6, ipMasq by the bridge plugin (flanneld does it), portmap's host ports.
 */
import { formatIpv4, parseCidr } from '../../../../../formats/ip.ts';
import { failed, strerror, type Result } from '../../../../../protocol/errno.ts';
import type { CniContext, CniPlugin, CniResult } from '../../interface.ts';
import { allocate, release } from '../../host-local.ts';

export const SUBNET_FILE = '/run/flannel/subnet.env';
const BRIDGE = 'cni0';

export class FlannelPlugin implements CniPlugin {
  readonly type = 'flannel';

  add(context: CniContext): CniResult {
    const env = readSubnet(context);
    if ('error' in env) return env;
    const bridge = ensureBridge(context, env);
    if (bridge !== undefined) return { error: bridge };
    const subnet = parseCidr(env.subnet);
    if (subnet === undefined) return { error: `invalid CIDR address: ${env.subnet}` };
    const address = allocate(
      context.files,
      context.network,
      subnet,
      subnet.address,
      context.containerId,
      context.interfaceName,
    );
    if ('error' in address) return address;
    const problem = connect(context, env, address.ip, subnet.prefixLength, formatIpv4(subnet.address));
    if (problem !== undefined) {
      release(context.files, context.network, context.containerId, address.ip);
      return { error: problem };
    }
    return { ips: [address.ip] };
  }

  del(context: CniContext): void {
    const { net, netns, interfaceName } = context;
    const known = net.addresses(netns, interfaceName)[0]?.ip;
    net.deleteLink(netns, interfaceName);
    release(context.files, context.network, context.containerId, known);
  }

  check({ net, netns, interfaceName }: CniContext): string | undefined {
    const link = net.link(netns, interfaceName);
    if (link?.up !== true) return `interface ${interfaceName} does not exist or is down in container`;
    return net.addresses(netns, interfaceName).length === 0 ? `interface ${interfaceName} has no address` : undefined;
  }
}

/** The one plugin; it keeps no state. */
export const flannelPlugin: CniPlugin = new FlannelPlugin();

interface SubnetEnv {
  readonly network: string;
  /** The gateway with the prefix: `10.244.1.1/24`. */
  readonly subnet: string;
  readonly mtu: number;
}

function readSubnet({ files }: CniContext): SubnetEnv | (CniResult & { readonly error: string }) {
  const text = files.readText(SUBNET_FILE);
  if (failed(text))
    return {
      error: `failed to load flannel 'subnet.env' file: open ${SUBNET_FILE}: ${strerror(text).toLowerCase()}. Check the flannel pod log for this node.`,
    };
  const values = new Map(
    text.split('\n').map((line) => {
      const cut = line.indexOf('=');
      return [line.slice(0, cut), line.slice(cut + 1).trim()];
    }),
  );
  const subnet = values.get('FLANNEL_SUBNET') ?? '';
  if (subnet === '') return { error: `${SUBNET_FILE} is missing FLANNEL_SUBNET` };
  return {
    network: values.get('FLANNEL_NETWORK') ?? '',
    subnet,
    mtu: Number(nonEmpty(values.get('FLANNEL_MTU')) ?? '1500'),
  };
}

/** The bridge with the gateway's address, made by the first pod of a node. */
function ensureBridge({ net }: CniContext, { subnet, mtu }: SubnetEnv): string | undefined {
  const { netns } = net;
  const known = net.link(netns, BRIDGE);
  if (known?.up === true) {
    const other = net.addresses(netns, BRIDGE)[0];
    const want = parseCidr(subnet);
    if (other === undefined || want === undefined || other.ip === formatIpv4(want.address)) return undefined;
    return `failed to set bridge addr: "${BRIDGE}" already has an IP address different from ${subnet}`;
  }
  const steps: readonly (() => Result<unknown>)[] = [
    () => (known === undefined ? net.addLink(netns, { kind: 'bridge', name: BRIDGE, mtu }) : undefined),
    () => net.changeLink(netns, BRIDGE, { up: true }),
    () => net.addAddress(netns, BRIDGE, subnet),
    () => net.setSysctl(netns, 'net.ipv4.ip_forward', '1'),
  ];
  return firstProblem(steps, `failed to create bridge "${BRIDGE}"`, ['EEXIST']);
}

function connect(
  { simulation, net, netns, interfaceName }: CniContext,
  { network, mtu }: SubnetEnv,
  ip: string,
  prefixLength: number,
  gateway: string,
): string | undefined {
  const veth = `veth${simulation.random.for('cni', net.name, 'veth').hex(8)}`;
  const steps: readonly (() => Result<unknown>)[] = [
    () => net.addLink(net.netns, { kind: 'veth', name: veth, mtu, peer: { name: interfaceName, netns } }),
    () => net.changeLink(net.netns, veth, { master: BRIDGE, hairpin: true, up: true }),
    () => net.changeLink(netns, interfaceName, { up: true }),
    () => net.addAddress(netns, interfaceName, `${ip}/${String(prefixLength)}`),
    () => net.addRoute(netns, { destination: 'default', via: gateway }),
    () => net.addRoute(netns, { destination: network, via: gateway }),
  ];
  const problem = firstProblem(steps, 'failed to configure the container interface', []);
  if (problem !== undefined) net.deleteLink(net.netns, veth);
  return problem;
}

function firstProblem(
  steps: readonly (() => Result<unknown>)[],
  what: string,
  fine: readonly string[],
): string | undefined {
  for (const step of steps) {
    const result = step();
    if (failed(result) && !fine.includes(result.errno)) return `${what}: ${strerror(result).toLowerCase()}`;
  }
  return undefined;
}

const nonEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text);
