/** What the editor's Apply does: one server-side request per document, and what the server answered to each. */
import { parseYaml, splitYamlDocuments, stringifyYaml } from '../../formats/yaml.ts';
import type { HttpRequest } from '../../protocol/http.ts';
import type { JsonObject, JsonValue } from '../../protocol/plain.ts';
import type { Answer } from '../state/exchanges.ts';

export type Ask = (request: HttpRequest) => Promise<Answer | { readonly failed: string }>;
export type Outcome = 'created' | 'configured' | 'unchanged' | 'failed' | 'would-create' | 'would-configure';

export interface DocumentResult {
  /** `deployment.apps/web`, or where the document is if it has no name. */
  readonly ref: string;
  readonly outcome: Outcome;
  /** The server's own words. */
  readonly message: string;
  readonly warnings: readonly string[];
  /** The object before and after, as YAML. */
  readonly before: string;
  readonly after: string;
}

interface Target {
  readonly object: JsonObject;
  readonly ref: string;
  readonly path: string;
}

const MANAGER = 'fieldManager=drydock-editor&force=true&fieldValidation=Strict';

/** Applies every document of a text, in order; with `dryRun` the server only says what it would do. */
export async function applyText(text: string, ask: Ask, dryRun: boolean): Promise<readonly DocumentResult[]> {
  const results: DocumentResult[] = [];
  for (const found of readDocuments(text)) {
    const target = 'message' in found ? found : await locate(found.object, found.where, ask);
    results.push('message' in target ? failed(target.where, target.message) : await applyOne(target, ask, dryRun));
  }
  return results;
}

type Found = { readonly object: JsonObject; readonly where: string } | Problem;
interface Problem {
  readonly where: string;
  readonly message: string;
}

function readDocuments(text: string): readonly Found[] {
  return splitYamlDocuments(text).flatMap((chunk, index): readonly Found[] => {
    const where = `#${String(index + 1)}`;
    if (!chunk.ok) return [{ where, message: chunk.message }];
    const parsed = parseYaml(chunk.text, { strict: true });
    if (!parsed.ok) return [{ where, message: parsed.error.message }];
    if (parsed.value === null) return [];
    if (!isObject(parsed.value)) return [{ where, message: 'the document is not an object' }];
    const { value } = parsed;
    const items = value['items'];
    if (value['kind'] === 'List' && Array.isArray(items))
      return items.flatMap((item: JsonValue) => (isObject(item) ? [{ where, object: item }] : []));
    return [{ where, object: value }];
  });
}

/** Where the server keeps objects of this kind: asked from its discovery. */
async function locate(object: JsonObject, where: string, ask: Ask): Promise<Target | Problem> {
  const { apiVersion, kind, metadata } = object;
  if (typeof apiVersion !== 'string' || apiVersion === '') return { where, message: 'apiVersion not set' };
  if (typeof kind !== 'string' || kind === '') return { where, message: "Object 'Kind' is missing" };
  const name = isObject(metadata) ? metadata['name'] : undefined;
  if (typeof name !== 'string' || name === '') return { where, message: 'resource name may not be empty' };
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const answer = await ask({ method: 'GET', target: root, headers: { accept: 'application/json' } });
  const unknown = `no matches for kind "${kind}" in version "${apiVersion}"`;
  if ('failed' in answer) return { where, message: answer.failed };
  if (answer.status !== 200) return { where, message: answer.status === 404 ? unknown : messageOf(answer) };
  const resources = isObject(answer.body) && Array.isArray(answer.body['resources']) ? answer.body['resources'] : [];
  const resource = resources
    .filter((item: JsonValue): item is JsonObject => isObject(item))
    .find((item) => item['kind'] === kind && !String(item['name']).includes('/'));
  if (resource === undefined) return { where, message: unknown };
  const plural = String(resource['name']);
  const namespace =
    (isObject(metadata) && typeof metadata['namespace'] === 'string' && metadata['namespace']) || 'default';
  const folder =
    resource['namespaced'] === true ? `/namespaces/${encodeURIComponent(namespace)}/${plural}` : `/${plural}`;
  const group = apiVersion.includes('/') ? `.${apiVersion.slice(0, apiVersion.indexOf('/'))}` : '';
  return { object, ref: `${kind.toLowerCase()}${group}/${name}`, path: `${root}${folder}/${encodeURIComponent(name)}` };
}

async function applyOne({ object, ref, path }: Target, ask: Ask, dryRun: boolean): Promise<DocumentResult> {
  const live = await ask({ method: 'GET', target: path, headers: { accept: 'application/json' } });
  if ('failed' in live) return failed(ref, live.failed);
  const exists = live.status === 200;
  const answer = await ask({
    method: 'PATCH',
    target: `${path}?${MANAGER}${dryRun ? '&dryRun=All' : ''}`,
    headers: { 'content-type': 'application/apply-patch+yaml', accept: 'application/json' },
    body: { object },
  });
  if ('failed' in answer) return failed(ref, answer.failed);
  if (answer.status >= 300) return failed(ref, messageOf(answer));
  const before = exists ? readable(live.body) : '';
  const after = readable(answer.body);
  const outcome = outcomeOf(exists, before === after, dryRun);
  return { ref, outcome, message: '', warnings: warningsOf(answer), before, after };
}

function outcomeOf(exists: boolean, same: boolean, dryRun: boolean): Outcome {
  if (exists && same) return 'unchanged';
  if (exists) return dryRun ? 'would-configure' : 'configured';
  return dryRun ? 'would-create' : 'created';
}

const failed = (ref: string, message: string): DocumentResult => ({
  ref,
  outcome: 'failed',
  message,
  warnings: [],
  before: '',
  after: '',
});

/** An object as people read it: without the book-keeping of field managers and revisions. */
export function readable(value: JsonValue): string {
  if (!isObject(value)) return '';
  const { metadata, ...rest } = value;
  if (!isObject(metadata)) return stringifyYaml(value);
  const { managedFields: _fields, resourceVersion: _version, generation: _generation, ...shown } = metadata;
  return stringifyYaml({ ...rest, metadata: shown });
}

function messageOf({ status, body }: Answer): string {
  const message = isObject(body) ? body['message'] : undefined;
  return typeof message === 'string' ? message : `HTTP ${String(status)}`;
}

/** RFC 7234 warnings: `299 - "text"`. */
function warningsOf({ headers }: Answer): readonly string[] {
  return [...(headers['warning'] ?? '').matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) =>
    (match[1] ?? '').replace(/\\(.)/g, '$1'),
  );
}

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
