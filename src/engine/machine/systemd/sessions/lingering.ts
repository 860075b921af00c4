/** Users whose manager runs from the boot on, logged in or not (loginctl enable-linger): a file for each of them. */
import { failed } from '../../../../protocol/errno.ts';
import type { FileView } from '../../files/interface.ts';
import { accountOf, type Account } from '../services/service-identity.ts';

const DIRECTORY = '/var/lib/systemd/linger';

export const lingers = (files: FileView, user: string): boolean => files.exists(`${DIRECTORY}/${user}`);

export function setLinger(files: FileView, user: string, enable: boolean): void {
  if (enable) {
    files.mkdirp(DIRECTORY);
    files.write(`${DIRECTORY}/${user}`, '');
  } else if (lingers(files, user)) files.remove(`${DIRECTORY}/${user}`);
}

export function lingeringAccounts(files: FileView): readonly Account[] {
  const entries = files.list(DIRECTORY);
  return failed(entries) ? [] : entries.flatMap(({ name }) => accountOf(files, name) ?? []);
}
