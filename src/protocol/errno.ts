/** Error numbers that system calls answer with (errno(3)); the texts are glibc's strerror. */
const MESSAGES = {
  EPERM: 'Operation not permitted',
  ENOENT: 'No such file or directory',
  ESRCH: 'No such process',
  EINTR: 'Interrupted system call',
  EIO: 'Input/output error',
  ENXIO: 'No such device or address',
  E2BIG: 'Argument list too long',
  ENOEXEC: 'Exec format error',
  EBADF: 'Bad file descriptor',
  ECHILD: 'No child processes',
  EAGAIN: 'Resource temporarily unavailable',
  ENOMEM: 'Cannot allocate memory',
  EACCES: 'Permission denied',
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  EXDEV: 'Invalid cross-device link',
  ENODEV: 'No such device',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EINVAL: 'Invalid argument',
  EMFILE: 'Too many open files',
  ENOTTY: 'Inappropriate ioctl for device',
  ETXTBSY: 'Text file busy',
  EFBIG: 'File too large',
  ENOSPC: 'No space left on device',
  ESPIPE: 'Illegal seek',
  EROFS: 'Read-only file system',
  EMLINK: 'Too many links',
  EPIPE: 'Broken pipe',
  ERANGE: 'Numerical result out of range',
  ENAMETOOLONG: 'File name too long',
  ENOSYS: 'Function not implemented',
  ENOTEMPTY: 'Directory not empty',
  ELOOP: 'Too many levels of symbolic links',
  ENOTSOCK: 'Socket operation on non-socket',
  EPROTONOSUPPORT: 'Protocol not supported',
  EOPNOTSUPP: 'Operation not supported',
  EAFNOSUPPORT: 'Address family not supported by protocol',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  ENETDOWN: 'Network is down',
  ENETUNREACH: 'Network is unreachable',
  ECONNABORTED: 'Software caused connection abort',
  ECONNRESET: 'Connection reset by peer',
  ENOTCONN: 'Transport endpoint is not connected',
  ETIMEDOUT: 'Connection timed out',
  ECONNREFUSED: 'Connection refused',
  EHOSTUNREACH: 'No route to host',
  EDQUOT: 'Disk quota exceeded',
  EMSGSIZE: 'Message too long',
} as const;

export type ErrnoName = keyof typeof MESSAGES;

/** Why the TLS handshake of a connection failed. */
export interface TlsFailure {
  readonly reason: 'expired' | 'not-yet-valid' | 'unknown-authority' | 'wrong-name' | 'no-tls';
  /** In the words of Go's crypto/tls and crypto/x509. */
  readonly text: string;
}

/** A system call's failure, as a value. */
export interface SysFailure {
  readonly errno: ErrnoName;
  /** Of a connection that TCP made and TLS refused. */
  readonly tls?: TlsFailure;
}

/** What a system call answers: its value, or why not. */
export type Result<T> = T | SysFailure;

const FAILURES = new Map<ErrnoName, SysFailure>();

/** The failure value of an errno; one shared object each. */
export function fail(errno: ErrnoName): SysFailure {
  const known = FAILURES.get(errno);
  if (known !== undefined) return known;
  const fresh: SysFailure = Object.freeze({ errno });
  FAILURES.set(errno, fresh);
  return fresh;
}

/** Tells a failure from a value. */
export const failed = (result: unknown): result is SysFailure =>
  typeof result === 'object' && result !== null && 'errno' in result && typeof result.errno === 'string';

/** The text that strerror(3) gives. */
export const strerror = (failure: SysFailure | ErrnoName): string =>
  MESSAGES[typeof failure === 'string' ? failure : failure.errno];
