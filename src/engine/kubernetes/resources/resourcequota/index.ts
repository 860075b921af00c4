import type { ApiObject, StringMap } from '../../apimachinery/types.ts';
import { AGE, NAME, age, text } from '../common/columns.ts';
import { entry } from '../strategy.ts';

export type ResourceQuota = ApiObject & {
  readonly spec?: { readonly hard?: StringMap };
  readonly status?: { readonly hard?: StringMap; readonly used?: StringMap };
};

export const resourceQuotas = entry<ResourceQuota>('resourcequotas', {
  columns: [NAME, text('Request'), text('Limit'), AGE],
  row: (quota, context) => {
    const hard = quota.status?.hard ?? {};
    const shown = (limits: boolean): string =>
      Object.keys(hard)
        .toSorted()
        .filter((name) => (name.startsWith('limits') || name === 'limits') === limits)
        .map((name) => `${name}: ${quota.status?.used?.[name] ?? '0'}/${hard[name] ?? ''}`)
        .join(', ');
    return [quota.metadata.name, shown(false), shown(true), age(quota, context)];
  },
});
