/** Which networks a new container is connected to. */
import type { JsonObject } from '../../../protocol/plain.ts';
import type { NamespaceSource } from '../../machine/container/interface.ts';
import { object, text, texts } from '../json-fields.ts';
import { findContainer, findNetwork, isApiError, type ApiError, type Endpoint, type Engine } from '../model.ts';

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
    const settings = object(wanted, name);
    endpoints[network.name] = newEndpoint(
      network.id,
      texts(settings, 'Aliases'),
      text(object(settings, 'IPAMConfig'), 'IPv4Address'),
    );
  }
  return { own, source: 'host', endpoints };
}
