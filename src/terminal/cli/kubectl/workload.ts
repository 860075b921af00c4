/** Objects that hold a pod template, and where they hold it. */
import type { JsonObject } from '../../../protocol/plain.ts';
import { objectAt, textAt, withField } from './fields.ts';

/** Path of the pod template, empty for a pod itself; undefined for other kinds. */
export function templatePath(object: JsonObject): readonly string[] | undefined {
  switch (textAt(object, 'kind')) {
    case 'Pod':
      return [];
    case 'CronJob':
      return ['spec', 'jobTemplate', 'spec', 'template'];
    case 'Deployment':
    case 'ReplicaSet':
    case 'ReplicationController':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'Job':
      return ['spec', 'template'];
    default:
      return undefined;
  }
}

/** The pod spec in an object; undefined for kinds without one. */
export function podSpec(object: JsonObject): JsonObject | undefined {
  const path = templatePath(object);
  return path === undefined ? undefined : objectAt(object, ...path, 'spec');
}

/** The object with another pod spec. */
export function withPodSpec(object: JsonObject, spec: JsonObject): JsonObject {
  const path = templatePath(object);
  return path === undefined ? object : withField(object, [...path, 'spec'], spec);
}
