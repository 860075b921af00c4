/** The package of Ubuntu 24.04 that the programs stand for, and what it was built with: a fact that --version tells. */
export const SYSTEMD_PACKAGE = '255.4-1ubuntu8.6';

const FEATURES =
  '+PAM +AUDIT +SELINUX +APPARMOR +IMA +SMACK +SECCOMP +GCRYPT -GNUTLS +OPENSSL +ACL +BLKID +CURL +ELFUTILS +FIDO2 ' +
  '+IDN2 -IDN +IPTC +KMOD +LIBCRYPTSETUP +LIBFDISK +PCRE2 -PWQUALITY +P11KIT +QRENCODE +TPM2 +BZIP2 +LZ4 +XZ +ZLIB ' +
  '+ZSTD -BPF_FRAMEWORK -XKBCOMMON +UTMP +SYSVINIT default-hierarchy=unified';

export const SYSTEMD_VERSION = `systemd 255 (${SYSTEMD_PACKAGE})\n${FEATURES}`;
