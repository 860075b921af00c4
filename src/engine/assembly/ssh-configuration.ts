/** Configuration of OpenSSH as Ubuntu 24.04's packages leave it, comments aside. */
import type { FileTreeEntry } from '../machine/files/trees/file-tree.ts';

const SSHD_CONFIG = `# This is the sshd server system-wide configuration file.  See
# sshd_config(5) for more information.

Include /etc/ssh/sshd_config.d/*.conf

#Port 22
#ListenAddress 0.0.0.0

# Authentication:

#PermitRootLogin prohibit-password
#StrictModes yes
#MaxAuthTries 6

#PubkeyAuthentication yes
#AuthorizedKeysFile	.ssh/authorized_keys .ssh/authorized_keys2

#PasswordAuthentication yes
#PermitEmptyPasswords no
KbdInteractiveAuthentication no

UsePAM yes

X11Forwarding yes
PrintMotd no

AcceptEnv LANG LC_*

Subsystem	sftp	/usr/lib/openssh/sftp-server
`;

const SSH_CONFIG = `# This is the ssh client system-wide configuration file.  See
# ssh_config(5) for more information.

Include /etc/ssh/ssh_config.d/*.conf

Host *
    SendEnv LANG LC_*
    HashKnownHosts yes
    GSSAPIAuthentication yes
`;

const file = (path: string, text: string): FileTreeEntry => ({ path, type: 'file', text });

export const SSH_ENTRIES: readonly FileTreeEntry[] = [
  { path: 'etc/ssh/sshd_config.d', type: 'directory' },
  { path: 'etc/ssh/ssh_config.d', type: 'directory' },
  file('etc/ssh/sshd_config', SSHD_CONFIG),
  file('etc/ssh/ssh_config', SSH_CONFIG),
];
