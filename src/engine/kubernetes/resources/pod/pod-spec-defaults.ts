/** Defaults of a pod's spec, alone or in a template (kubernetes pkg/apis/core/v1/defaults.go). */
import type {
  Container,
  EnvVar,
  HttpGetAction,
  LifecycleHandler,
  PodSpec,
  PodTemplateSpec,
  Probe,
  Volume,
  VolumeProjection,
} from '../../apimachinery/types.ts';
import { each, fill, once, over } from '../fill.ts';

const FILE_MODE = 0o644;

/** Answers the same object where nothing is missing, so templates and their pods share their parts. */
export const defaultPodSpec = once((spec: PodSpec): PodSpec => {
  let next = fill<PodSpec>(spec, {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    securityContext: {},
  });
  if (next.serviceAccountName !== undefined) next = fill<PodSpec>(next, { serviceAccount: next.serviceAccountName });
  else if (next.serviceAccount !== undefined) next = fill<PodSpec>(next, { serviceAccountName: next.serviceAccount });
  next = over(next, 'containers', each(defaultContainer));
  next = over(next, 'initContainers', each(defaultContainer));
  next = over(next, 'ephemeralContainers', each(defaultContainer));
  next = over(next, 'volumes', each(defaultVolume));
  return next.hostNetwork === true ? withHostPorts(next) : next;
});

export const defaultTemplate = once((template: PodTemplateSpec): PodTemplateSpec =>
  over(template, 'spec', defaultPodSpec),
);

const defaultContainer = once((container: Container): Container => {
  let next = fill<Container>(container, {
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: pullPolicy(container.image),
    resources: {},
  });
  next = over(
    next,
    'ports',
    each((port) => fill(port, { protocol: 'TCP' })),
  );
  next = over(next, 'env', each(defaultEnv));
  next = over(next, 'livenessProbe', defaultProbe);
  next = over(next, 'readinessProbe', defaultProbe);
  next = over(next, 'startupProbe', defaultProbe);
  return over(next, 'lifecycle', (lifecycle) =>
    over(over(lifecycle, 'postStart', defaultHandler), 'preStop', defaultHandler),
  );
});

/** Images without a tag, or tagged latest, are pulled each time. */
function pullPolicy(image: string | undefined): 'Always' | 'IfNotPresent' {
  const name = image ?? '';
  if (name.includes('@')) return 'IfNotPresent';
  const tag = /:([^/:]+)$/.exec(name)?.[1] ?? 'latest';
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

const defaultEnv = (env: EnvVar): EnvVar =>
  over(env, 'valueFrom', (source) =>
    over(
      over(source, 'fieldRef', (ref) => fill(ref, { apiVersion: 'v1' })),
      'resourceFieldRef',
      (ref) => fill(ref, { divisor: '0' }),
    ),
  );

const httpGet = (action: HttpGetAction): HttpGetAction => fill(action, { path: '/', scheme: 'HTTP' });
const defaultHandler = (handler: LifecycleHandler): LifecycleHandler => over(handler, 'httpGet', httpGet);
const defaultProbe = (probe: Probe): Probe =>
  over(
    over(
      fill(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }),
      'httpGet',
      httpGet,
    ),
    'grpc',
    (grpc) => fill(grpc, { service: '' }),
  );

const SOURCES_NONE = (volume: Volume): boolean => Object.keys(volume).length === 1;

const defaultVolume = once((volume: Volume): Volume => {
  if (SOURCES_NONE(volume)) return { ...volume, emptyDir: {} };
  let next = over(volume, 'configMap', (source) => fill(source, { defaultMode: FILE_MODE }));
  next = over(next, 'secret', (source) => fill(source, { defaultMode: FILE_MODE }));
  next = over(next, 'hostPath', (source) => fill(source, { type: '' }));
  next = over(next, 'downwardAPI', (source) =>
    over(
      fill(source, { defaultMode: FILE_MODE }),
      'items',
      each((item) =>
        over(item, 'fieldRef', (ref) =>
          fill<{ readonly fieldPath: string; readonly apiVersion?: string }>(ref, { apiVersion: 'v1' }),
        ),
      ),
    ),
  );
  return over(next, 'projected', (source) =>
    over(fill(source, { defaultMode: FILE_MODE }), 'sources', each(defaultProjection)),
  );
});

const defaultProjection = (projection: VolumeProjection): VolumeProjection =>
  over(
    over(projection, 'serviceAccountToken', (token) => fill(token, { expirationSeconds: 3600 })),
    'downwardAPI',
    (source) =>
      over(
        source,
        'items',
        each((item) =>
          over(item, 'fieldRef', (ref) =>
            fill<{ readonly fieldPath: string; readonly apiVersion?: string }>(ref, { apiVersion: 'v1' }),
          ),
        ),
      ),
  );

const withHostPorts = (spec: PodSpec): PodSpec =>
  over(
    spec,
    'containers',
    each((container) =>
      over(
        container,
        'ports',
        each((port) => (port.hostPort === undefined ? { ...port, hostPort: port.containerPort } : port)),
      ),
    ),
  );
