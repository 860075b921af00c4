/** Volumes as descriptions of pods and templates show them. */
import type { JsonObject } from '../../../../protocol/plain.ts';
import { fieldAt, numberAt, objectAt, objectsAt, textAt } from '../fields.ts';
import type { Page } from './page.ts';

export function describeVolumes(page: Page, volumes: readonly JsonObject[], level: number): void {
  if (volumes.length === 0) {
    page.line(level, 'Volumes:', '<none>');
    return;
  }
  page.line(level, 'Volumes:');
  for (const volume of volumes) {
    // In a template the names stand one column further in, their fields do not.
    page.line(1, `${level === 0 ? '' : ' '}${textAt(volume, 'name')}:`);
    source(page, volume, 2);
  }
}

const optional = (object: JsonObject): string => (textAt(object, 'optional') === 'true' ? 'true' : 'false');

function source(page: Page, volume: JsonObject, level: number): void {
  const line = (title: string, value: string): void => {
    page.line(level, `${title}:`, value);
  };
  const has = (member: string): boolean => fieldAt(volume, member) !== undefined;
  if (has('hostPath')) {
    line('Type', 'HostPath (bare host directory volume)');
    line('Path', textAt(volume, 'hostPath', 'path'));
    line('HostPathType', textAt(volume, 'hostPath', 'type'));
  } else if (has('emptyDir')) {
    line('Type', "EmptyDir (a temporary directory that shares a pod's lifetime)");
    line('Medium', textAt(volume, 'emptyDir', 'medium'));
    const limit = textAt(volume, 'emptyDir', 'sizeLimit');
    line('SizeLimit', limit === '' ? '<unset>' : limit);
  } else if (has('configMap')) {
    line('Type', 'ConfigMap (a volume populated by a ConfigMap)');
    line('Name', textAt(volume, 'configMap', 'name'));
    line('Optional', optional(objectAt(volume, 'configMap')));
  } else if (has('secret')) {
    line('Type', 'Secret (a volume populated by a Secret)');
    line('SecretName', textAt(volume, 'secret', 'secretName'));
    line('Optional', optional(objectAt(volume, 'secret')));
  } else if (has('persistentVolumeClaim')) {
    line('Type', 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)');
    line('ClaimName', textAt(volume, 'persistentVolumeClaim', 'claimName'));
    line('ReadOnly', textAt(volume, 'persistentVolumeClaim', 'readOnly') === 'true' ? 'true' : 'false');
  } else if (has('downwardAPI')) {
    line('Type', 'DownwardAPI (a volume populated by information about the pod)');
    page.line(level, 'Items:');
    for (const item of objectsAt(volume, 'downwardAPI', 'items'))
      page.line(level + 1, `${textAt(item, 'fieldRef', 'fieldPath')} -> ${textAt(item, 'path')}`);
  } else if (has('projected')) projected(page, objectsAt(volume, 'projected', 'sources'), level);
  else page.line(level, '<unknown>');
}

function projected(page: Page, sources: readonly JsonObject[], level: number): void {
  page.line(level, 'Type:', 'Projected (a volume that contains injected data from multiple sources)');
  for (const item of sources) {
    if (fieldAt(item, 'secret') !== undefined) {
      page.line(level, 'SecretName:', textAt(item, 'secret', 'name'));
      page.line(level, 'Optional:', optional(objectAt(item, 'secret')));
    } else if (fieldAt(item, 'downwardAPI') !== undefined) page.line(level, 'DownwardAPI:', 'true');
    else if (fieldAt(item, 'configMap') !== undefined) {
      page.line(level, 'ConfigMapName:', textAt(item, 'configMap', 'name'));
      page.line(level, 'Optional:', optional(objectAt(item, 'configMap')));
    } else if (fieldAt(item, 'serviceAccountToken') !== undefined) {
      page.line(level, 'TokenExpirationSeconds:', String(numberAt(item, 'serviceAccountToken', 'expirationSeconds')));
    }
  }
}
