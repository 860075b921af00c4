/** The `Pod Template:` part of workloads and of rollout history. */
import type { JsonObject } from '../../../../protocol/plain.ts';
import { mapAt, objectAt, objectsAt, sortedEntries, textAt } from '../fields.ts';
import { describeContainers } from './containers.ts';
import type { Page } from './page.ts';
import { tolerationText } from './tolerations.ts';
import { describeVolumes } from './volumes.ts';

export function describePodTemplate(page: Page, template: JsonObject): void {
  page.line(0, 'Pod Template:');
  page.labels(1, 'Labels', mapAt(template, 'metadata', 'labels'));
  if (Object.keys(objectAt(template, 'metadata', 'annotations')).length > 0)
    page.annotations(1, 'Annotations', mapAt(template, 'metadata', 'annotations'));
  const spec = objectAt(template, 'spec');
  page.optional(1, 'Service Account', textAt(spec, 'serviceAccountName'));
  const first = objectsAt(spec, 'initContainers');
  if (first.length > 0) describeContainers(page, 'Init Containers', first, undefined, 1);
  describeContainers(page, 'Containers', objectsAt(spec, 'containers'), undefined, 1);
  describeVolumes(page, objectsAt(spec, 'volumes'), 1);
  page.optional(1, 'Priority Class Name', textAt(spec, 'priorityClassName'));
  page.labels(1, 'Node-Selectors', mapAt(spec, 'nodeSelector'));
  describeTolerations(page, 1, objectsAt(spec, 'tolerations'));
}

/** Tolerations, one to a line. */
export function describeTolerations(page: Page, level: number, tolerations: readonly JsonObject[]): void {
  const key = (toleration: JsonObject): string => textAt(toleration, 'key');
  const texts = tolerations.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)).map(tolerationText);
  if (texts.length === 0) page.line(level, 'Tolerations:', '<none>');
  for (const [index, text] of texts.entries()) page.line(level, index === 0 ? 'Tolerations:' : '', text);
}

/** `a=b,c=d` of a selector object. */
export function selectorText(selector: JsonObject): string {
  const labels = sortedEntries(mapAt(selector, 'matchLabels')).map(([key, value]) => `${key}=${value}`);
  const expressions = objectsAt(selector, 'matchExpressions').map((item) => {
    const values = Array.isArray(item['values']) ? (item['values'] as string[]).join(',') : '';
    const operator = textAt(item, 'operator');
    if (operator === 'Exists') return textAt(item, 'key');
    if (operator === 'DoesNotExist') return `!${textAt(item, 'key')}`;
    return `${textAt(item, 'key')} ${operator.toLowerCase()} (${values})`;
  });
  const all = [...labels, ...expressions];
  return all.length === 0 ? '<none>' : all.join(',');
}
