import type { Headers } from '../../../../protocol/http.ts';

/** One alternative of an Accept header, in order of preference. */
export interface MediaType {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

export function accepted(headers: Headers): readonly MediaType[] {
  const header = headers['accept'] ?? '';
  if (header === '') return [];
  return header
    .split(',')
    .map((text) => {
      const [type = '', ...parameters] = text.trim().split(';');
      return { type: type.trim(), parameters: new Map(parameters.map((parameter) => pairOf(parameter.trim()))) };
    })
    .map((media, index) => ({ media, index, quality: Number(media.parameters.get('q') ?? '1') }))
    .toSorted((a, b) => b.quality - a.quality || a.index - b.index)
    .map(({ media }) => media);
}

const pairOf = (text: string): readonly [string, string] => {
  const equals = text.indexOf('=');
  return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
};

/** The meta.k8s.io version of a Table that the client prefers, or undefined for plain objects. */
export function wantsTable(headers: Headers): 'v1' | 'v1beta1' | undefined {
  for (const { type, parameters } of accepted(headers)) {
    if (parameters.get('as') === 'Table' && parameters.get('g') === 'meta.k8s.io')
      return parameters.get('v') === 'v1beta1' ? 'v1beta1' : 'v1';
    if (parameters.has('as')) continue;
    if (
      type === 'application/json' ||
      type === '*/*' ||
      type === 'application/yaml' ||
      type === 'application/vnd.kubernetes.protobuf'
    )
      return undefined;
  }
  return undefined;
}

/** The aggregated discovery version that the client prefers, or undefined for the legacy lists. */
export function wantsAggregated(headers: Headers): 'v2' | 'v2beta1' | undefined {
  for (const { parameters } of accepted(headers)) {
    if (parameters.get('g') !== 'apidiscovery.k8s.io' || parameters.get('as') !== 'APIGroupDiscoveryList') continue;
    const version = parameters.get('v');
    if (version === 'v2' || version === 'v2beta1') return version;
  }
  return undefined;
}

export const wantsYaml = (headers: Headers): boolean => accepted(headers)[0]?.type === 'application/yaml';
export const contentType = (headers: Headers): string =>
  (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
