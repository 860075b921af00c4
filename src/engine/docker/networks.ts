/** Docker networks: bridges on the host, addresses, links into containers, published ports. */
import { cidrContains, formatIpv4, formatNetwork, nthAddress, parseCidr, parseIpv4 } from '../../formats/ip.ts';
import { wholePower } from '../../formats/power.ts';
import { failed } from '../../protocol/errno.ts';
import type { JsonObject } from '../../protocol/plain.ts';
import {
  addBridgeRules,
  addDirectAccessRule,
  addPortRules,
  installChains,
  removeBridgeRules,
  removeDirectAccessRule,
  removePortRules,
} from './bridge-rules.ts';
import type { AddressPool } from './daemon-config.ts';
import { flag, list, object, record, text, isObject } from './json-fields.ts';
import {
  apiError,
  update,
  type ApiError,
  type DockerContainer,
  type DockerNetwork,
  type Endpoint,
  type Engine,
} from './model.ts';
import type { PortProxy } from './port-proxy.ts';
import { NOT_A_MANAGER } from './no-swarm.ts';

/** The three networks every daemon has, and docker0 with its rules. */
export function setUpNetworks(engine: Engine): void {
  const { net } = engine.host;
  if (engine.config.iptables) installChains(net);
  const cidr = parseCidr(engine.config.bridgeCidr);
  const gateway = engine.config.bridgeCidr.split('/')[0] ?? '172.17.0.1';
  const subnet = cidr === undefined ? '172.17.0.0/16' : formatNetwork(cidr);
  const known = [...engine.networks.values()];
  const make = (name: string, driver: DockerNetwork['driver'], rest: Partial<DockerNetwork>): void => {
    const before = known.find((network) => network.name === name);
    if (before !== undefined) {
      if (rest.subnet !== undefined) moveBridge(engine, before, rest.subnet, rest.gateway ?? '');
      return;
    }
    const id = engine.hex('network', 64);
    engine.networks.set(id, {
      id,
      name,
      createdUnixUs: engine.sim.clock.unixUs,
      driver,
      subnet: '',
      gateway: '',
      bridge: '',
      internal: false,
      attachable: false,
      labels: {},
      options: {},
      ...rest,
    });
  };
  make('bridge', 'bridge', {
    subnet,
    gateway,
    bridge: 'docker0',
    options: {
      'com.docker.network.bridge.default_bridge': 'true',
      'com.docker.network.bridge.enable_icc': 'true',
      'com.docker.network.bridge.enable_ip_masquerade': 'true',
      'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
      'com.docker.network.bridge.name': 'docker0',
      'com.docker.network.driver.mtu': '1500',
    },
  });
  make('host', 'host', {});
  make('none', 'null', {});
  for (const network of engine.networks.values()) if (network.driver === 'bridge') raiseBridge(engine, network);
}

/** Another `bip` than before: the bridge gets its address anew. */
function moveBridge(engine: Engine, network: DockerNetwork, subnet: string, gateway: string): void {
  if (network.subnet === subnet && network.gateway === gateway) return;
  const { net } = engine.host;
  if (engine.config.iptables) removeBridgeRules(net, network.bridge, network.subnet, network.internal);
  if (net.link(net.netns, network.bridge) !== undefined) net.deleteLink(net.netns, network.bridge);
  engine.networks.set(network.id, { ...network, subnet, gateway });
}

function raiseBridge(engine: Engine, network: DockerNetwork): void {
  const { net } = engine.host;
  if (net.link(net.netns, network.bridge) === undefined) {
    net.addLink(net.netns, { kind: 'bridge', name: network.bridge });
    net.addAddress(net.netns, network.bridge, `${network.gateway}/${network.subnet.split('/')[1] ?? '16'}`);
    net.changeLink(net.netns, network.bridge, { up: true });
  }
  if (engine.config.iptables) addBridgeRules(net, network.bridge, network.subnet, network.internal);
}

/** Docker's default pools: 172.17.0.0/16 to 172.31.0.0/16, then 192.168.0.0/20 and on. */
const DEFAULT_POOLS = [
  ...Array.from({ length: 15 }, (_, i) => `172.${String(17 + i)}.0.0/16`),
  ...Array.from({ length: 16 }, (_, i) => `192.168.${String(i * 16)}.0/20`),
];

/** The networks that `default-address-pools` stands for. */
function poolNetworks({ base, size }: AddressPool): readonly string[] {
  const cidr = parseCidr(base);
  if (cidr === undefined || size < cidr.prefixLength) return [];
  const count = Math.min(256, wholePower(2, size - cidr.prefixLength));
  return Array.from(
    { length: count },
    (_, i) => `${formatIpv4(cidr.network + i * wholePower(2, 32 - size))}/${String(size)}`,
  );
}

function freeSubnet(engine: Engine): string | undefined {
  const taken = [...engine.networks.values()].flatMap(({ subnet }) => parseCidr(subnet) ?? []);
  const hosts = engine.host.net
    .addresses(engine.host.net.netns)
    .flatMap(({ ip, prefixLength }) => parseCidr(`${ip}/${String(prefixLength)}`) ?? []);
  const configured = engine.config.addressPools.flatMap(poolNetworks);
  const pools = configured.length > 0 ? configured : DEFAULT_POOLS;
  return pools.find((pool) => {
    const cidr = parseCidr(pool);
    return (
      cidr !== undefined &&
      ![...taken, ...hosts].some((other) => cidrContains(cidr, other.network) || cidrContains(other, cidr.network))
    );
  });
}

export function createNetwork(
  engine: Engine,
  body: JsonObject,
): { readonly Id: string; readonly Warning: string } | ApiError {
  const name = text(body, 'Name');
  if (name === '') return apiError(400, 'invalid network name: name is empty');
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(name))
    return apiError(400, `invalid network name: invalid character in ${name}`);
  if ([...engine.networks.values()].some((network) => network.name === name))
    return apiError(409, `network with name ${name} already exists`);
  const driver = text(body, 'Driver') === '' ? 'bridge' : text(body, 'Driver');
  if (driver === 'host') return apiError(403, 'only one instance of "host" network is allowed');
  if (driver === 'null') return apiError(403, 'only one instance of "null" network is allowed');
  if (driver === 'overlay') return apiError(403, NOT_A_MANAGER);
  if (driver === 'macvlan' || driver === 'ipvlan')
    return apiError(501, `drydock: network driver '${driver}' is not simulated`);
  if (driver !== 'bridge')
    return apiError(404, `could not find plugin ${driver} in v1 plugin registry: plugin not found`);
  const [first] = list(object(body, 'IPAM'), 'Config');
  const given = isObject(first) ? first : {};
  const subnet = text(given, 'Subnet') === '' ? freeSubnet(engine) : text(given, 'Subnet');
  const cidr = subnet === undefined ? undefined : parseCidr(subnet);
  if (subnet === undefined) return apiError(500, 'all predefined address pools have been fully subnetted');
  if (cidr === undefined) return apiError(400, `invalid subnet ${subnet}: invalid CIDR block notation`);
  const overlap = [...engine.networks.values()]
    .flatMap((network) => parseCidr(network.subnet) ?? [])
    .some((other) => cidrContains(cidr, other.network) || cidrContains(other, cidr.network));
  if (overlap) return apiError(403, 'invalid pool request: Pool overlaps with other one on this address space');
  const id = engine.hex('network', 64);
  const gateway =
    text(given, 'Gateway') === '' ? formatIpv4(nthAddress(cidr, 1) ?? cidr.network + 1) : text(given, 'Gateway');
  const options = record(body, 'Options');
  const network: DockerNetwork = {
    id,
    name,
    createdUnixUs: engine.sim.clock.unixUs,
    driver: 'bridge',
    subnet: formatNetwork(cidr),
    gateway,
    bridge: options['com.docker.network.bridge.name'] ?? `br-${id.slice(0, 12)}`,
    internal: flag(body, 'Internal'),
    attachable: flag(body, 'Attachable'),
    labels: record(body, 'Labels'),
    options,
  };
  engine.networks.set(id, network);
  raiseBridge(engine, network);
  engine.emit('network', 'create', id, { name, type: 'bridge' });
  return { Id: id, Warning: '' };
}

export function removeNetwork(engine: Engine, network: DockerNetwork): ApiError | undefined {
  if (['bridge', 'host', 'none'].includes(network.name))
    return apiError(403, `${network.name} is a pre-defined network and cannot be removed`);
  const users = [...engine.containers.values()].filter((container) =>
    Object.values(container.endpoints).some(({ networkId, ip }) => networkId === network.id && ip !== ''),
  );
  if (users.length > 0) {
    const names = users.map(
      (container) =>
        `name:"${container.name}" id:"${(container.endpoints[network.name]?.endpointId ?? '').slice(0, 12)}"`,
    );
    return apiError(
      403,
      `error while removing network: network ${network.name} has active endpoints (${names.join(', ')})`,
    );
  }
  const { net } = engine.host;
  removeBridgeRules(net, network.bridge, network.subnet, network.internal);
  net.deleteLink(net.netns, network.bridge);
  engine.networks.delete(network.id);
  engine.emit('network', 'destroy', network.id, { name: network.name, type: network.driver });
  return undefined;
}

function allocate(engine: Engine, network: DockerNetwork, requested: string): string | ApiError {
  const cidr = parseCidr(network.subnet);
  const used = new Set([
    network.gateway,
    ...[...engine.containers.values()].flatMap(({ endpoints }) =>
      Object.values(endpoints).flatMap(({ networkId, ip }) => (networkId === network.id && ip !== '' ? [ip] : [])),
    ),
  ]);
  if (cidr === undefined) return apiError(500, 'no subnet');
  if (requested !== '') {
    const wanted = parseIpv4(requested);
    if (wanted === undefined || !cidrContains(cidr, wanted))
      return apiError(
        400,
        `invalid config for network ${network.name}: invalid endpoint settings:\nno configured subnet contains IP address ${requested}`,
      );
    return used.has(requested) ? apiError(403, 'Address already in use') : requested;
  }
  for (let n = 2; ; n += 1) {
    const address = nthAddress(cidr, n);
    if (address === undefined || !cidrContains(cidr, address))
      return apiError(
        500,
        "no available IPv4 addresses on this network's address pools: " + network.name + ' (' + network.id + ')',
      );
    if (!used.has(formatIpv4(address))) return formatIpv4(address);
  }
}

/** Gives a starting container its link to one network. */
export function plug(engine: Engine, container: DockerContainer, name: string, index: number): ApiError | undefined {
  const endpoint = container.endpoints[name];
  const network = endpoint === undefined ? undefined : engine.networks.get(endpoint.networkId);
  if (endpoint === undefined || network === undefined) return apiError(404, `network ${name} not found`);
  if (network.driver !== 'bridge') return undefined;
  const ip = allocate(engine, network, endpoint.requestedIp);
  if (typeof ip !== 'string') return ip;
  const { net } = engine.host;
  const hostLink = `veth${engine.hex('veth', 7)}`;
  const link = `eth${String(index)}`;
  const made = net.addLink(net.netns, { kind: 'veth', name: hostLink, peer: { name: link, netns: container.netns } });
  if (failed(made))
    return apiError(
      500,
      `failed to create endpoint ${container.name} on network ${name}: failed to add the host (${hostLink}) <=> sandbox (${link}) pair interfaces: ${made.errno}`,
    );
  net.changeLink(net.netns, hostLink, { master: network.bridge, up: true });
  net.changeLink(container.netns, link, { up: true });
  net.addAddress(container.netns, link, `${ip}/${network.subnet.split('/')[1] ?? '16'}`);
  if (index === 0 && !network.internal)
    net.addRoute(container.netns, { destination: 'default', via: network.gateway, device: link });
  if (engine.config.iptables) addDirectAccessRule(net, network.bridge, ip);
  const next: Endpoint = {
    ...endpoint,
    ip,
    mac: net.link(container.netns, link)?.mac ?? '',
    link,
    hostLink,
    endpointId: engine.hex('endpoint', 64),
  };
  update(engine, container.id, { endpoints: { ...container.endpoints, [name]: next } });
  engine.emit('network', 'connect', network.id, { container: container.id, name: network.name, type: network.driver });
  return undefined;
}

/** Takes a container's link to one network away. */
export function unplug(engine: Engine, container: DockerContainer, name: string): void {
  const endpoint = container.endpoints[name];
  const network = endpoint === undefined ? undefined : engine.networks.get(endpoint.networkId);
  if (endpoint === undefined || network === undefined || endpoint.ip === '') return;
  const { net } = engine.host;
  net.deleteLink(net.netns, endpoint.hostLink);
  removeDirectAccessRule(net, network.bridge, endpoint.ip);
  const current = engine.containers.get(container.id);
  if (current !== undefined)
    update(engine, container.id, {
      endpoints: {
        ...current.endpoints,
        [name]: { ...endpoint, ip: '', mac: '', link: '', hostLink: '', endpointId: '' },
      },
    });
  engine.emit('network', 'disconnect', network.id, {
    container: container.id,
    name: network.name,
    type: network.driver,
  });
}

/** Publishes ports of a container that has its addresses. */
export function publish(
  engine: Engine,
  proxy: PortProxy,
  container: DockerContainer,
  wanted: readonly { readonly port: string; readonly hostIp: string; readonly hostPort: number }[],
): ApiError | undefined {
  const first = Object.values(container.endpoints).find(({ ip }) => ip !== '');
  const network = first === undefined ? undefined : engine.networks.get(first.networkId);
  if (first === undefined || network === undefined) return undefined;
  const ports: { port: string; hostIp: string; hostPort: number }[] = [];
  const proxies: { socket: number; pid: number }[] = [];
  const fail = (message: string): ApiError => {
    update(engine, container.id, { ports, proxies });
    unpublish(engine, proxy, engine.containers.get(container.id) ?? container);
    return apiError(
      500,
      `driver failed programming external connectivity on endpoint ${container.name} (${first.endpointId}): ${message}`,
    );
  };
  for (const { port, hostIp, hostPort } of wanted) {
    const [number = '0', protocol = 'tcp'] = port.split('/');
    const chosen = hostPort === 0 ? ephemeral(engine) : hostPort;
    const taken = [...engine.containers.values()].some(
      (other) =>
        other.id !== container.id &&
        other.ports.some((mapping) => mapping.hostPort === chosen && mapping.port.endsWith(protocol)),
    );
    const bind = `Bind for ${hostIp === '' ? '0.0.0.0' : hostIp}:${String(chosen)} failed: port is already allocated`;
    if (taken) return fail(bind);
    if (protocol === 'tcp' && engine.config.userlandProxy) {
      const started = proxy.start(hostIp === '' ? '0.0.0.0' : hostIp, chosen, first.ip, Number(number), engine.pid);
      if (started === undefined)
        return fail(
          `failed to bind host port for ${hostIp === '' ? '0.0.0.0' : hostIp}:${String(chosen)}:${first.ip}:${number}/${protocol}: address already in use`,
        );
      proxies.push(started);
    }
    ports.push({ port, hostIp: hostIp === '' ? '0.0.0.0' : hostIp, hostPort: chosen });
    if (engine.config.iptables)
      addPortRules(engine.host.net, network.bridge, first.ip, {
        protocol: protocol === 'udp' ? 'udp' : 'tcp',
        port: Number(number),
        hostIp,
        hostPort: chosen,
      });
  }
  update(engine, container.id, { ports, proxies });
  return undefined;
}

export function unpublish(engine: Engine, proxy: PortProxy, container: DockerContainer): void {
  const first = Object.values(container.endpoints).find(({ ip }) => ip !== '');
  const network = first === undefined ? undefined : engine.networks.get(first.networkId);
  for (const { socket } of container.proxies) proxy.stop(socket);
  if (first !== undefined && network !== undefined) {
    for (const { port, hostIp, hostPort } of container.ports) {
      const [number = '0', protocol = 'tcp'] = port.split('/');
      removePortRules(engine.host.net, network.bridge, first.ip, {
        protocol: protocol === 'udp' ? 'udp' : 'tcp',
        port: Number(number),
        hostIp,
        hostPort,
      });
    }
  }
  update(engine, container.id, { ports: [], proxies: [] });
}

/** Docker hands out 32768 and on in order. */
function ephemeral(engine: Engine): number {
  const used = new Set([...engine.containers.values()].flatMap(({ ports }) => ports.map(({ hostPort }) => hostPort)));
  let port = 32_768;
  while (used.has(port)) port += 1;
  return port;
}
