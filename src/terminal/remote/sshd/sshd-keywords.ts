/** Keywords of sshd_config(5) that OpenSSH once had, those that a Match block may hold, and those of which only the default is modelled. */
import type { Setting } from './sshd-settings.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Taken and said to be of no use any more. */
export const DEPRECATED = words(`
authorizedkeysfile2 checkmail keyregenerationinterval lowlogindelay pamauthenticationviakbdint reversemappingcheck
reversemappingchecks rhostsauthentication rhostsrsaauthentication rsaauthentication serverkeybits skeyauthentication
uselogin useprivilegeseparation verifyreversemapping
`);
export const UNSUPPORTED = words('afstokenpassing kerberosgetafstoken kerberostgtpassing');
/** Taken in silence. */
export const IGNORED = words('protocol');

/** SSHCFG_MATCH of servconf.c. */
export const IN_MATCH = words(`
acceptenv allowagentforwarding allowgroups allowstreamlocalforwarding allowtcpforwarding allowusers
authenticationmethods authorizedkeyscommand authorizedkeyscommanduser authorizedkeysfile authorizedprincipalscommand
authorizedprincipalscommanduser authorizedprincipalsfile banner casignaturealgorithms channeltimeout chrootdirectory
clientalivecountmax clientaliveinterval denygroups denyusers disableforwarding exposeauthinfo forcecommand gatewayports
gssapiauthentication hostbasedacceptedalgorithms hostbasedauthentication hostbasedusesnamefrompacketonly ignorerhosts
include ipqos kbdinteractiveauthentication kerberosauthentication loglevel logverbose match maxauthtries maxsessions
passwordauthentication permitemptypasswords permitlisten permitopen permitrootlogin permittty permittunnel permituserrc
pubkeyacceptedalgorithms pubkeyauthentication pubkeyauthoptions rdomain rekeylimit requiredrsasize revokedkeys setenv
streamlocalbindmask streamlocalbindunlink subsystem trustedusercakeys unusedconnectiontimeout x11displayoffset
x11forwarding x11uselocalhost
`);

/** Settings of which only what sshd does without them is modelled, so that another value would be believed and not kept. */
const DEFAULT_ONLY = words(`
authorizedkeyscommand authorizedkeyscommanduser authorizedprincipalscommand authorizedprincipalscommanduser
authorizedprincipalsfile casignaturealgorithms channeltimeout debianbanner exposeauthinfo fingerprinthash
gssapiauthentication gssapikeyexchange hostbasedauthentication hostcertificate hostkeyagent
kerberosauthentication logverbose maxstartups moduli modulifile persourcemaxstartups
persourcenetblocksize permittunnel pubkeyacceptedalgorithms pubkeyauthoptions rdomain requiredrsasize syslogfacility
trustedusercakeys unusedconnectiontimeout usedns versionaddendum
`);

/** Words beside the default that come to the same here. */
const SAME: ReadonlyMap<string, readonly string[]> = new Map([
  ['addressfamily', ['any', 'inet']],
  ['loglevel', ['quiet', 'fatal', 'error', 'info', 'verbose']],
  ['debianbanner', ['yes']],
  ['pubkeyauthoptions', ['none', 'touch-required']],
]);

/** Whether a value is of those that nothing here would keep. */
export function isAbsent({ name, otherwise }: Setting, given: readonly string[]): boolean {
  const value = given.join(' ').toLowerCase();
  const same = SAME.get(name);
  if (same !== undefined) return !same.includes(value);
  if (name === 'authenticationmethods')
    return given.some((list) => list.split(',').some((method) => /^(gssapi|hostbased)/.test(method)));
  return DEFAULT_ONLY.has(name) && value !== otherwise.toLowerCase();
}
