/**
 * Packages of Alpine 3.22, one a line: `name|version|b base, m main, c community|KiB of the package|KiB installed|needs|programs|summary`.
 */
export const ALPINE_TABLE = `
alpine-baselayout|3.7.0-r0|b|8|404|alpine-baselayout-data,busybox-binsh||Alpine base dir structure and init scripts
alpine-baselayout-data|3.7.0-r0|b|11|32|||Alpine base dir structure and init scripts
alpine-keys|2.5-r0|b|13|124|||Public keys for Alpine Linux packages
alpine-release|3.22.1-r0|b|3|28|alpine-keys||Alpine release data
apk-tools|2.14.9-r2|b|35|72|ca-certificates-bundle,libapk2,libcrypto3,musl,zlib||Alpine Package Keeper - package manager for alpine
busybox|1.37.0-r18|b|500|940|musl,ssl_client||Size optimized toolbox of many common UNIX utilities
busybox-binsh|1.37.0-r18|b|2|4|busybox||busybox ash /bin/sh
ca-certificates-bundle|20250619-r0|b|125|232|||Pre generated bundle of Mozilla certificates
libapk2|2.14.9-r2|b|113|328|libcrypto3,libssl3,musl,zlib||Alpine Package Keeper - library
libcrypto3|3.5.1-r0|b|1790|4480|musl||Crypto library from openssl
libssl3|3.5.1-r0|b|352|852|musl,libcrypto3||SSL shared libraries
musl|1.2.5-r10|b|398|648|||the musl c library (libc) implementation
musl-utils|1.2.5-r10|b|37|132|scanelf,musl||the musl c library (libc) implementation
scanelf|1.3.8-r1|b|35|84|musl||Scan ELF binaries for stuff
ssl_client|1.37.0-r18|b|4|28|musl,libcrypto3,libssl3||External ssl_client for busybox wget
zlib|1.3.1-r2|b|52|108|musl||A compression/decompression Library
bash|5.2.37-r0|m|453|1328|readline,musl|bin/bash|The GNU Bourne Again shell
bind-tools|9.20.10-r0|m|119|316|musl|dig,host,nslookup|The ISC DNS tools
bridge-utils|1.7.1-r3|m|22|76|musl|usr/sbin/brctl|Tools for configuring the Linux kernel 802.1d Ethernet Bridge
brotli-libs|1.1.0-r2|m|372|928|musl||Generic lossless compressor (libraries)
busybox-extras|1.37.0-r18|m|54|148|musl|usr/bin/telnet,usr/bin/ftpget|Additional binaries of Busybox
c-ares|1.34.5-r0|m|96|232|musl||Asynchronously DNS/names resolver library
ca-certificates|20250619-r0|m|153|676|busybox,musl,libcrypto3||Common CA certificates PEM files from Mozilla
conntrack-tools|1.4.8-r0|m|121|340|musl|usr/sbin/conntrack|Connection tracking userspace tools
coreutils|9.7-r1|m|523|1152|musl||The basic file, shell and text manipulation utilities
curl|8.14.1-r1|m|147|284|ca-certificates,libcurl,musl,zlib|curl|URL retrieval utility and library
docker-cli|28.3.3-r1|c|11700|35000|ca-certificates|docker|Docker CLI
ethtool|6.14-r0|m|216|640|musl|usr/sbin/ethtool|Display or change Ethernet device settings
gawk|5.3.2-r0|m|489|1376|musl,readline|gawk|GNU awk pattern-matching language
git|2.49.1-r0|m|3100|12700|musl,libcurl,libexpat,pcre2,zlib|git|Distributed version control system
htop|3.4.1-r0|m|89|232|ncurses-libs,musl|htop|Interactive process viewer
iperf3|3.19-r0|m|96|260|musl,libcrypto3|iperf3|A tool to measure IP bandwidth using UDP or TCP
ipset|7.24-r0|m|24|72|musl|usr/sbin/ipset|Manage Linux IP sets
iptables|1.8.11-r1|m|216|1800|musl|usr/sbin/iptables,usr/sbin/iptables-save,usr/sbin/iptables-restore|Linux kernel firewall, NAT and packet mangling tools
iputils|20240905-r0|m|2|4|iputils-ping||IP Configuration Utilities (and Ping)
iputils-ping|20240905-r0|m|32|80|musl|bin/ping|IP Configuration Utilities (and Ping) - ping
ipvsadm|1.31-r3|m|26|68|musl|sbin/ipvsadm|IPVS administration utility
iproute2|6.15.0-r0|m|3|4|iproute2-minimal,iproute2-ss,iproute2-tc||IP Routing Utilities
iproute2-minimal|6.15.0-r0|m|266|668|musl|sbin/ip|IP Routing Utilities (minimal)
iproute2-ss|6.15.0-r0|m|53|140|musl|bin/ss|IP Routing Utilities (ss)
iproute2-tc|6.15.0-r0|m|217|572|musl|sbin/tc|IP Routing Utilities (tc)
jq|1.8.0-r0|m|168|432|oniguruma,musl|jq|A lightweight and flexible command-line JSON processor
kubectl|1.33.1-r2|c|16400|56000|musl|kubectl|Kubernetes tools and utilities
less|678-r0|m|106|256|ncurses-libs,musl|less|File pager
libcurl|8.14.1-r1|m|310|632|brotli-libs,c-ares,libcrypto3,libidn2,libpsl,musl,nghttp2-libs,libssl3,zlib,zstd-libs||The multiprotocol file transfer library
libexpat|2.7.1-r0|m|70|184|musl||XML Parser library written in C (libraries)
libidn2|2.3.7-r0|m|99|232|libunistring,musl||Encode/Decode library for internationalized domain names
libpcap|1.10.5-r1|m|133|328|musl||System-independent interface for user-level packet capture
libpsl|0.21.5-r3|m|58|100|libidn2,libunistring,musl||C library for the Publix Suffix List
libunistring|1.3-r0|m|681|1788|musl||Library for manipulating Unicode strings and C strings
make|4.4.1-r3|m|101|260|musl|make|GNU make utility to maintain groups of programs
nano|8.4-r0|m|300|876|ncurses-libs,musl|nano|Enhanced clone of the Pico text editor
ncurses-libs|6.5_p20250503-r0|m|119|292|ncurses-terminfo-base,musl||Ncurses libraries
ncurses-terminfo-base|6.5_p20250503-r0|m|21|88|||Descriptions of common terminals
netcat-openbsd|1.229.1-r0|m|22|56|musl|nc|The TCP/IP swiss army knife - OpenBSD variant
nghttp2-libs|1.65.0-r0|m|74|176|musl||Experimental HTTP/2 client, server and proxy (libraries)
nginx|1.28.0-r3|m|586|1424|musl,libcrypto3,pcre2,libssl3,zlib|usr/sbin/nginx|HTTP and reverse proxy server
nmap|7.97-r0|m|1800|5300|libpcap,musl|nmap|Network exploration tool and security/port scanner
oniguruma|6.9.10-r0|m|205|572|musl||Regular expressions library
openssh-client|10.0_p1-r7|m|3|4|openssh-client-default||OpenBSD's SSH client
openssh-client-default|10.0_p1-r7|m|352|848|musl,libcrypto3,zlib|ssh,scp|OpenBSD's SSH client
openssl|3.5.1-r0|m|360|860|musl,libcrypto3,libssl3|openssl|Toolkit for Transport Layer Security (TLS)
pcre2|10.43-r1|m|264|676|musl||Perl-compatible regular expression library
procps-ng|4.0.4-r3|m|156|420|ncurses-libs,musl|ps,top,free,pgrep,pkill,watch,vmstat|Utilities for monitoring your system and processes on your system
python3|3.12.11-r0|m|7400|29400|libcrypto3,libexpat,musl,readline,zlib|python3|High-level scripting language
readline|8.2.13-r1|m|143|316|ncurses-libs,musl||GNU readline library
redis|8.0.2-r0|m|1200|3500|musl,libcrypto3,libssl3|redis-server,redis-cli|Advanced key-value store
rsync|3.4.1-r0|m|245|572|musl,zlib|rsync|A file transfer program to keep remote files in sync
socat|1.8.0.3-r1|m|155|424|readline,libcrypto3,libssl3,musl|socat|Multipurpose relay for binary protocols
strace|6.14-r0|m|560|1948|musl|strace|Diagnostic, debugging and instructional userspace tracer
stress-ng|0.19.00-r0|c|2700|9500|musl|stress-ng|Stress test for computer systems
sudo|1.9.17_p2-r0|c|733|2900|musl,zlib|sudo|Give certain users the ability to run some commands as root
tcpdump|4.99.5-r1|m|512|1360|libpcap,musl,libcrypto3|tcpdump|A tool for network monitoring and data acquisition
tini|0.19.0-r3|c|8|28|musl|sbin/tini|Tiny but valid init for containers
tmux|3.5a-r1|m|417|1100|ncurses-libs,musl|tmux|Tool to control multiple terminals from one terminal
tree|2.2.1-r0|m|37|100|musl|tree|Recursive directory indented listing of files
tzdata|2025b-r0|m|470|3200|||Timezone data
util-linux|2.41-r9|m|3|8|musl||Random collection of Linux utilities
vim|9.1.1415-r0|m|1100|2900|ncurses-libs,musl|vim|Improved vi-style text editor
wget|1.25.0-r1|m|181|524|libidn2,musl,libcrypto3,libssl3,zlib|wget|Network utility to retrieve files from the Web
zstd-libs|1.5.7-r0|m|321|812|musl||Zstandard - Fast real-time compression algorithm (libraries)
`;
