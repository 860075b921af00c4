import type { TlsFailure } from '../../../protocol/errno.ts';

/** Exit code and message of a handshake that failed, as curl over OpenSSL has them. */
export function tlsRefusal({ reason }: TlsFailure, host: string): [code: number, message: string] {
  switch (reason) {
    case 'no-tls':
      return [35, 'OpenSSL/3.0.13: error:0A00010B:SSL routines::wrong version number'];
    case 'wrong-name':
      return [60, `SSL: no alternative certificate subject name matches target host name '${host}'${MORE_DETAILS}`];
    case 'expired':
      return [60, `SSL certificate problem: certificate has expired${MORE_DETAILS}`];
    case 'not-yet-valid':
      return [60, `SSL certificate problem: certificate is not yet valid${MORE_DETAILS}`];
    case 'unknown-authority':
      return [60, `SSL certificate problem: unable to get local issuer certificate${MORE_DETAILS}`];
  }
}

const MORE_DETAILS =
  '\nMore details here: https://curl.se/docs/sslcerts.html\n\ncurl failed to verify the legitimacy of the server and therefore could not\nestablish a secure connection to it. To learn more about this situation and\nhow to fix it, please visit the web page mentioned above.';
