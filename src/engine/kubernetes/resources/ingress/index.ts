import { type FieldError, at, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import type { ApiObject } from '../../apimachinery/types.ts';
import { AGE, NAME, age, text } from '../common/columns.ts';
import { entry } from '../strategy.ts';

type Backend = {
  readonly service?: { readonly name: string; readonly port?: { readonly name?: string; readonly number?: number } };
};
type Ingress = ApiObject & {
  readonly spec?: {
    readonly ingressClassName?: string;
    readonly defaultBackend?: Backend;
    readonly tls?: readonly { readonly hosts?: readonly string[]; readonly secretName?: string }[];
    readonly rules?: readonly {
      readonly host?: string;
      readonly http?: {
        readonly paths: readonly { readonly path?: string; readonly pathType: string; readonly backend: Backend }[];
      };
    }[];
  };
  readonly status?: {
    readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[] };
  };
};
const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];
const SHOWN_HOSTS = 3;

export const ingresses = entry<Ingress>('ingresses.networking.k8s.io', {
  columns: [NAME, text('Class'), text('Hosts'), text('Address'), text('Ports'), AGE],
  row: (ingress, context) => [
    ingress.metadata.name,
    ingress.spec?.ingressClassName ?? '<none>',
    hostsText(ingress),
    (ingress.status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip ?? hostname ?? '').join(','),
    ingress.spec?.tls === undefined ? '80' : '80, 443',
    age(ingress, context),
  ],
  prepareForCreate: (ingress) => ({ ...ingress, status: { loadBalancer: {} } }),
  validate: validateIngress,
});

function hostsText({ spec }: Ingress): string {
  const hosts = (spec?.rules ?? []).map(({ host }) => host ?? '').filter((host) => host !== '');
  if (hosts.length === 0) return '*';
  return hosts.length > SHOWN_HOSTS
    ? `${hosts.slice(0, SHOWN_HOSTS).join(',')} + ${String(hosts.length - SHOWN_HOSTS)} more...`
    : hosts.join(',');
}

function validateIngress({ spec }: Ingress): FieldError[] {
  const errors: FieldError[] = [];
  const rules = spec?.rules ?? [];
  if (rules.length === 0 && spec?.defaultBackend === undefined)
    errors.push(invalid('spec', {}, 'either `defaultBackend` or `rules` must be specified'));
  rules.forEach((rule, index) => {
    (rule.http?.paths ?? []).forEach((path, pathIndex) => {
      const place = at(`${at('spec.rules', index)}.http.paths`, pathIndex);
      if (path.pathType === undefined) errors.push(required(`${place}.pathType`, 'pathType must be specified'));
      else if (!PATH_TYPES.includes(path.pathType))
        errors.push(notSupported(`${place}.pathType`, path.pathType, PATH_TYPES));
      else if (path.pathType !== 'ImplementationSpecific' && path.path?.startsWith('/') !== true)
        errors.push(invalid(`${place}.path`, path.path ?? '', 'must be an absolute path'));
      const service = path.backend?.service;
      if (service !== undefined && service.port?.name === undefined && service.port?.number === undefined)
        errors.push(required(`${place}.backend.service.port`, 'port name or number is required'));
    });
  });
  return errors;
}
