/** Which networks a new container is connected to. */
import type { JsonObject } from '../../../protocol/plain.ts';
import type { NamespaceSource } from '../../machine/container/interface.ts';
import { parseCidr, cidrContains, parseIpv4 } from '../../../formats/ip.ts';
import { object, text, texts } from '../json-fields.ts';
import {
  apiError,
  findContainer,
  findNetwork,
  isApiError,
  type ApiError,
  type DockerNetwork,
  type Endpoint,
  type Engine,
} from '../model.ts';

export interface NetworkPlan {
  /** A namespace of its own. */
  readonly own: boolean;
  readonly source: NamespaceSource;
  readonly endpoints: Readonly<Record<string, Endpoint>>;
}

export const newEndpoint = (networkId: string, aliases: readonly string[], requestedIp: string): Endpoint => ({
  networkId,
  endpointId: '',
  aliases,
  requestedIp,
  ip: '',
  mac: '',
  link: '',
  hostLink: '',
});

export function networkOf(engine: Engine, body: JsonObject, hostConfig: JsonObject): NetworkPlan | ApiError {
  const mode = text(hostConfig, 'NetworkMode');
  if (mode.startsWith('container:')) {
    const other = findContainer(engine, mode.slice('container:'.length));
    return isApiError(other) ? other : { own: false, source: { container: other.id }, endpoints: {} };
  }
  const wanted = object(object(body, 'NetworkingConfig'), 'EndpointsConfig');
  const names = [mode, ...Object.keys(wanted).filter((name) => name !== mode && name !== 'default')];
  const endpoints: Record<string, Endpoint> = {};
  let own = true;
  for (const name of names) {
    const network = findNetwork(engine, name);
    if (isApiError(network)) return network;
    if (network.driver === 'host') own = false;
    const settings = object(wanted, wanted[name] === undefined && name === 'bridge' ? 'default' : name);
    const refused = refuseSettings(network, settings);
    if (refused !== undefined) return refused;
    endpoints[network.name] = newEndpoint(
      network.id,
      texts(settings, 'Aliases'),
      text(object(settings, 'IPAMConfig'), 'IPv4Address'),
    );
  }
  return { own, source: 'host', endpoints };
}

/** What an endpoint's settings ask of a network that it cannot give (moby validateEndpointSettings). */
function refuseSettings(network: DockerNetwork, settings: JsonObject): ApiError | undefined {
  const address = text(object(settings, 'IPAMConfig'), 'IPv4Address');
  const faults: string[] = [];
  if (['bridge', 'host', 'none'].includes(network.name)) {
    if (address !== '') faults.push('user specified IP address is supported on user defined networks only');
    if (texts(settings, 'Aliases').length > 0)
      faults.push('network-scoped alias is supported only for containers in user defined networks');
  }
  const subnet = parseCidr(network.subnet);
  const ip = parseIpv4(address);
  if (address !== '' && subnet !== undefined && (ip === undefined || !cidrContains(subnet, ip)))
    faults.push(`no configured subnet contains IP address ${address}`);
  return faults.length === 0
    ? undefined
    : apiError(400, `invalid config for network ${network.name}: invalid endpoint settings:\n${faults.join('\n')}`);
}
