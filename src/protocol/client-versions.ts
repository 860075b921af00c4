/** Releases of clients that both a machine's packages and the programs themselves tell of. */
export const CRICTL_VERSION = '1.36.0';
