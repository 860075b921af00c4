import type { ServiceAccount } from '../../apimachinery/types.ts';
import { AGE, NAME, age, integer } from '../common/columns.ts';
import { entry } from '../strategy.ts';

export const serviceAccounts = entry<ServiceAccount>('serviceaccounts', {
  columns: [NAME, integer('Secrets'), AGE],
  row: (account, context) => [account.metadata.name, (account.secrets ?? []).length, age(account, context)],
});
