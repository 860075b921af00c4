/** Networks and who is connected to them. */
import { newEndpoint } from '../create/endpoints.ts';
import { object, text, texts } from '../json-fields.ts';
import { apiError, findContainer, findNetwork, isApiError, update } from '../model.ts';
import { createNetwork, plug, removeNetwork, unplug } from '../networks.ts';
import { networkView } from '../views.ts';
import { type Call, type Answer, type Route, route, json, settle, withFilters, labelsFit } from './route.ts';

const networksOf = withFilters(({ engine }, filters) => {
  const has = (name: string, test: (wanted: string) => boolean): boolean =>
    filters[name] === undefined || filters[name].some(test);
  return json(
    [...engine.networks.values()]
      .filter(
        (network) =>
          has('name', (wanted) => network.name.includes(wanted)) &&
          has('id', (wanted) => network.id.startsWith(wanted)) &&
          has('driver', (wanted) => network.driver === wanted) &&
          has('type', (wanted) => (wanted === 'builtin') === ['bridge', 'host', 'none'].includes(network.name)) &&
          labelsFit(filters['label'], network.labels),
      )
      .map((network) => networkView(engine, network, false)),
  );
});

const pruneNetworks = withFilters(({ engine }, filters) => {
  const deleted: string[] = [];
  for (const network of [...engine.networks.values()]) {
    const used = [...engine.containers.values()].some(({ endpoints }) =>
      Object.values(endpoints).some(({ networkId }) => networkId === network.id),
    );
    if (used || ['bridge', 'host', 'none'].includes(network.name) || !labelsFit(filters['label'], network.labels))
      continue;
    if (removeNetwork(engine, network) === undefined) deleted.push(network.name);
  }
  return json({ NetworksDeleted: deleted.length === 0 ? null : deleted });
});

function connect({ engine, params, body }: Call): Answer {
  const network = findNetwork(engine, params[0] ?? '');
  const container = findContainer(engine, text(body, 'Container'));
  if (isApiError(network)) return network;
  if (isApiError(container)) return container;
  if (network.driver === 'host')
    return apiError(400, 'container cannot be disconnected from host network or connected to host network');
  if (container.endpoints[network.name] !== undefined)
    return apiError(403, `endpoint with name ${container.name} already exists in network ${network.name}`);
  const settings = object(body, 'EndpointConfig');
  const index = Object.keys(container.endpoints).length;
  const next = update(engine, container.id, {
    endpoints: {
      ...container.endpoints,
      [network.name]: newEndpoint(
        network.id,
        texts(settings, 'Aliases'),
        text(object(settings, 'IPAMConfig'), 'IPv4Address'),
      ),
    },
  });
  if (next === undefined || engine.runtime.container(container.id)?.pid === 0) return { code: 200 };
  return plug(engine, next, network.name, index) ?? { code: 200 };
}

function disconnect({ engine, params, body }: Call): Answer {
  const network = findNetwork(engine, params[0] ?? '');
  const container = findContainer(engine, text(body, 'Container'));
  if (isApiError(network)) return network;
  if (isApiError(container)) return container;
  if (container.endpoints[network.name] === undefined)
    return apiError(500, `container ${container.id} is not connected to network ${network.name}`);
  unplug(engine, container, network.name);
  const { [network.name]: _, ...endpoints } = engine.containers.get(container.id)?.endpoints ?? {};
  update(engine, container.id, { endpoints });
  return { code: 200 };
}

export const networkRoutes: readonly Route[] = [
  route('GET', '/networks', networksOf),
  route('POST', '/networks/create', ({ engine, body }) => {
    const made = createNetwork(engine, body);
    return isApiError(made) ? made : json(made, 201);
  }),
  route('POST', '/networks/prune', pruneNetworks),
  route('GET', '/networks/{id}', ({ engine, params }) => {
    const network = findNetwork(engine, params[0] ?? '');
    return isApiError(network) ? network : json(networkView(engine, network, true));
  }),
  route('DELETE', '/networks/{id}', ({ engine, params }) => {
    const network = findNetwork(engine, params[0] ?? '');
    return isApiError(network) ? network : settle(removeNetwork(engine, network));
  }),
  route('POST', '/networks/{id}/connect', connect),
  route('POST', '/networks/{id}/disconnect', disconnect),
];
