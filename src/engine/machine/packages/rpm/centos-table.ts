/**
 * Packages of CentOS 7.9.2009 as vault.centos.org keeps them, one a line, as `rocky-table.ts` has them.
 * Repositories: b base, u updates, e extras; `*` has the package in the image.
 */
export const CENTOS_TABLE = `
acl|2.2.51-15.el7|x|*b|81|201|glibc,libacl,libattr||GPLv2+|Access control list utilities
audit-libs|2.8.5-4.el7|x|*b|102|250|glibc,libcap-ng||LGPLv2+|Dynamic library for libaudit
basesystem|10.0-7.el7.centos|n|*b|5|0|filesystem,setup||Public Domain|The skeleton package which defines a simple CentOS Linux system
bash|4.2.46-34.el7|x|*b|1038|3523|glibc,ncurses-libs||GPLv3+|The GNU Bourne Again shell
bc|1.06.95-13.el7|x|*b|115|215|glibc,ncurses-libs,readline||GPLv2+|GNU's bc (a numeric processing language) and dc (a calculator)
bind-license|32:9.11.4-26.P2.el7|n|*b|90|27|||MPLv2.0|License of the BIND DNS suite
binutils|2.27-44.base.el7|x|*b|6072|25189|glibc,zlib||GPLv3+|A GNU collection of binary utilities
bzip2-libs|1.0.6-13.el7|x|*b|40|67|glibc||BSD|Libraries for applications using bzip2
ca-certificates|2020.2.41-70.0.el7_8|n|*b|382|934|bash,coreutils,grep,p11-kit,p11-kit-trust,sed||Public Domain|The Mozilla CA root certificate bundle
centos-release|7-9.2009.0.el7.centos|x|*b|27|40|||GPLv2|CentOS Linux release file
chkconfig|1.7.6-1.el7|x|*b|182|751|glibc,popt||GPLv2|A system tool for maintaining the /etc/rc*.d hierarchy
coreutils|8.22-24.el7|x|*b|3379|14588|glibc,gmp,grep,libacl,libattr,libcap,libselinux,ncurses||GPLv3+|A set of basic GNU tools commonly used in shell scripts
cpio|2.11-28.el7|x|*b|211|689|glibc||GPLv3+|A GNU archiving program
cracklib|2.9.0-11.el7|x|*b|80|205|glibc,gzip,zlib||LGPLv2+|A password-checking library
cracklib-dicts|2.9.0-11.el7|x|*b|3686|9387|cracklib||LGPLv2+|The standard CrackLib dictionaries
cryptsetup-libs|2.0.3-6.el7|x|*b|339|1240|device-mapper-libs,glibc,json-c,libblkid,libgcrypt,libuuid||GPLv2+ and LGPLv2+|Cryptsetup shared library
curl|7.29.0-59.el7|x|*b|271|540|glibc,libcurl,nspr,nss,openssl-libs,zlib||MIT|A utility for getting files from remote servers (FTP, HTTP, and others)
cyrus-sasl-lib|2.1.26-23.el7|x|*b|155|386|glibc,krb5-libs,libcom_err,libdb,openssl-libs||BSD with advertising|Shared libraries needed by applications which use Cyrus SASL
dbus|1:1.10.24-15.el7|x|*b|245|601|dbus-libs,expat,glibc,libcap-ng,libselinux,systemd||(GPLv2+ or AFL) and GPLv2+|D-BUS message bus
dbus-glib|0.100-7.el7|x|*b|103|290|dbus-libs,expat,glib2,glibc||AFL and GPLv2+|GLib bindings for D-Bus
dbus-libs|1:1.10.24-15.el7|x|*b|169|357|glibc||(GPLv2+ or AFL) and GPLv2+|Libraries for accessing D-BUS
dbus-python|1.1.1-9.el7|x|*b|210|716|dbus-glib,dbus-libs,glibc,python||MIT|D-Bus Python Bindings
device-mapper|7:1.02.170-6.el7|x|*b|297|328|device-mapper-libs,glibc,systemd,util-linux||GPLv2|Device mapper utility
device-mapper-libs|7:1.02.170-6.el7|x|*b|325|392|device-mapper,glibc,libselinux||LGPLv2|Device-mapper shared library
diffutils|3.3-5.el7|x|*b|322|1009|glibc,info||GPLv3+|A GNU collection of diff utilities
dracut|033-572.el7|x|*b|329|904|bash,coreutils,cpio,filesystem,findutils,grep,gzip,hardlink,kmod,kpartx,procps-ng,sed,systemd,util-linux,xz||GPLv2+ and LGPLv2+|Initramfs generator using udev
elfutils-default-yama-scope|0.176-5.el7|n|*b|33|2|||GPLv2+ or LGPLv3+|Default yama attach scope sysctl setting
elfutils-libelf|0.176-5.el7|x|*b|195|919|glibc,zlib||GPLv2+ or LGPLv3+|Library to read and write ELF files
elfutils-libs|0.176-5.el7|x|*b|291|865|bzip2-libs,elfutils-default-yama-scope,elfutils-libelf,glibc,xz-libs,zlib||GPLv2+ or LGPLv3+|Libraries to handle compiled objects
expat|2.1.0-12.el7|x|*b|81|201|glibc||MIT|An XML parser library
file-libs|5.11-37.el7|x|*b|340|2767|glibc,zlib||BSD|Libraries for applications using libmagic
filesystem|3.2-25.el7|x|*b|1056|0|setup||Public Domain|The basic directory layout for a Linux system
findutils|1:4.5.11-6.el7|x|*b|559|1852|glibc,libselinux||GPLv3+|The GNU versions of find utilities (find and xargs)
gawk|4.0.2-4.el7_3.1|x|*b|874|2435|filesystem,glibc||GPLv3+ and GPL and LGPLv3+ and LGPL and BSD|The GNU version of the awk text processing utility
gdbm|1.10-8.el7|x|*b|70|178|glibc||GPLv3+|A GNU set of database routines which use extensible hashing
geoipupdate|2.5.0-1.el7|x|*b|36|69|glibc,libcurl,zlib||GPLv2|Update GeoIP2 and GeoIP Legacy binary databases from MaxMind
glib2|2.56.1-7.el7|x|*b|2560|12292|glibc,libffi,libgcc,libmount,libselinux,pcre,shared-mime-info,zlib||LGPLv2+|A library of handy utility functions
glibc|2.17-317.el7|x|*b|3738|14077|basesystem,glibc-common,libgcc,nss-softokn-freebl||LGPLv2+ and LGPLv2+ with exceptions and GPLv2+|The GNU libc libraries
glibc-common|2.17-317.el7|x|*b|11776|118153|glibc,libselinux,tzdata||LGPLv2+ and LGPLv2+ with exceptions and GPLv2+|Common binaries and locale data for glibc
gmp|1:6.0.0-15.el7|x|*b|281|654|glibc,libgcc,libstdc++||LGPLv3+ or GPLv2+|A GNU arbitrary precision library
gnupg2|2.0.22-5.el7_5|x|*b|1536|6310|bzip2-libs,glibc,libassuan,libcurl,libgcrypt,libgpg-error,openldap,pinentry,pth,readline,zlib||GPLv3+|Utility for secure communication and data storage
gobject-introspection|1.56.1-1.el7|x|*b|241|1065|glib2,glibc,libffi||GPLv2+, LGPLv2+, MIT|Introspection system for GObject-based libraries
gpgme|1.3.2-5.el7|x|*b|146|497|glibc,gnupg2,libassuan,libgpg-error||LGPLv2+|GnuPG Made Easy - high level crypto API
grep|2.20-3.el7|x|*b|344|1195|glibc,libsepol,pcre||GPLv3+|Pattern matching utilities
gzip|1.5-10.el7|x|*b|130|250|coreutils,glibc,info||GPLv3+ and GFDL|The GNU data compression program
hardlink|1:1.0-19.el7|x|*b|14|16|glibc,libselinux,pcre||GPL+|Create a tree of hardlinks
hostname|3.13-3.el7_7.1|x|*b|17|19|bash,glibc||GPLv2+|Utility to set/show the host name or domain name
info|5.1-5.el7|x|*b|233|484|glibc,ncurses-libs||GPLv3+|A stand-alone TTY-based reader for GNU texinfo documentation
iputils|20160308-10.el7|x|*b|147|343|filesystem,glibc,libcap,libidn,openssl-libs,systemd||BSD and GPLv2+|Network monitoring tools including ping
json-c|0.11-4.el7_0|x|*b|31|64|glibc||MIT|A JSON implementation in C
keyutils-libs|1.5.8-3.el7|x|*b|25|42|glibc||GPLv2+ and LGPLv2+|Key utilities library
kmod|20-28.el7|x|*b|123|249|chkconfig,coreutils,dracut,glibc,grep,kmod-libs,sed,xz-libs,zlib||GPLv2+|Linux kernel module management utilities
kmod-libs|20-28.el7|x|*b|51|91|glibc,xz-libs,zlib||LGPLv2+|Libraries to handle kernel module loading and unloading
kpartx|0.4.9-133.el7|x|*b|81|41|device-mapper-libs,glibc||GPL+|Partition device manager for device-mapper devices
krb5-libs|1.15.1-50.el7|x|*b|809|1969|bash,coreutils,gawk,glibc,grep,keyutils-libs,libcom_err,libselinux,libverto,openssl-libs,sed||MIT|The non-admin shared libraries used by Kerberos 5
libacl|2.2.51-15.el7|x|*b|27|37|glibc,libattr||LGPLv2+|Dynamic library for access control list support
libassuan|2.1.0-3.el7|x|*b|63|152|glibc,libgpg-error||LGPLv2+ and GPLv3+|GnuPG IPC library
libattr|2.4.46-13.el7|x|*b|18|20|glibc||LGPLv2+|Dynamic library for extended attribute support
libblkid|2.23.2-65.el7|x|*b|183|258|glibc,libuuid||LGPLv2+|Block device ID library
libcap|2.22-11.el7|x|*b|47|111|glibc,libattr||LGPLv2+|Library for getting and setting POSIX.1e capabilities
libcap-ng|0.7.5-4.el7|x|*b|25|50|glibc||LGPLv2+|An alternate posix capabilities library
libcom_err|1.42.9-19.el7|x|*b|42|59|glibc||MIT|Common error description library
libcurl|7.29.0-59.el7|x|*b|223|431|glibc,krb5-libs,libcom_err,libidn,libssh2,nspr,nss,nss-pem,nss-util,openldap,openssl-libs,zlib||MIT|A library for getting files from web servers
libdb|5.3.21-25.el7|x|*b|720|1817|glibc||BSD and LGPLv2 and Sleepycat|The Berkeley DB database library for C
libdb-utils|5.3.21-25.el7|x|*b|132|326|glibc,libdb||BSD and LGPLv2 and Sleepycat|Command line tools for managing Berkeley DB databases
libffi|3.0.13-19.el7|x|*b|30|46|glibc||MIT and Public Domain|A portable foreign function interface library
libgcc|4.8.5-44.el7|x|*b|103|166|||GPLv3+ and GPLv3+ with exceptions and GPLv2+ with exceptions and LGPLv2+ and BSD|GCC version 4.8 shared support library
libgcrypt|1.5.3-14.el7|x|*b|263|563|glibc,libgpg-error||LGPLv2+|A general-purpose cryptography library
libgpg-error|1.12-3.el7|x|*b|87|335|glibc||LGPLv2+|Library for error values used by GnuPG components
libidn|1.28-4.el7|x|*b|209|633|glibc,info||LGPLv2+ and GPLv3+ and GFDL|Internationalized Domain Name support library
libmount|2.23.2-65.el7|x|*b|185|249|glibc,libblkid,libselinux,libuuid||LGPLv2+|Device mounting library
libpwquality|1.2.3-5.el7|x|*b|85|313|cracklib,glibc,pam||BSD or GPLv2+|A library for password generation and password quality checking
libselinux|2.5-15.el7|x|*b|162|212|glibc,libsepol,pcre||Public Domain|SELinux library and simple utilities
libsemanage|2.5-14.el7|x|*b|151|290|audit-libs,bzip2-libs,glibc,libselinux,libsepol,ustr||LGPLv2+|SELinux binary policy manipulation library
libsepol|2.5-10.el7|x|*b|297|669|glibc||LGPLv2+|SELinux binary policy manipulation library
libsmartcols|2.23.2-65.el7|x|*b|143|155|glibc||LGPLv2+|Formatting library for ls-like programs.
libssh2|1.8.0-4.el7|x|*b|88|194|glibc,libgcrypt,openssl-libs,zlib||BSD|A library implementing the SSH2 protocol
libstdc++|4.8.5-44.el7|x|*b|306|991|glibc,libgcc||GPLv3+ and GPLv3+ with exceptions and GPLv2+ with exceptions and LGPLv2+ and BSD|GNU Standard C++ Library
libtasn1|4.10-1.el7|x|*b|320|505|glibc||GPLv3+ and LGPLv2+|The ASN.1 library used in GNUTLS
libuser|0.60-9.el7|x|*b|400|1958|glib2,glibc,libselinux,openldap,pam,popt||LGPLv2+|A user and group account administration library
libutempter|1.1.6-4.el7|x|*b|25|48|glibc,shadow-utils||LGPLv2+|A privileged helper for utmp/wtmp updates
libuuid|2.23.2-65.el7|x|*b|84|22|glibc||BSD|Universally unique ID library
libverto|0.2.5-4.el7|x|*b|16|23|glibc||MIT|Main loop abstraction library
libxml2|2.9.1-6.el7.5|x|*b|668|1749|glibc,xz-libs,zlib||MIT|Library providing XML and HTML support
libxml2-python|2.9.1-6.el7.5|x|*b|247|1390|glibc,libxml2,python||MIT|Python bindings for the libxml2 library
lua|5.1.4-15.el7|x|*b|201|641|glibc,ncurses-libs,readline||MIT|Powerful light-weight programming language
lz4|1.8.3-1.el7|x|*b|85|331|glibc||GPLv2+ and BSD|Extremely fast compression algorithm
ncurses|5.9-14.20130511.el7_4|x|*b|304|439|glibc,ncurses-libs||MIT|Ncurses support utilities
ncurses-base|5.9-14.20130511.el7_4|n|*b|68|223|||MIT|Descriptions of common terminals
ncurses-libs|5.9-14.20130511.el7_4|x|*b|316|992|glibc,ncurses-base||MIT|Ncurses libraries
nspr|4.25.0-2.el7_9|x|*b|127|281|glibc||MPLv2.0|Netscape Portable Runtime
nss|3.53.1-3.el7_9|x|*b|869|2412|glibc,nspr,nss-pem,nss-softokn,nss-sysinit,nss-util||MPLv2.0|Network Security Services
nss-pem|1.0.3-7.el7|x|*b|74|202|glibc,nspr,nss||MPLv1.1|PEM file reader for Network Security Services (NSS)
nss-softokn|3.53.1-6.el7_9|x|*b|354|1144|glibc,nspr,nss-softokn-freebl,nss-util,sqlite||MPLv2.0|Network Security Services Softoken Module
nss-softokn-freebl|3.53.1-6.el7_9|x|*b|322|861|bash,glibc,nspr,nss-util||MPLv2.0|Freebl library for the Network Security Services
nss-sysinit|3.53.1-3.el7_9|x|*b|65|14|coreutils,glibc,nspr,nss,nss-util,sed||MPLv2.0|System NSS Initialization
nss-tools|3.53.1-3.el7_9|x|*b|535|1971|glibc,nspr,nss,nss-softokn,nss-util,zlib||MPLv2.0|Tools for the Network Security Services
nss-util|3.53.1-1.el7_9|x|*b|79|195|glibc,nspr||MPLv2.0|Network Security Services Utilities Library
openldap|2.4.44-22.el7|x|*b|356|1032|cyrus-sasl-lib,glibc,nspr,nss,nss-tools,nss-util||OpenLDAP|LDAP support libraries
openssl-libs|1:1.0.2k-19.el7|x|*b|1228|3134|ca-certificates,glibc,krb5-libs,libcom_err,zlib||OpenSSL|A general purpose cryptography library with TLS implementation
p11-kit|0.23.5-3.el7|x|*b|252|1308|glibc,libffi||BSD|Library for loading and sharing PKCS#11 modules
p11-kit-trust|0.23.5-3.el7|x|*b|129|436|chkconfig,glibc,libtasn1,nss-softokn-freebl,p11-kit||BSD|System trust module from p11-kit
pam|1.1.8-23.el7|x|*b|721|2528|audit-libs,coreutils,cracklib,cracklib-dicts,glibc,libdb,libpwquality,libselinux,setup||BSD and GPLv2+|An extensible library which provides authentication for applications
passwd|0.79-6.el7|x|*b|106|416|audit-libs,glib2,glibc,libselinux,libuser,pam,popt||BSD or GPL+|An utility for setting or changing passwords using PAM
pcre|8.32-17.el7|x|*b|422|1445|glibc,libgcc,libstdc++||BSD|Perl-compatible regular expression library
pinentry|0.8.1-17.el7|x|*b|73|152|glibc,info,ncurses-libs||GPLv2+|Collection of simple PIN or passphrase entry dialogs
pkgconfig|1:0.27.1-4.el7|x|*b|54|103|glib2,glibc||GPLv2+|A tool for determining compilation options
popt|1.13-16.el7|x|*b|42|87|glibc||MIT|C library for parsing command line parameters
procps-ng|3.3.10-28.el7|x|*b|291|749|glibc,ncurses-libs,systemd-libs||GPL+ and GPLv2 and GPLv2+ and GPLv3+ and LGPLv2+|System and process monitoring utilities
pth|2.0.7-23.el7|x|*b|89|261|glibc||LGPLv2+|The GNU Portable Threads library
pygpgme|0.3-9.el7|x|*b|63|186|glibc,gpgme,python||LGPLv2+|Python module for working with OpenPGP messages
pyliblzma|0.5.3-11.el7|x|*b|47|176|glibc,python,xz-libs||LGPLv3+|Python bindings for lzma
python|2.7.5-89.el7|x|*b|96|79|glibc,python-libs||Python|An interpreted, interactive, object-oriented programming language
python-chardet|2.2.1-3.el7|n|*b|227|1111|python||LGPLv2|Character encoding auto-detection in Python
python-gobject-base|3.22.0-1.el7_4.1|x|*b|294|1120|glib2,glibc,gobject-introspection,libffi,python||LGPLv2+ and MIT|Python 2 bindings for GObject Introspection base package
python-iniparse|0.4-9.el7|n|*b|39|113|python||MIT|Python Module for Accessing and Modifying Configuration Data in INI files
python-kitchen|1.1.1-5.el7|n|*b|267|1454|python,python-chardet||LGPLv2+|Small, useful pieces of code to make python coding easier
python-libs|2.7.5-89.el7|x|*b|5760|24180|bzip2-libs,expat,gdbm,glibc,libdb,libffi,ncurses-libs,nss,openssl-libs,readline,sqlite,zlib||Python|Runtime libraries for Python
python-pycurl|7.19.0-19.el7|x|*b|80|235|glibc,keyutils-libs,krb5-libs,libcom_err,libcurl,openssl-libs,python,zlib||LGPLv2+ or MIT|A Python interface to libcurl
python-urlgrabber|3.10-10.el7|n|*b|108|490|python,python-pycurl,pyxattr||LGPLv2+|A high-level cross-protocol url-grabber
pyxattr|0.5.1-5.el7|x|*b|28|61|glibc,libattr,python||LGPLv2+|Extended attributes library wrapper for Python
qrencode-libs|3.4.1-3.el7|x|*b|50|126|glibc||LGPLv2+|QR Code encoding library - Shared libraries
readline|6.2-11.el7|x|*b|193|460|glibc,info,ncurses-libs||GPLv3+|A library for editing typed command lines
rootfiles|8.1-11.el7|n|*b|7|1|||Public Domain|The basic required files for the root user's directory
rpm|4.11.3-45.el7|x|*b|1229|2617|bash,bzip2-libs,coreutils,curl,elfutils-libelf,glibc,libacl,libcap,libdb,libdb-utils,lua,nss,popt,rpm-libs,xz-libs,zlib||GPLv2+|The RPM package management system
rpm-build-libs|4.11.3-45.el7|x|*b|107|167|elfutils-libelf,file-libs,glibc,rpm-libs||GPLv2+ and LGPLv2+ with exceptions|Libraries for building and signing RPM packages
rpm-libs|4.11.3-45.el7|x|*b|278|613|bzip2-libs,elfutils-libelf,glibc,libacl,libcap,libdb,lua,nss,popt,rpm,xz-libs,zlib||GPLv2+ and LGPLv2+ with exceptions|Libraries for manipulating RPM packages
rpm-python|4.11.3-45.el7|x|*b|84|149|glibc,python,rpm-build-libs,rpm-libs||GPLv2+|Python bindings for apps which will manipulate RPM packages
sed|4.2.2-7.el7|x|*b|231|602|glibc,libacl,libselinux||GPLv3+|A GNU stream text editor
setup|2.8.71-11.el7|n|*b|166|681|centos-release||Public Domain|A set of system configuration and setup files
shadow-utils|2:4.6-5.el7|x|*b|1229|3439|audit-libs,glibc,libacl,libattr,libselinux,libsemanage,setup||BSD and GPLv2+|Utilities for managing accounts and shadow password files
shared-mime-info|1.8-5.el7|x|*b|312|2328|coreutils,glib2,glibc,libxml2||GPLv2+|Shared MIME information database
sqlite|3.7.17-8.el7_7.1|x|*b|394|819|glibc,ncurses-libs,readline||Public Domain|Library that implements an embeddable SQL database engine
systemd|219-78.el7|x|*b|5222|24478|acl,audit-libs,bash,coreutils,cryptsetup-libs,dbus,elfutils-libs,glibc,kmod-libs,libacl,libblkid,libcap,libgcrypt,libselinux,lz4,pam,qrencode-libs,systemd-libs,util-linux,xz-libs||LGPLv2+ and MIT and GPLv2+|A System and Service Manager
systemd-libs|219-78.el7|x|*b|418|1264|glibc,libcap,libgcc,libgcrypt,libselinux,lz4,xz-libs||LGPLv2+ and MIT|systemd libraries
tar|2:1.26-35.el7|x|*b|846|2838|glibc,info,libacl,libselinux||GPLv3+|A GNU file archiving program
tzdata|2020d-2.el7|n|*b|500|1910|||Public Domain|Timezone data
ustr|1.0.4-16.el7|x|*b|92|280|glibc||MIT or LGPLv2+ or BSD|String library, very low memory overhead, simple to import
util-linux|2.23.2-65.el7|x|*b|2048|8504|audit-libs,glibc,libblkid,libcap-ng,libmount,libselinux,libsmartcols,libutempter,libuuid,ncurses-libs,pam,systemd-libs||GPLv2 and GPLv2+ and LGPLv2+ and BSD with advertising and Public Domain|A collection of basic system utilities
vim-minimal|2:7.4.629-7.el7|x|*b|442|917|glibc,libacl,libattr,libselinux||Vim|A minimal version of the VIM editor
xz|5.2.2-1.el7|x|*b|229|781|glibc,xz-libs||LGPLv2+|LZMA compression utilities
xz-libs|5.2.2-1.el7|x|*b|103|238|glibc||LGPLv2+|Libraries for decoding LZMA compression
yum|3.4.3-168.el7.centos|n|*b|1229|5580|cpio,gpgme,pygpgme,pyliblzma,python,python-iniparse,python-urlgrabber,pyxattr,rpm,rpm-python,yum-metadata-parser,yum-plugin-fastestmirror||GPLv2+|RPM package installer/updater/manager
yum-metadata-parser|1.1.4-10.el7|x|*b|28|58|glib2,glibc,libxml2,python,sqlite||GPLv2|A fast metadata parser for yum
yum-plugin-fastestmirror|1.1.31-54.el7_8|n|*b|34|53|yum||GPLv2+|Yum plugin which chooses fastest repository from a mirrorlist
yum-plugin-ovl|1.1.31-54.el7_8|n|*b|28|22|yum||GPLv2+|Yum plugin to work around overlayfs issues
yum-utils|1.1.31-54.el7_8|n|*b|122|337|libxml2-python,python,python-kitchen,yum||GPLv2+|Utilities based around the yum package manager
zlib|1.2.7-18.el7|x|*b|90|180|glibc||zlib and Boost|The compression and decompression library
bash|4.2.46-35.el7_9|x|u|1038|3523|glibc,ncurses-libs||GPLv3+|The GNU Bourne Again shell
curl|7.29.0-59.el7_9.2|x|u|271|540|glibc,libcurl,nspr,nss,openssl-libs,zlib||MIT|A utility for getting files from remote servers (FTP, HTTP, and others)
libcurl|7.29.0-59.el7_9.2|x|u|223|431|glibc,krb5-libs,libcom_err,libidn,libssh2,nspr,nss,nss-pem,nss-util,openldap,openssl-libs,zlib||MIT|A library for getting files from web servers
tzdata|2024a-1.el7|n|u|500|1910|||Public Domain|Timezone data
vim-minimal|2:7.4.629-8.el7_9|x|u|443|917|glibc,libacl,libattr,libselinux||Vim|A minimal version of the VIM editor
apr|1.4.8-7.el7|x|b|104|226|glibc,libuuid||ASL 2.0 and BSD with advertising and ISC and BSD|Apache Portable Runtime library
apr-util|1.5.2-6.el7_9.1|x|u|92|198|apr,expat,glibc,libdb||ASL 2.0|Apache Portable Runtime Utility library
bind-libs|32:9.11.4-26.P2.el7_9.15|x|u|161|308|bind-license,glibc,libxml2,openssl-libs,zlib||MPLv2.0|Libraries used by the BIND DNS packages
bind-license|32:9.11.4-26.P2.el7_9.15|n|u|92|27|||MPLv2.0|License of the BIND DNS suite
bind-utils|32:9.11.4-26.P2.el7_9.15|x|u|262|590|bind-libs,glibc,krb5-libs,libcom_err,libxml2,openssl-libs,zlib||MPLv2.0|Utilities for querying DNS name servers
centos-logos|70.0.6-3.el7.centos|n|b|22118|22563|||Copyright © 2014 The CentOS Project.  All rights reserved.|CentOS-related icons and pictures
epel-release|7-11|n|e|15|24|||GPLv2|Extra Packages for Enterprise Linux repository configuration
ethtool|2:4.8-10.el7|x|b|128|312|glibc||GPLv2|Ethernet settings tool for PCI ethernet cards
file|5.11-37.el7|x|b|57|66|file-libs,glibc||BSD|A utility for determining file types
git|1.8.3.1-25.el7_9|x|u|4506|22810|expat,glibc,less,libcurl,libgnome-keyring,openssh-clients,perl,perl-Error,perl-Git,perl-TermReadKey,rsync,zlib||GPLv2|Fast Version Control System
libgnome-keyring|3.12.0-1.el7|x|b|109|449|dbus-libs,glib2,glibc,libgcrypt||GPLv2+ and LGPLv2+|Framework for managing passwords and other secrets
perl|4:5.16.3-299.el7_9|x|u|8192|22530|glibc||(GPL+ or Artistic) and (GPLv2+ or Artistic) and BSD and Public Domain and UCD|Practical Extraction and Report Language
perl-Error|1:0.17020-2.el7|n|b|32|50|perl||(GPL+ or Artistic) and MIT|Error/exception handling in an OO-ish way
perl-Git|1.8.3.1-25.el7_9|n|u|56|58|git,perl,perl-Error||GPLv2|Perl interface to Git
perl-TermReadKey|2.30-20.el7|x|b|31|60|glibc,perl||(Copyright only) and (Artistic or GPL+)|A perl module for simple terminal control
gpm-libs|1.20.7-6.el7|x|b|32|62|glibc||GPLv2+|Dynamic library for for the gpm
httpd-tools|2.4.6-99.el7.centos.1|x|u|94|168|apr,apr-util,expat,glibc,libdb,openldap,openssl-libs||ASL 2.0|Tools for use with the Apache HTTP Server
iproute|4.11.0-30.el7|x|b|805|1751|glibc,iptables,libdb,libmnl,libnetfilter_conntrack,libselinux||GPLv2+ and Public Domain|Advanced IP routing and network device configuration tools
iptables|1.4.21-35.el7|x|b|432|1516|glibc,libmnl,libnetfilter_conntrack,libnfnetlink,libpcap||GPLv2|Tools for managing Linux kernel packet filtering capabilities
less|458-9.el7|x|b|120|210|glibc,groff-base,ncurses-libs||GPLv3+|A text file browser similar to more, but better
groff-base|1.22.2-8.el7|x|b|942|3420|glibc,libgcc,libstdc++||GPLv3+ and GFDL and BSD and MIT|Parts of the groff formatting system required to display manual pages
libedit|3.0-12.20121213cvs.el7|x|b|92|246|glibc,ncurses-libs||BSD|The NetBSD Editline library
libmnl|1.0.3-7.el7|x|b|23|46|glibc||LGPLv2+|A minimalistic Netlink library
libnetfilter_conntrack|1.0.6-1.el7_3|x|b|55|160|glibc,libmnl,libnfnetlink||GPLv2+|Netfilter conntrack userspace library
libnfnetlink|1.0.1-4.el7|x|b|26|49|glibc||GPLv2+|Netfilter netlink userspace library
libpcap|14:1.5.3-13.el7_9|x|u|139|317|glibc||BSD with advertising|A system-independent interface for user-level packet capture
lsof|4.87-6.el7|x|b|331|927|glibc,libselinux||zlib and Sendmail and LGPLv2+|A utility which lists open files on a Linux/UNIX system
mailcap|2.1.41-2.el7|n|b|31|62|||Public Domain and MIT|Helper application and MIME type associations for file types
nano|2.3.1-10.el7|x|b|440|1628|glibc,info,ncurses-libs||GPLv3+|A small text editor
net-tools|2.0-0.25.20131004git.el7|x|b|306|939|glibc,libselinux,systemd||GPLv2+|Basic networking tools
nmap-ncat|2:6.40-19.el7|x|b|206|423|glibc,libpcap,openssl-libs||GPLv2 and LGPLv2+ and GPLv2+ and BSD|Nmap's Netcat replacement|+nc,+nc6,+ncat
fipscheck|1.4.1-6.el7|x|b|21|46|fipscheck-lib,glibc||BSD|A library for integrity verification of FIPS validated modules
fipscheck-lib|1.4.1-6.el7|x|b|11|11|fipscheck,glibc||BSD|Library files for fipscheck
openssh|7.4p1-23.el7_9|x|u|513|1996|audit-libs,fipscheck-lib,glibc,libselinux,openssl-libs,zlib||BSD|An open source implementation of SSH protocol versions 1 and 2
openssh-clients|7.4p1-23.el7_9|x|u|655|2550|fipscheck-lib,glibc,krb5-libs,libcom_err,libedit,libselinux,openssh,openssl-libs,zlib||BSD|An open source SSH client applications
psmisc|22.20-17.el7|x|b|141|475|glibc,libselinux,ncurses-libs||GPLv2+|Utilities for managing processes on your system
rsync|3.1.2-12.el7_9|x|u|408|815|glibc,libacl,libattr,popt||GPLv3+|A program for synchronizing files over a network
strace|4.24-7.el7_9|x|u|920|1582|bash,glibc||LGPL-2.1+ and GPL-2.0+|Tracks and displays system calls associated with a running process
sudo|1.8.23-10.el7_9.3|x|u|844|3021|audit-libs,glibc,openldap,pam,vim-minimal,zlib||ISC|Allows restricted root access for specified users
tcpdump|14:4.9.2-4.el7_7.1|x|b|422|1080|glibc,libpcap,openssl-libs||BSD with advertising|A network traffic monitoring tool
telnet|1:0.17-66.el7|x|u|64|113|glibc,ncurses-libs||BSD|The client program for the Telnet remote login protocol
traceroute|3:2.0.22-2.el7|x|b|59|92|glibc||GPLv2+|Traces the route taken by packets over an IPv4/IPv6 network
tree|1.6.0-10.el7|x|b|46|87|glibc||GPLv2+|File system tree viewer
unzip|6.0-24.el7_9|x|u|172|365|bzip2-libs,glibc||BSD|A utility for unpacking zip files
vim-common|2:7.4.629-8.el7_9|x|u|6041|21780|glibc,vim-filesystem||Vim|The common files needed by any version of the VIM editor
vim-enhanced|2:7.4.629-8.el7_9|x|u|1085|2222|glibc,gpm-libs,libacl,libselinux,ncurses-libs,perl,vim-common,which||Vim|A version of the VIM editor which includes recent enhancements|vim
vim-filesystem|2:7.4.629-8.el7_9|x|u|11|0|||Vim|VIM filesystem layout
wget|1.14-18.el7_6.1|x|b|547|2016|glibc,libidn,libuuid,openssl-libs,pcre,zlib||GPLv3+|A utility for retrieving files using the HTTP or FTP protocols
which|2.20-7.el7|x|b|41|75|glibc,info||GPLv3|Displays where a particular program in your path is located
`;
