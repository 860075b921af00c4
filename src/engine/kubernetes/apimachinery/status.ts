/** API failures as values (kubernetes staging/src/k8s.io/apimachinery/pkg/api/errors). Texts equal upstream's. */
const HTTP_CODE = {
  BadRequest: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  Timeout: 504,
  AlreadyExists: 409,
  Conflict: 409,
  Gone: 410,
  Expired: 410,
  RequestEntityTooLarge: 413,
  UnsupportedMediaType: 415,
  Invalid: 422,
  TooManyRequests: 429,
  InternalError: 500,
  ServiceUnavailable: 503,
  ServerTimeout: 500,
  /** Not of the API: the connection itself failed; code 0. */
  Unreachable: 0,
} as const;
export type StatusReason = keyof typeof HTTP_CODE;

export type StatusCause = { readonly reason?: string; readonly message?: string; readonly field?: string };
export type StatusDetails = {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
};

export type FailureStatus = {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: { readonly resourceVersion?: string };
  readonly status: 'Failure';
  readonly message: string;
  readonly reason: StatusReason;
  readonly details?: StatusDetails;
  readonly code: number;
};
export type SuccessStatus = {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: Readonly<Record<string, never>>;
  readonly status: 'Success';
  readonly details?: StatusDetails;
};

/** What a request answers: its value, or why not. */
export type Answer<T> = T | FailureStatus;

/** Tells a failure from an object; a stored object is never of kind Status. */
export const isFailure = (answer: unknown): answer is FailureStatus =>
  typeof answer === 'object' &&
  answer !== null &&
  'kind' in answer &&
  answer.kind === 'Status' &&
  'status' in answer &&
  answer.status === 'Failure';

/** True for a failure of one of these reasons. */
export const failedWith = (answer: unknown, ...reasons: readonly StatusReason[]): answer is FailureStatus =>
  isFailure(answer) && reasons.includes(answer.reason);

/** A failure with its reason's HTTP code, unless another is given. */
export function failure(
  reason: StatusReason,
  message: string,
  details?: StatusDetails,
  code: number = HTTP_CODE[reason],
): FailureStatus {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    ...(details === undefined ? {} : { details }),
    code,
  };
}

/** `deployments.apps`, or `pods` for the core group. */
export const groupResource = (resource: string, group: string): string =>
  group === '' ? resource : `${resource}.${group}`;

const about = (name: string, group: string, kind: string): StatusDetails => ({
  ...(name === '' ? {} : { name }),
  ...(group === '' ? {} : { group }),
  ...(kind === '' ? {} : { kind }),
});

/** 404 for one object of a resource (plural). */
export const notFound = (resource: string, name: string, group = ''): FailureStatus =>
  failure('NotFound', `${groupResource(resource, group)} "${name}" not found`, about(name, group, resource));

/** 409 for a create of a name that is taken. */
export const alreadyExists = (resource: string, name: string, group = ''): FailureStatus =>
  failure('AlreadyExists', `${groupResource(resource, group)} "${name}" already exists`, about(name, group, resource));

export const STALE_WRITE =
  'the object has been modified; please apply your changes to the latest version and try again';

/** 409 for a write whose precondition no longer holds. */
export const conflict = (resource: string, name: string, group: string, why: string = STALE_WRITE): FailureStatus =>
  failure(
    'Conflict',
    `Operation cannot be fulfilled on ${groupResource(resource, group)} "${name}": ${why}`,
    about(name, group, resource),
  );

/** 403 with upstream's frame around the reason. */
export const forbidden = (resource: string, name: string, group: string, why: string): FailureStatus => {
  const target = groupResource(resource, group);
  const subject =
    resource === '' ? 'forbidden' : name === '' ? `${target} is forbidden` : `${target} "${name}" is forbidden`;
  return failure('Forbidden', `${subject}: ${why}`, about(name, group, resource));
};

/** 401; upstream says no more than this to an unknown caller. */
export const unauthorized = (): FailureStatus => failure('Unauthorized', 'Unauthorized');
export const badRequest = (message: string): FailureStatus => failure('BadRequest', message);
export const internalError = (why: string): FailureStatus =>
  failure('InternalError', `Internal error occurred: ${why}`, { causes: [{ message: why }] });

/** 405 for a verb that the resource does not have. */
export const methodNotSupported = (resource: string, action: string, group = ''): FailureStatus =>
  failure(
    'MethodNotAllowed',
    `${action} is not supported on resources of kind "${groupResource(resource, group)}"`,
    about('', group, resource),
  );

/** 410 for a resourceVersion or continue token that compaction has overtaken. */
export const expired = (message: string): FailureStatus => failure('Expired', message);
export const tooOldResourceVersion = (asked: number, current: number): FailureStatus =>
  failure('Expired', `too old resource version: ${String(asked)} (${String(current)})`);

/** 504 for a resourceVersion that does not exist yet. */
export const futureResourceVersion = (asked: number, current: number): FailureStatus =>
  failure('Timeout', `Too large resource version: ${String(asked)}, current: ${String(current)}`, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  });

/** 415 with the list of what is accepted. */
export const unsupportedMediaType = (given: string, accepted: readonly string[]): FailureStatus =>
  failure(
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
    undefined,
  );

/** 406 for an Accept header that nothing satisfies. */
export const notAcceptable = (accepted: readonly string[]): FailureStatus =>
  failure('NotAcceptable', `only the following media types are accepted: ${accepted.join(', ')}`);

/** 404 of a path that no handler serves. */
export const pathNotFound = (): FailureStatus =>
  failure('NotFound', 'the server could not find the requested resource', {});

/** 429 of an eviction that a disruption budget does not allow, and the like. */
export const tooManyRequests = (
  message: string,
  retryAfterSeconds: number,
  causes?: readonly StatusCause[],
): FailureStatus =>
  failure('TooManyRequests', message, { ...(causes === undefined ? {} : { causes }), retryAfterSeconds });

/** A request that never reached a server: what client-go's error says after the verb and the address. */
export const unreachable = (message: string): FailureStatus => failure('Unreachable', message);
