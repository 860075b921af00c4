import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { type Answer, type SuccessStatus, isFailure, unreachable } from '../apimachinery/status.ts';
import type { Draft, GroupResource, ObjectList, ObjectOf } from '../apimachinery/types.ts';
import type {
  ApiRequest,
  Client,
  DeleteOptions,
  ListOptions,
  ObjectKey,
  PatchType,
  Transport,
  UserInfo,
  WriteOptions,
} from './interface.ts';

const NO_OPTIONS: WriteOptions = {};

/** A client whose requests the server answers at once, when the transport's connection holds. */
export class InProcessClient implements Client {
  constructor(
    readonly user: UserInfo,
    private readonly transport: Transport,
    /** Name in managedFields of what this client writes. */
    private readonly fieldManager?: string,
  ) {}

  get<R extends GroupResource>(resource: R, name: string, namespace?: string): Answer<ObjectOf<R>> {
    return this.#typed<ObjectOf<R>>({ verb: 'get', resource, name, ...inNamespace(namespace) });
  }

  list<R extends GroupResource>(resource: R, options: ListOptions = {}): Answer<ObjectList<ObjectOf<R>>> {
    return this.#typed<ObjectList<ObjectOf<R>>>({ verb: 'list', resource, options });
  }

  create<R extends GroupResource>(
    resource: R,
    object: Draft<ObjectOf<R>>,
    options: WriteOptions = NO_OPTIONS,
  ): Answer<ObjectOf<R>> {
    const { namespace } = object.metadata;
    return this.#typed<ObjectOf<R>>({
      verb: 'create',
      resource,
      object: json(object),
      options: this.#managed(options),
      ...inNamespace(namespace),
    });
  }

  update<R extends GroupResource>(
    resource: R,
    object: ObjectOf<R>,
    options: WriteOptions = NO_OPTIONS,
  ): Answer<ObjectOf<R>> {
    const { name, namespace } = object.metadata;
    return this.#typed<ObjectOf<R>>({
      verb: 'update',
      resource,
      name,
      object: json(object),
      options: this.#managed(options),
      ...inNamespace(namespace),
    });
  }

  updateStatus<R extends GroupResource>(
    resource: R,
    object: ObjectOf<R>,
    options: WriteOptions = NO_OPTIONS,
  ): Answer<ObjectOf<R>> {
    return this.update(resource, object, { ...options, subresource: 'status' });
  }

  patch<R extends GroupResource>(
    resource: R,
    at: ObjectKey,
    type: PatchType,
    patch: JsonValue,
    options: WriteOptions = NO_OPTIONS,
  ): Answer<ObjectOf<R>> {
    return this.#typed<ObjectOf<R>>({
      verb: 'patch',
      resource,
      name: at.name,
      patchType: type,
      patch,
      options: this.#managed(options),
      ...inNamespace(at.namespace),
    });
  }

  patchStatus<R extends GroupResource>(resource: R, at: ObjectKey, patch: JsonObject): Answer<ObjectOf<R>> {
    return this.patch(resource, at, 'merge', patch, { subresource: 'status' });
  }

  delete(resource: GroupResource, at: ObjectKey, options: DeleteOptions = {}): Answer<JsonObject> {
    return this.#request({ verb: 'delete', resource, name: at.name, options, ...inNamespace(at.namespace) });
  }

  deleteCollection(resource: GroupResource, options: ListOptions & DeleteOptions = {}): Answer<JsonObject> {
    return this.#request({ verb: 'deletecollection', resource, options });
  }

  createSubresource(
    resource: GroupResource,
    at: ObjectKey,
    subresource: string,
    object: JsonObject,
  ): Answer<JsonObject> {
    return this.#request({
      verb: 'create',
      resource,
      name: at.name,
      object,
      options: { subresource },
      ...inNamespace(at.namespace),
    });
  }

  bind(
    pod: { readonly namespace: string; readonly name: string; readonly uid?: string },
    node: string,
  ): Answer<SuccessStatus | JsonObject> {
    const metadata = { name: pod.name, namespace: pod.namespace, ...(pod.uid === undefined ? {} : { uid: pod.uid }) };
    return this.createSubresource('pods', pod, 'binding', {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata,
      target: { kind: 'Node', name: node },
    });
  }

  #managed(options: WriteOptions): WriteOptions {
    return this.fieldManager === undefined || options.fieldManager !== undefined
      ? options
      : { ...options, fieldManager: this.fieldManager };
  }

  #typed<T>(request: ApiRequest): Answer<T> {
    const answer = this.#request(request);
    // The server checked the object against the resource's schema, of which the view is a part.
    return isFailure(answer) ? answer : (answer as unknown as T);
  }

  #request(request: ApiRequest): Answer<JsonObject> {
    const connection = this.transport.connect();
    if ('broken' in connection) return unreachable(connection.broken);
    return connection.server.request(this.user, request);
  }
}

const inNamespace = (namespace: string | undefined): { readonly namespace?: string } =>
  namespace === undefined || namespace === '' ? {} : { namespace };
const json = (object: object): JsonObject => object as JsonObject;
