/**
 * Packages of Rocky Linux 9.3, one a line: `name|[epoch:]version-release|x86_64 or noarch|repository|KiB of the package|KiB installed|needs|recommends|license|summary|provides`.
 * What it provides beside itself has its version, and with a + the epoch, too.
 * Repositories: b BaseOS, a AppStream, e extras, p EPEL; `*` has the package in the image. Names, versions and licenses of
 * these are the image's of 2023-11-19; sizes are near those of the real packages. Dependencies are those in the table.
 */
export const ROCKY_TABLE = `
alternatives|1.24-1.el9|x|*b|38|63|glibc||GPL-2.0-only|A tool to maintain symbolic links determining default commands
audit-libs|3.0.7-104.el9|x|*b|117|309|glibc,libcap-ng||LGPLv2+|Dynamic library for libaudit
basesystem|11-13.el9|n|*b|8|0|filesystem,setup||Public Domain|The skeleton package which defines a simple Rocky Linux system
bash|5.1.8-6.el9_1|x|*b|1741|7738|filesystem,glibc,ncurses-libs||GPLv3+|The GNU Bourne Again shell
binutils|2.35.2-42.el9|x|*b|4710|24974|glibc,elfutils-debuginfod-client,zlib||GPLv3+|A GNU collection of binary utilities
binutils-gold|2.35.2-42.el9|x|*b|752|2015|binutils,glibc,libstdc++||GPLv3+|The GOLD linker, a faster alternative to the BFD linker
bzip2-libs|1.0.8-8.el9|x|*b|39|75|glibc||BSD|Libraries for applications using bzip2
ca-certificates|2023.2.60_v7.0.306-90.1.el9_2|n|*b|835|2325|bash,coreutils-single,grep,p11-kit,p11-kit-trust,sed||Public Domain|The Mozilla CA root certificate bundle
coreutils-single|8.32-34.el9|x|*b|581|1368|glibc,gmp,libacl,libattr,libcap,libselinux,openssl-libs||GPLv3+|coreutils multicall binary
cracklib|2.9.6-27.el9|x|*b|93|251|glibc,gzip,zlib||LGPLv2+|A password-checking library
cracklib-dicts|2.9.6-27.el9|x|*b|3640|9434|cracklib||LGPLv2+|The standard CrackLib dictionaries
crypto-policies|20230731-1.git94f0e2c.el9_3.1|n|*b|83|91|filesystem||LGPLv2+|System-wide crypto policies
crypto-policies-scripts|20230731-1.git94f0e2c.el9_3.1|n|*b|88|197|crypto-policies,python3||LGPLv2+|Tool to switch between crypto policies
curl-minimal|7.76.1-26.el9_3.2.0.1|x|*b|127|236|glibc,libcurl-minimal,openssl-libs,zlib||MIT|Conservatively configured build of curl for minimal installations
cyrus-sasl-lib|2.1.27-21.el9|x|*b|768|2339|gdbm-libs,glibc,krb5-libs,libcom_err,libxcrypt,openssl-libs||BSD with advertising|Shared libraries needed by applications which use Cyrus SASL
dnf|4.14.0-8.el9|n|*b|453|2207|python3-dnf||GPLv2+|Package manager
dnf-data|4.14.0-8.el9|n|*b|37|38|libreport-filesystem||GPLv2+|Common data and configuration files for DNF
elfutils-debuginfod-client|0.189-3.el9|x|*b|37|60|elfutils-libelf,elfutils-libs,glibc||GPLv3+ and (GPLv2+ or LGPLv3+)|Command line client for build-id HTTP ELF/DWARF server
elfutils-default-yama-scope|0.189-3.el9|n|*b|8|2|||GPLv2+ or LGPLv3+|Default yama attach scope sysctl setting
elfutils-libelf|0.189-3.el9|x|*b|194|1034|glibc,libzstd,zlib||GPLv2+ or LGPLv3+|Library to read and write ELF files
elfutils-libs|0.189-3.el9|x|*b|257|727|bzip2-libs,elfutils-default-yama-scope,elfutils-libelf,glibc,libstdc++,libzstd,xz-libs,zlib||GPLv2+ or LGPLv3+|Libraries to handle compiled objects
expat|2.5.0-1.el9|x|*b|117|315|glibc||MIT|An XML parser library
file-libs|5.39-14.el9|x|*b|588|8160|glibc,zlib||BSD|Libraries for applications using libmagic
filesystem|3.16-2.el9|x|*b|4844|106|setup||Public Domain|The basic directory layout for a Linux system
findutils|4.8.0-6.el9|x|*b|549|1746|glibc,libselinux||GPLv3+|The GNU versions of find utilities (find and xargs)
gawk|5.1.0-6.el9|x|*b|1039|1681|filesystem,glibc,gmp,libsigsegv,mpfr,readline||GPLv3+ and GPLv2+ and LGPLv2+ and BSD|The GNU version of the AWK text processing utility
gdbm-libs|1.19-4.el9|x|*b|53|116|glibc||GPLv3+|Libraries files for gdbm
glib2|2.68.4-11.el9|x|*b|2703|13287|glibc,gnutls,libffi,libgcc,libmount,libselinux,pcre,zlib||LGPLv2+|A library of handy utility functions
glibc|2.34-83.el9.7|x|*b|1946|6199|basesystem,glibc-common,glibc-minimal-langpack,libgcc||LGPLv2+ and LGPLv2+ with exceptions and GPLv2+ and GPLv2+ with exceptions and BSD and Inner-Net and ISC and Public Domain and GFDL|The GNU libc libraries
glibc-common|2.34-83.el9.7|x|*b|309|1057|glibc,libselinux,tzdata||LGPLv2+ and LGPLv2+ with exceptions and GPLv2+ and GPLv2+ with exceptions and BSD and Inner-Net and ISC and Public Domain and GFDL|Common binaries and locale data for glibc
glibc-minimal-langpack|2.34-83.el9.7|x|*b|23|0|glibc,glibc-common||LGPLv2+ and LGPLv2+ with exceptions and GPLv2+ and GPLv2+ with exceptions and BSD and Inner-Net and ISC and Public Domain and GFDL|Minimal language packs for glibc.
gmp|6.2.0-13.el9|x|*b|271|798|glibc||LGPLv3+ or GPLv2+|A GNU arbitrary precision library
gnupg2|2.3.3-4.el9|x|*b|2560|9250|bzip2-libs,glibc,gnutls,libassuan,libgcrypt,libgpg-error,libksba,npth,openldap,readline,sqlite-libs,tpm2-tss,zlib||GPLv3+|Utility for secure communication and data storage
gnutls|3.7.6-23.el9|x|*b|1046|3201|crypto-policies,glibc,gmp,libidn2,libtasn1,libunistring,nettle,p11-kit,p11-kit-trust||GPLv3+ and LGPLv2+|A TLS protocol implementation
gpgme|1.15.1-6.el9|x|*b|206|572|glibc,gnupg2,libassuan,libgpg-error||LGPLv2+ and GPLv3+|GnuPG Made Easy - high level crypto API
grep|3.6-5.el9|x|*b|269|838|glibc,libsigsegv,pcre||GPLv3+|Pattern matching utilities
gzip|1.12-1.el9|x|*b|163|369|bash,coreutils-single,glibc||GPLv3+ and GFDL|The GNU data compression program
hostname|3.23-6.el9|x|*b|28|44|bash,glibc||GPLv2+|Utility to set/show the host name or domain name
ima-evm-utils|1.4-4.el9|x|*b|65|155|glibc,openssl-libs,tpm2-tss||GPLv2|IMA/EVM support utilities
json-c|0.14-11.el9|x|*b|42|80|glibc||MIT|JSON implementation in C
keyutils-libs|1.6.3-1.el9|x|*b|31|55|glibc||GPLv2+ and LGPLv2+|Key utilities library
krb5-libs|1.21.1-1.el9|x|*b|754|2183|crypto-policies,glibc,keyutils-libs,libcom_err,libselinux,libverto,openssl-libs||MIT|The non-admin shared libraries used by Kerberos 5
less|590-2.el9_2|x|*b|161|355|bash,glibc,ncurses-libs||GPLv3+ or BSD|A text file browser similar to more, but better
libacl|2.3.1-3.el9|x|*b|22|40|glibc,libattr||LGPLv2+|Dynamic library for access control list support
libarchive|3.5.3-4.el9|x|*b|387|893|bzip2-libs,glibc,libacl,libxml2,libzstd,lz4-libs,openssl-libs,xz-libs,zlib||BSD|A library for handling streaming archive formats
libassuan|2.5.5-3.el9|x|*b|65|171|glibc,libgpg-error||LGPLv2+ and GPLv3+|GnuPG IPC library
libattr|2.5.1-3.el9|x|*b|18|29|glibc||LGPLv2+|Dynamic library for extended attribute support
libblkid|2.37.4-15.el9|x|*b|106|230|glibc,libuuid||LGPLv2+|Block device ID library
libcap|2.48-9.el9_2|x|*b|70|168|glibc,libgcc||BSD or GPLv2|Library for getting and setting POSIX.1e capabilities
libcap-ng|0.8.2-7.el9|x|*b|32|73|glibc||LGPLv2+|Alternate posix capabilities library
libcom_err|1.46.5-3.el9|x|*b|24|65|glibc||MIT|Common error description library
libcomps|0.1.18-1.el9|x|*b|75|212|expat,glibc,libxml2,zlib||GPLv2+|Comps XML file manipulation library
libcurl-minimal|7.76.1-26.el9_3.2.0.1|x|*b|224|514|glibc,krb5-libs,libcom_err,libnghttp2,openssl-libs,zlib||MIT|Conservatively configured build of libcurl for minimal installations
libdb|5.3.28-53.el9|x|*b|735|1858|glibc,openssl-libs||BSD and LGPLv2 and Sleepycat|The Berkeley DB database library for C
libdnf|0.69.0-6.el9_3|x|*b|659|2210|glib2,glibc,gpgme,json-c,libgcc,libmodulemd,librepo,libsmartcols,libsolv,libstdc++,rpm-libs,sqlite-libs||LGPLv2+|Library providing simplified C and Python API to libsolv
libeconf|0.4.1-3.el9_2|x|*b|26|52|glibc||MIT|Enhanced config file parser library
libevent|2.1.12-6.el9|x|*b|263|893|glibc,openssl-libs||BSD and ISC|Abstract asynchronous event notification library
libfdisk|2.37.4-15.el9|x|*b|153|362|glibc,libblkid,libuuid||LGPLv2+|Partitioning library for fdisk-like programs.
libffi|3.4.2-8.el9|x|*b|37|74|glibc||MIT|A portable foreign function interface library
libgcc|11.4.1-2.1.el9|x|*b|81|198|||GPLv3+ and GPLv3+ with exceptions and GPLv2+ with exceptions and LGPLv2+ and BSD|GCC version 11 shared support library
libgcrypt|1.10.0-10.el9_2|x|*b|507|1284|glibc,libgpg-error||LGPLv2+|A general-purpose cryptography library
libgomp|11.4.1-2.1.el9|x|*b|261|325|glibc||GPLv3+ and GPLv3+ with exceptions and GPLv2+ with exceptions and LGPLv2+ and BSD|GCC OpenMP v4.5 shared support library
libgpg-error|1.42-5.el9|x|*b|216|863|glibc||LGPLv2+|Library for error values used by GnuPG components
libidn2|2.3.0-7.el9|x|*b|101|285|glibc,libunistring||(GPLv2+ or LGPLv3+) and GPLv3+|Library to support IDNA2008 internationalized domain names
libksba|1.5.1-6.el9_1|x|*b|151|391|glibc,libgpg-error||(LGPLv3+ or GPLv2+) and GPLv3+|CMS and X.509 library
libmodulemd|2.13.0-2.el9|x|*b|218|729|file-libs,glib2,glibc,libyaml,rpm-libs||MIT|Module metadata manipulation library
libmount|2.37.4-15.el9|x|*b|133|307|glibc,libblkid,libselinux,libuuid||LGPLv2+|Device mounting library
libnghttp2|1.43.0-5.el9_3.1|x|*b|72|165|glibc||MIT|A library implementing the HTTP/2 protocol
libpwquality|1.4.4-8.el9|x|*b|119|406|cracklib,glibc,pam||BSD or GPLv2+|A library for password generation and password quality checking
librepo|1.14.5-1.el9|x|*b|88|242|glib2,glibc,gpgme,libcurl-minimal,libxml2,openssl-libs||LGPLv2+|Repodata downloading library
libreport-filesystem|2.15.2-6.el9.rocky.0.2|n|*b|13|0|||GPLv2+|Filesystem layout for libreport
libselinux|3.5-1.el9|x|*b|85|169|glibc,libsepol,pcre2||Public Domain|SELinux library and simple utilities
libsemanage|3.5-2.el9|x|*b|117|301|audit-libs,bzip2-libs,glibc,libselinux,libsepol||LGPLv2+|SELinux binary policy manipulation library
libsepol|3.5-1.el9|x|*b|315|738|glibc||LGPLv2+|SELinux binary policy manipulation library
libsigsegv|2.13-4.el9|x|*b|27|49|glibc||GPLv2+|Library for handling page faults in user mode
libsmartcols|2.37.4-15.el9|x|*b|62|135|glibc||LGPLv2+|Formatting library for ls-like programs.
libsolv|0.7.24-2.el9|x|*b|391|892|bzip2-libs,glibc,libxml2,libzstd,rpm-libs,xz-libs,zlib||BSD|Package dependency solver
libstdc++|11.4.1-2.1.el9|x|*b|737|2464|glibc,libgcc||GPLv3+ and GPLv3+ with exceptions and GPLv2+ with exceptions and LGPLv2+ and BSD|GNU Standard C++ Library
libtasn1|4.16.0-8.el9_1|x|*b|74|179|glibc||GPLv3+ and LGPLv2+|The ASN.1 library used in GNUTLS
libunistring|0.9.10-15.el9|x|*b|496|1636|glibc||GPLv2+ or LGPLv3+|GNU Unicode string library
libusbx|1.0.26-1.el9|x|*b|75|159|glibc,systemd-libs||LGPLv2+|Library for accessing USB devices
libuser|0.63-13.el9|x|*b|377|1890|glib2,glibc,libselinux,libxcrypt,openldap,popt||LGPLv2+|A user and group account administration library
libutempter|1.2.1-6.el9|x|*b|27|56|bash,glibc,shadow-utils||LGPLv2+|A privileged helper for utmp/wtmp updates
libuuid|2.37.4-15.el9|x|*b|27|34|glibc||BSD|Universally unique ID library
libverto|0.3.2-3.el9|x|*b|21|30|glibc||MIT|Main loop abstraction library
libxcrypt|4.4.18-3.el9|x|*b|116|262|glibc||LGPLv2+ and BSD and Public Domain|Extended crypt library for descrypt, md5crypt, bcrypt, and others
libxml2|2.9.13-4.el9|x|*b|747|1907|glibc,xz-libs,zlib||MIT|Library providing XML and HTML support
libyaml|0.2.5-7.el9|x|*b|59|133|glibc||MIT|YAML 1.1 parser and emitter written in C
libzstd|1.5.1-2.el9|x|*b|328|731|glibc||BSD and GPLv2|Zstd shared library
lua-libs|5.4.4-4.el9|x|*b|267|552|glibc||MIT|Libraries for lua
lz4-libs|1.9.3-5.el9|x|*b|67|141|glibc||GPLv2+ and BSD|Libaries for lz4
mpfr|4.1.0-7.el9|x|*b|321|800|glibc,gmp||LGPLv3+|C library for multiple-precision floating-point computations
ncurses-base|6.2-10.20210508.el9|n|*b|60|300|||MIT|Descriptions of common terminals
ncurses-libs|6.2-10.20210508.el9|x|*b|328|973|glibc,ncurses-base||MIT|Ncurses libraries
nettle|3.8-3.el9_0|x|*b|559|1018|glibc,gmp||LGPLv3+ or GPLv2+|A low-level cryptographic library
npth|1.6-8.el9|x|*b|25|50|glibc||LGPLv2+|The New GNU Portable Threads library
openldap|2.6.3-1.el9|x|*b|283|759|cyrus-sasl-lib,glibc,libevent,openssl-libs||OpenLDAP|LDAP support libraries
openssl|1:3.0.7-24.el9|x|*b|1194|1737|coreutils-single,glibc,openssl-libs||ASL 2.0|Utilities from the general purpose cryptography library with TLS implementation
openssl-libs|1:3.0.7-24.el9|x|*b|2163|6340|ca-certificates,crypto-policies,glibc,zlib||ASL 2.0|A general purpose cryptography library with TLS implementation
p11-kit|0.24.1-2.el9|x|*b|372|1554|glibc,libffi||BSD|Library for loading and sharing PKCS#11 modules
p11-kit-trust|0.24.1-2.el9|x|*b|138|460|alternatives,glibc,libtasn1,p11-kit||BSD|System trust module from p11-kit
pam|1.5.1-15.el9|x|*b|604|1916|audit-libs,bash,coreutils-single,cracklib,glibc,libpwquality,libselinux,libxcrypt,openssl-libs,setup||BSD and GPLv2+|An extensible library which provides authentication for applications
passwd|0.80-12.el9|x|*b|107|426|audit-libs,glib2,glibc,libselinux,libuser,pam,popt||BSD or GPL+|An utility for setting or changing passwords using PAM
pcre|8.44-3.el9.3|x|*b|197|535|glibc||BSD|Perl-compatible regular expression library
pcre2|10.40-2.el9|x|*b|233|647|glibc,pcre2-syntax||BSD|Perl-compatible regular expression library
pcre2-syntax|10.40-2.el9|n|*b|139|227|||BSD|Documentation for PCRE2 regular expressions
popt|1.18-8.el9|x|*b|61|128|glibc||MIT|C library for parsing command line parameters
python3|3.9.18-1.el9_3|x|*b|25|31|glibc,python3-libs||Python|Python 3.9 interpreter
python3-dnf|4.14.0-8.el9|n|*b|411|1757|dnf-data,libmodulemd,python3,python3-gpg,python3-hawkey,python3-libcomps,python3-libdnf,python3-rpm||GPLv2+|Python 3 interface to DNF
python3-gpg|1.15.1-6.el9|x|*b|263|1239|glibc,gpgme,python3||LGPLv2+ and GPLv3+|gpgme bindings for Python 3
python3-hawkey|0.69.0-6.el9_3|x|*b|105|326|glib2,glibc,libdnf,python3,python3-libdnf||LGPLv2+|Python 3 bindings for the hawkey library
python3-libcomps|0.1.18-1.el9|x|*b|47|141|glibc,libcomps,python3||GPLv2+|Python 3 bindings for libcomps library
python3-libdnf|0.69.0-6.el9_3|x|*b|776|3687|glib2,glibc,libdnf,libstdc++,python3||LGPLv2+|Python 3 bindings for the libdnf library.
python3-libs|3.9.18-1.el9_3|x|*b|7475|31953|bzip2-libs,expat,gdbm-libs,glibc,libffi,libxcrypt,ncurses-libs,openssl-libs,python3-pip-wheel,python3-setuptools-wheel,readline,sqlite-libs,xz-libs,zlib||Python|Python runtime libraries
python3-pip-wheel|21.2.3-7.el9|n|*b|1098|1179|ca-certificates||MIT and Python and ASL 2.0 and BSD and ISC and LGPLv2 and MPLv2.0 and (ASL 2.0 or BSD)|The pip wheel
python3-rpm|4.16.1.3-25.el9|x|*b|66|164|glibc,python3,rpm-build-libs,rpm-libs,rpm-sign-libs||GPLv2+|Python 3 bindings for apps which will manipulate RPM packages
python3-setuptools-wheel|53.0.0-12.el9|n|*b|468|562|||MIT and (BSD or ASL 2.0)|The setuptools wheel
readline|8.1-4.el9|x|*b|211|484|glibc,ncurses-libs||GPLv3+|A library for editing typed command lines
rocky-gpg-keys|9.3-1.1.el9|n|*b|13|6|filesystem||BSD-3-Clause|Rocky RPM GPG Keys
rocky-release|9.3-1.1.el9|n|*b|23|28|rocky-repos||BSD-3-Clause|Rocky Linux release files
rocky-repos|9.3-1.1.el9|n|*b|13|10|rocky-gpg-keys,rocky-release||BSD-3-Clause|Rocky Linux Package Repositories
rootfiles|8.1-31.el9|n|*b|8|1|||Public Domain|The basic required files for the root user's directory
rpm|4.16.1.3-25.el9|x|*b|487|2746|coreutils-single,curl-minimal,glibc,libarchive,popt,rpm-libs,zlib||GPLv2+|The RPM package management system
rpm-build-libs|4.16.1.3-25.el9|x|*b|89|193|elfutils-libelf,elfutils-libs,file-libs,glibc,rpm-libs||GPLv2+ and LGPLv2+ with exceptions|Libraries for building RPM packages
rpm-libs|4.16.1.3-25.el9|x|*b|308|721|bzip2-libs,elfutils-libelf,glibc,libacl,libcap,libzstd,lua-libs,openssl-libs,popt,rpm,sqlite-libs,xz-libs,zlib||GPLv2+ and LGPLv2+ with exceptions|Libraries for manipulating RPM packages
rpm-sign-libs|4.16.1.3-25.el9|x|*b|21|20|glibc,gnupg2,ima-evm-utils,rpm-libs||GPLv2+ and LGPLv2+ with exceptions|Libraries for signing RPM packages
sed|4.8-9.el9|x|*b|305|800|glibc,libacl,libselinux||GPLv3+|A GNU stream text editor
setup|2.13.7-9.el9|n|*b|149|708|rocky-release||Public Domain|A set of system configuration and setup files
shadow-utils|2:4.9-8.el9|x|*b|1203|3880|audit-libs,coreutils-single,glibc,libacl,libselinux,libsemanage,libxcrypt,pam,setup||BSD and GPLv2+|Utilities for managing accounts and shadow password files
sqlite-libs|3.34.1-6.el9_1|x|*b|619|1353|glibc,zlib||Public Domain|Shared library for the sqlite3 embeddable SQL database engine.
systemd-libs|252-18.el9|x|*b|641|1957|glibc,libcap,libgcrypt,libxcrypt,lz4-libs,xz-libs,libzstd||LGPLv2+ and MIT|systemd libraries
tar|2:1.34-6.el9_1|x|*b|885|3095|glibc,libacl,libselinux||GPLv3+|GNU file archiving program
tpm2-tss|3.2.2-2.el9|x|*b|606|2600|glibc,json-c,libcurl-minimal,openssl-libs||BSD|TPM2.0 Software Stack
tzdata|2023c-1.el9|n|*b|433|1657|||Public Domain|Timezone data
usermode|1.114-4.el9|x|*b|186|770|glib2,glibc,libselinux,libuser,pam,passwd,util-linux||GPLv2+|Tools for certain user account management tasks
util-linux|2.37.4-15.el9|x|*b|2236|12384|audit-libs,glibc,libblkid,libcap-ng,libfdisk,libmount,libselinux,libsmartcols,libutempter,libuuid,libxcrypt,ncurses-libs,pam,readline,systemd-libs,util-linux-core,zlib||GPLv2 and GPLv2+ and LGPLv2+ and BSD with advertising and Public Domain|Collection of basic system utilities
util-linux-core|2.37.4-15.el9|x|*b|430|1256|audit-libs,glibc,libblkid,libmount,libselinux,libsmartcols,libuuid,systemd-libs||GPLv2 and GPLv2+ and LGPLv2+ and BSD with advertising and Public Domain|The core set of basic system utilities
vim-minimal|2:8.2.2637-20.el9_1|x|*b|672|1572|glibc,libacl,libselinux||Vim and MIT|A minimal version of the VIM editor
xz-libs|5.2.5-8.el9_0|x|*b|92|177|glibc||Public Domain|Libraries for decoding LZMA compression
yum|4.14.0-8.el9|n|*b|88|74|dnf||GPLv2+|Package manager
zlib|1.2.11-40.el9|x|*b|91|201|glibc||zlib and Boost|Compression and decompression library
curl-minimal|7.76.1-26.el9_3.3|x|b|127|236|glibc,libcurl-minimal,openssl-libs,zlib||MIT|Conservatively configured build of curl for minimal installations
libcurl-minimal|7.76.1-26.el9_3.3|x|b|224|514|glibc,krb5-libs,libcom_err,libnghttp2,openssl-libs,zlib||MIT|Conservatively configured build of libcurl for minimal installations
openssl|1:3.0.7-25.el9_3|x|b|1196|1737|coreutils-single,glibc,openssl-libs||ASL 2.0|Utilities from the general purpose cryptography library with TLS implementation
openssl-libs|1:3.0.7-25.el9_3|x|b|2165|6340|ca-certificates,crypto-policies,glibc,zlib||ASL 2.0|A general purpose cryptography library with TLS implementation
sqlite-libs|3.34.1-7.el9_3|x|b|619|1353|glibc,zlib||Public Domain|Shared library for the sqlite3 embeddable SQL database engine.
tzdata|2024a-1.el9|n|b|429|1657|||Public Domain|Timezone data
bc|1.07.1-14.el9|x|b|119|206|glibc,readline||GPLv2+|GNU's bc (a numeric processing language) and dc (a calculator)
bind-libs|32:9.16.23-14.el9_3|x|a|1239|3195|bind-license,fstrm,glibc,json-c,krb5-libs,libmaxminddb,libuv,libxml2,lmdb-libs,openssl-libs,protobuf-c,zlib||MPLv2.0|Libraries used by the BIND DNS packages
bind-license|32:9.16.23-14.el9_3|n|a|14|17|||MPLv2.0|License of the BIND DNS suite
bind-utils|32:9.16.23-14.el9_3|x|a|200|654|bind-libs,glibc,libidn2||MPLv2.0|Utilities for querying DNS name servers
bzip2|1.0.8-8.el9|x|b|52|89|bzip2-libs,glibc||BSD|A file compression utility
cronie|1.5.7-8.el9|x|b|115|256|bash,cronie-anacron,glibc,libselinux,pam,sed||MIT and BSD and ISC and GPLv2+|Cron daemon for executing programs at set times
cronie-anacron|1.5.7-8.el9|x|b|28|43|bash,crontabs,glibc||MIT and BSD and ISC and GPLv2+|Utility for running regular jobs
crontabs|1.11-27.20190603git.el9_0|n|b|19|25|bash,sed||Public Domain and GPLv2|Root crontab files used to schedule the execution of programs
diffutils|3.7-12.el9|x|b|393|1349|glibc||GPLv3+|GNU collection of diff utilities
emacs-filesystem|1:27.2-9.el9|n|a|8|0|||GPLv3+ and CC0-1.0|Emacs filesystem layout
epel-release|9-5.el9|n|e|18|18|||GPLv2|Extra Packages for Enterprise Linux repository configuration
ethtool|2:6.2-1.el9|x|b|236|675|glibc,libmnl||GPLv2|Settings tool for Ethernet NICs
file|5.39-14.el9|x|b|48|93|file-libs,glibc||BSD|Utility for determining file types
fstrm|0.6.1-3.el9|x|a|27|61|glibc,libevent||MIT|Frame Streams implementation in C
git|2.39.3-1.el9_2|x|a|60|54|git-core,git-core-doc,perl-Git,perl-interpreter||GPLv2|Fast Version Control System
git-core|2.39.3-1.el9_2|x|a|4250|19890|expat,glibc,less,libcurl-minimal,openssh-clients,openssl-libs,pcre2,zlib||GPLv2|Core package of git with minimal functionality
git-core-doc|2.39.3-1.el9_2|n|a|2641|16000|git-core||GPLv2|Documentation files for git-core
perl-Git|2.39.3-1.el9_2|n|a|37|66|git-core,perl-interpreter||GPLv2|Perl interface to Git
perl-interpreter|4:5.32.1-480.el9|x|a|71|115|glibc||GPL+ or Artistic|Standalone executable Perl interpreter
gpm-libs|1.20.7-29.el9|x|a|20|27|glibc||GPLv2+|Dynamic library for gpm
groff-base|1.22.4-10.el9|x|b|1103|4110|glibc,libgcc,libstdc++||GPLv3+ and GFDL and BSD and MIT|Parts of the groff formatting system required to display manual pages
apr|1.7.0-12.el9_3|x|a|122|290|glibc,libuuid,libxcrypt||ASL 2.0 and BSD with advertising and ISC and BSD|Apache Portable Runtime library
apr-util|1.6.1-23.el9|x|a|94|208|apr,expat,glibc,libdb,libxcrypt|apr-util-bdb,apr-util-openssl|ASL 2.0|Apache Portable Runtime Utility library
apr-util-bdb|1.6.1-23.el9|x|a|12|12|apr-util,glibc,libdb||ASL 2.0|APR utility library Berkeley DB driver
apr-util-openssl|1.6.1-23.el9|x|a|14|20|apr-util,glibc,openssl-libs||ASL 2.0|APR utility library OpenSSL crypto support
httpd-tools|2.4.57-5.el9|x|a|80|199|apr,apr-util,glibc,libxcrypt,openssl-libs||ASL 2.0|Tools for use with the Apache HTTP Server
mailcap|2.1.49-5.el9|n|b|32|81|||Public Domain and MIT|Helper application and MIME type associations for file types
iperf3|3.9-10.el9_2|x|a|107|262|glibc,openssl-libs||BSD|Measurement tool for TCP/UDP bandwidth performance
iproute|6.2.0-5.el9|x|b|814|2401|elfutils-libelf,glibc,libbpf,libcap,libmnl,libselinux,psmisc||GPLv2+ and Public Domain|Advanced IP routing and network device configuration tools
iproute-tc|6.2.0-5.el9|x|b|440|1064|elfutils-libelf,glibc,iproute,libbpf,libcap,libmnl||GPLv2+ and Public Domain|Linux Traffic Control utility
iputils|20210202-9.el9|x|b|170|466|filesystem,glibc,libcap,libidn2||BSD and GPLv2+|Network monitoring tools including ping
jq|1.6-15.el9|x|a|186|404|glibc,oniguruma||MIT and ASL 2.0 and CC-BY and GPLv3|Command-line JSON processor
libbpf|2:1.2.0-1.el9|x|b|167|367|elfutils-libelf,glibc,zlib||LGPLv2 or BSD|Libbpf library
libedit|3.1-38.20210216cvs.el9|x|b|104|242|glibc,ncurses-libs||BSD|The NetBSD Editline library
libibverbs|46.0-1.el9|x|b|410|1176|glibc,libnl3||GPLv2 or BSD|A library and drivers for direct userspace use of RDMA hardware
libmaxminddb|1.5.2-3.el9|x|a|33|65|glibc||ASL 2.0 and BSD|C library for the MaxMind DB file format
libmnl|1.0.4-16.el9|x|b|28|54|glibc||LGPLv2+|A minimalistic Netlink library
libnl3|3.7.0-1.el9|x|b|328|1020|glibc||LGPLv2|Convenience library for kernel netlink sockets
libpcap|14:1.10.0-4.el9|x|b|172|392|glibc,libibverbs||BSD with advertising|A system-independent interface for user-level packet capture
libpsl|0.21.1-5.el9|x|b|63|80|glibc,libidn2,libunistring,publicsuffix-list-dafsa||MIT|C library for the Publix Suffix List
libuv|1:1.42.0-1.el9|x|a|146|317|glibc||MIT and BSD and ISC|Platform layer for node.js
lmdb-libs|0.9.29-3.el9|x|b|60|108|glibc||OpenLDAP|Shared libraries for lmdb
lsof|4.94.0-3.el9|x|b|239|632|glibc,libselinux||zlib and Sendmail and LGPLv2+|A utility which lists open files on a Linux/UNIX system
man-db|2.9.3-7.el9|x|b|1175|3026|bash,coreutils-single,gdbm-libs,glibc,grep,groff-base,gzip,less,libpipeline,zlib||GPLv2+ and GPLv3+|Tools for searching and reading man pages
libpipeline|1.5.3-4.el9|x|b|48|118|glibc||GPLv3+|A pipeline manipulation library
nano|5.6.1-5.el9|x|b|691|2735|alternatives,file-libs,glibc,ncurses-libs||GPLv3+|A small text editor
ncurses|6.2-10.20210508.el9|x|b|399|602|glibc,ncurses-libs||MIT|Ncurses support utilities
net-tools|2.0-0.62.20160912git.el9|x|b|292|926|glibc,libselinux||GPLv2+|Basic networking tools
nmap-ncat|3:7.92-1.el9|x|a|223|474|glibc,libpcap,openssl-libs||Nmap|Nmap's Netcat replacement|+nc,+nc6,+ncat
oniguruma|6.9.6-1.el9.5|x|b|217|751|glibc||BSD|Regular expressions library
openssh|8.7p1-34.el9_3.3|x|b|455|1880|audit-libs,glibc,libselinux,openssl-libs,zlib||BSD|An open source implementation of SSH protocol version 2
openssh-clients|8.7p1-34.el9_3.3|x|b|706|2530|crypto-policies,glibc,krb5-libs,libedit,libselinux,openssh,openssl-libs,zlib||BSD|An open source SSH client applications
openssh-server|8.7p1-34.el9_3.3|x|b|455|1032|audit-libs,crypto-policies,glibc,krb5-libs,libselinux,libxcrypt,openssh,openssl-libs,pam,systemd-libs,zlib||BSD|An open source SSH server daemon
procps-ng|3.3.17-13.el9|x|b|349|1021|glibc,ncurses-libs,systemd-libs||GPL+ and GPLv2 and GPLv2+ and GPLv3+ and LGPLv2+|System and process monitoring utilities
protobuf-c|1.3.3-13.el9|x|b|34|57|glibc||BSD|C bindings for Google's Protocol Buffers
psmisc|23.4-3.el9|x|b|243|708|glibc,libselinux,ncurses-libs||GPLv2+|Utilities for managing processes on your system
publicsuffix-list-dafsa|20210518-3.el9|n|b|59|66|||MPLv2.0|Cross-vendor public domain suffix database in DAFSA form
rsync|3.2.3-19.el9|x|b|396|741|glibc,libacl,libattr,libxcrypt,libzstd,lz4-libs,openssl-libs,popt,zlib||GPLv3+|A program for synchronizing files over a network
socat|1.7.4.1-5.el9|x|a|301|1114|glibc,openssl-libs,readline||GPLv2|Bidirectional data relay between two data channels
strace|5.18-2.el9|x|b|1410|2612|bash,elfutils-libelf,elfutils-libs,glibc||LGPL-2.1+ and GPL-2.0+|Tracks and displays system calls associated with a running process
sudo|1.9.5p2-9.el9|x|b|1053|4162|audit-libs,glibc,libselinux,openldap,openssl-libs,pam,vim-minimal,zlib||ISC|Allows restricted root access for specified users
tcpdump|14:4.99.0-7.el9|x|a|543|1445|glibc,libpcap,openssl-libs||BSD with advertising|A network traffic monitoring tool
telnet|1:0.17-85.el9|x|a|63|117|glibc,ncurses-libs||BSD|The client program for the Telnet remote login protocol
tmux|3.2a-4.el9|x|b|474|1094|glibc,libevent,ncurses-libs||ISC and BSD|A terminal multiplexer
traceroute|3:2.1.0-16.el9|x|b|56|110|glibc||GPLv2+|Traces the route taken by packets over an IPv4/IPv6 network
tree|1.8.0-10.el9|x|b|56|108|glibc||GPLv2+|File system tree viewer
unzip|6.0-56.el9|x|b|182|392|bzip2-libs,glibc||BSD|A utility for unpacking zip files
vim-common|2:8.2.2637-20.el9_1|x|a|6836|29440|glibc,vim-filesystem||Vim and MIT|The common files needed by any version of the VIM editor
vim-enhanced|2:8.2.2637-20.el9_1|x|a|1771|4011|glibc,gpm-libs,libacl,libselinux,ncurses-libs,vim-common,which||Vim and MIT|A version of the VIM editor which includes recent enhancements|vim
vim-filesystem|2:8.2.2637-20.el9_1|n|b|15|40|||Vim and MIT|VIM filesystem layout
wget|1.21.1-7.el9|x|a|769|3088|glibc,gnutls,libidn2,libpsl,libuuid,nettle,pcre2,zlib||GPLv3+|A utility for retrieving files using the HTTP or FTP protocols
which|2.21-29.el9|x|b|40|81|coreutils-single,glibc||GPLv3|Displays where a particular program in your path is located
xz|5.2.5-8.el9_0|x|b|219|440|glibc,xz-libs||GPLv2+ and Public Domain|LZMA compression utilities
zip|3.0-35.el9|x|b|263|707|bzip2-libs,glibc,unzip||BSD|A file compression and packaging utility compatible with PKZIP
htop|3.3.0-1.el9|x|p|194|432|glibc,libnl3,ncurses-libs||GPL-2.0-or-later|Interactive process viewer
stress-ng|0.15.00-1.el9|x|a|2370|9120|glibc,libattr,libgcc,zlib||GPLv2+|Stress test a computer system in various ways
sl|5.02-1.el9|x|p|16|29|glibc,ncurses-libs||MIT|Joke command for when you type 'sl' instead of 'ls'
`;
