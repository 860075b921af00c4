import { compareQuantities, parseQuantity } from '../../../../formats/quantity.ts';
import {
  type FieldError,
  type FieldErrors,
  at,
  duplicate,
  forbiddenField,
  invalid,
  notFoundField,
  notSupported,
  required,
} from '../../apimachinery/field-error.ts';
import {
  isConfigMapKey,
  isDns1123Label,
  isEnvVarName,
  isValidPortName,
  isValidPortNumber,
} from '../../apimachinery/names.ts';
import type {
  Container,
  ContainerPort,
  EnvVar,
  LifecycleHandler,
  Probe,
  ResourceRequirements,
} from '../../apimachinery/types.ts';
import { validateSecurityContext } from './security-context-validation.ts';

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const MESSAGE_POLICIES = ['FallbackToLogsOnError', 'File'];
const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const;

/** Problems of one container; `volumes` are the pod's volume names. */
export function validateContainer(container: Container, path: string, volumes: ReadonlySet<string>): FieldErrors {
  const errors: FieldError[] = [];
  if (container.name === undefined || container.name === '') errors.push(required(`${path}.name`));
  else
    for (const problem of isDns1123Label(container.name)) errors.push(invalid(`${path}.name`, container.name, problem));
  if (container.image === undefined || container.image === '') errors.push(required(`${path}.image`));
  else if (container.image.trim() !== container.image)
    errors.push(invalid(`${path}.image`, container.image, 'must not have leading or trailing whitespace'));
  validateProbe(container.livenessProbe, `${path}.livenessProbe`, errors, true);
  validateProbe(container.startupProbe, `${path}.startupProbe`, errors, true);
  validateProbe(container.readinessProbe, `${path}.readinessProbe`, errors, false);
  validateHandler(container.lifecycle?.postStart, `${path}.lifecycle.postStart`, errors);
  validateHandler(container.lifecycle?.preStop, `${path}.lifecycle.preStop`, errors);
  if (
    container.terminationMessagePolicy !== undefined &&
    !MESSAGE_POLICIES.includes(container.terminationMessagePolicy)
  ) {
    errors.push(notSupported(`${path}.terminationMessagePolicy`, container.terminationMessagePolicy, MESSAGE_POLICIES));
  }
  validatePorts(container.ports ?? [], `${path}.ports`, errors);
  (container.env ?? []).forEach((env, index) => {
    validateEnv(env, at(`${path}.env`, index), errors);
  });
  (container.envFrom ?? []).forEach((source, index) => {
    const place = at(`${path}.envFrom`, index);
    if (source.configMapRef === undefined && source.secretRef === undefined)
      errors.push(invalid(place, '', 'must specify one of: `configMapRef` or `secretRef`'));
    if (source.configMapRef !== undefined && !source.configMapRef.name)
      errors.push(required(`${place}.configMapRef.name`));
    if (source.secretRef !== undefined && !source.secretRef.name) errors.push(required(`${place}.secretRef.name`));
  });
  const paths = new Set<string>();
  (container.volumeMounts ?? []).forEach((mount, index) => {
    const place = at(`${path}.volumeMounts`, index);
    if (mount.name === undefined || mount.name === '') errors.push(required(`${place}.name`));
    else if (!volumes.has(mount.name)) errors.push(notFoundField(`${place}.name`, mount.name));
    if (mount.mountPath === undefined || mount.mountPath === '') errors.push(required(`${place}.mountPath`));
    else if (paths.has(mount.mountPath)) errors.push(invalid(`${place}.mountPath`, mount.mountPath, 'must be unique'));
    paths.add(mount.mountPath);
  });
  if (!PULL_POLICIES.includes(container.imagePullPolicy ?? '')) {
    errors.push(
      container.imagePullPolicy === undefined
        ? required(`${path}.imagePullPolicy`)
        : notSupported(`${path}.imagePullPolicy`, container.imagePullPolicy, PULL_POLICIES),
    );
  }
  validateResources(container.resources ?? {}, `${path}.resources`, errors);
  validateSecurityContext(container.securityContext ?? {}, `${path}.securityContext`, errors);
  return errors;
}

function validatePorts(ports: readonly ContainerPort[], path: string, errors: FieldError[]): void {
  const names = new Set<string>();
  ports.forEach((port, index) => {
    const place = at(path, index);
    if (port.name !== undefined && port.name !== '') {
      const problems = isValidPortName(port.name);
      for (const problem of problems) errors.push(invalid(`${place}.name`, port.name, problem));
      if (problems.length === 0 && names.has(port.name)) errors.push(duplicate(`${place}.name`, port.name));
      names.add(port.name);
    }
    if (port.containerPort === undefined || port.containerPort === 0) errors.push(required(`${place}.containerPort`));
    else
      for (const problem of isValidPortNumber(port.containerPort))
        errors.push(invalid(`${place}.containerPort`, port.containerPort, problem));
    if (port.hostPort !== undefined && port.hostPort !== 0)
      for (const problem of isValidPortNumber(port.hostPort))
        errors.push(invalid(`${place}.hostPort`, port.hostPort, problem));
    if (!PROTOCOLS.includes(port.protocol ?? ''))
      errors.push(notSupported(`${place}.protocol`, port.protocol, PROTOCOLS));
  });
}

function validateEnv(env: EnvVar, path: string, errors: FieldError[]): void {
  if (env.name === undefined || env.name === '') errors.push(required(`${path}.name`));
  else for (const problem of isEnvVarName(env.name)) errors.push(invalid(`${path}.name`, env.name, problem));
  const source = env.valueFrom;
  if (source === undefined) return;
  const kinds = Object.keys(source);
  if (kinds.length === 0)
    errors.push(
      invalid(
        `${path}.valueFrom`,
        '',
        'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`',
      ),
    );
  else if (env.value !== undefined && env.value !== '')
    errors.push(invalid(`${path}.valueFrom`, '', 'may not be specified when `value` is not empty'));
  else if (kinds.length > 1)
    errors.push(invalid(`${path}.valueFrom`, '', 'may not have more than one field specified at a time'));
  for (const key of ['configMapKeyRef', 'secretKeyRef'] as const) {
    const ref = source[key];
    if (ref === undefined) continue;
    if (ref.name === undefined || ref.name === '') errors.push(required(`${path}.valueFrom.${key}.name`));
    if (ref.key === undefined || ref.key === '') errors.push(required(`${path}.valueFrom.${key}.key`));
    else
      for (const problem of isConfigMapKey(ref.key))
        errors.push(invalid(`${path}.valueFrom.${key}.key`, ref.key, problem));
  }
  if (source.fieldRef !== undefined && !source.fieldRef.fieldPath)
    errors.push(required(`${path}.valueFrom.fieldRef.fieldPath`));
}

function validateProbe(probe: Probe | undefined, path: string, errors: FieldError[], onceOnly: boolean): void {
  if (probe === undefined) return;
  validateHandler(probe, path, errors);
  for (const field of [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ] as const) {
    const value = probe[field];
    if (value !== undefined && value < 0)
      errors.push(invalid(`${path}.${field}`, value, 'must be greater than or equal to 0'));
  }
  if (onceOnly && probe.successThreshold !== undefined && probe.successThreshold !== 1)
    errors.push(invalid(`${path}.successThreshold`, probe.successThreshold, 'must be 1'));
}

function validateHandler(
  handler: (LifecycleHandler & { readonly grpc?: unknown }) | undefined,
  path: string,
  errors: FieldError[],
): void {
  if (handler === undefined) return;
  const present = HANDLERS.filter((kind) => handler[kind] !== undefined);
  if (present.length === 0) errors.push(required(path, 'must specify a handler type'));
  for (const extra of present.slice(1))
    errors.push(forbiddenField(`${path}.${extra}`, 'may not specify more than 1 handler type'));
  if (handler.exec !== undefined && (handler.exec.command ?? []).length === 0)
    errors.push(required(`${path}.exec.command`));
  for (const kind of ['httpGet', 'tcpSocket'] as const) {
    const action = handler[kind];
    if (action === undefined) continue;
    if (action.port === undefined) errors.push(required(`${path}.${kind}.port`));
    else if (typeof action.port === 'number')
      for (const problem of isValidPortNumber(action.port))
        errors.push(invalid(`${path}.${kind}.port`, action.port, problem));
    else
      for (const problem of isValidPortName(action.port))
        errors.push(invalid(`${path}.${kind}.port`, action.port, problem));
  }
  if (handler.httpGet?.scheme !== undefined && !['HTTP', 'HTTPS'].includes(handler.httpGet.scheme)) {
    errors.push(notSupported(`${path}.httpGet.scheme`, handler.httpGet.scheme, ['HTTP', 'HTTPS']));
  }
}

function validateResources(resources: ResourceRequirements, path: string, errors: FieldError[]): void {
  for (const list of ['limits', 'requests'] as const) {
    for (const [name, amount] of Object.entries(resources[list] ?? {})) {
      const parsed = parseQuantity(amount);
      if (parsed.ok && parsed.quantity.nano < 0n)
        errors.push(invalid(`${path}.${list}[${name}]`, amount, 'must be greater than or equal to 0'));
      if (
        !name.includes('/') &&
        !['cpu', 'memory', 'ephemeral-storage'].includes(name) &&
        !name.startsWith('hugepages-')
      ) {
        errors.push(invalid(`${path}.${list}[${name}]`, name, 'must be a standard resource for containers'));
      }
    }
  }
  for (const [name, amount] of Object.entries(resources.requests ?? {})) {
    const limit = resources.limits?.[name];
    const [a, b] = [parseQuantity(amount), parseQuantity(limit ?? amount)];
    if (a.ok && b.ok && compareQuantities(a.quantity, b.quantity) > 0) {
      errors.push(invalid(`${path}.requests`, amount, `must be less than or equal to ${name} limit of ${limit ?? ''}`));
    }
  }
}
