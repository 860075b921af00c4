import { required } from '../../apimachinery/field-error.ts';
import type { ApiObject } from '../../apimachinery/types.ts';
import { AGE, NAME, age, text } from '../common/columns.ts';
import { fill } from '../fill.ts';
import { entry } from '../strategy.ts';

type StorageClass = ApiObject & {
  readonly provisioner?: string;
  readonly reclaimPolicy?: string;
  readonly volumeBindingMode?: string;
  readonly allowVolumeExpansion?: boolean;
};

export const storageClasses = entry<StorageClass>('storageclasses.storage.k8s.io', {
  columns: [
    NAME,
    text('Provisioner'),
    text('ReclaimPolicy'),
    text('VolumeBindingMode'),
    text('AllowVolumeExpansion'),
    AGE,
  ],
  row: (storage, context) => [
    storage.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true'
      ? `${storage.metadata.name} (default)`
      : storage.metadata.name,
    storage.provisioner ?? '',
    storage.reclaimPolicy ?? '',
    storage.volumeBindingMode ?? '',
    storage.allowVolumeExpansion ?? false,
    age(storage, context),
  ],
  defaults: (storage) => fill<StorageClass>(storage, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }),
  validate: (storage) =>
    storage.provisioner === undefined || storage.provisioner === '' ? [required('provisioner')] : [],
});
