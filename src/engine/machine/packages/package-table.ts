/**
 * What the archive of Debian and Ubuntu holds here, one package a line:
 * `name|section|priority and component|installed KiB|bytes of the .deb|dependencies|summary|version in 12|in 24.04|in 13`.
 * Sizes and dependencies (those that are in the table) are Debian 12's. A package without a version in 13 has that of 12.
 */
export const PACKAGE_TABLE = `
apt|admin|r|4232|1373116|adduser,gpgv,debian-archive-keyring,libc6,libgcc-s1,libsystemd0|commandline package manager|2.6.2|2.8.3|3.0.3
base-files|admin|r|341|70936||Debian base system miscellaneous files|12.4+deb12u15|13ubuntu10.3|13.8+deb13u1
base-passwd|admin|r|247|59972|libc6|Debian base system master password and group files|3.6.1|3.6.3build1|
bash|shells|r|7164|1490652|libc6,libtinfo6,base-files,debianutils|GNU Bourne Again SHell|5.2.15-2+b13|5.2.21-2ubuntu4|5.2.37-2+b5
bsdutils|utils|r|355|94412|libc6,libsystemd0|basic utilities from 4.4BSD-Lite|1:2.38.1-5+deb12u3|1:2.39.3-9ubuntu6.3|
coreutils|utils|r|18062|2896560|libc6|GNU core utilities|9.1-1|9.4-3ubuntu6.1|9.7-3
dash|shells|r|191|91848|libc6,debianutils,dpkg|POSIX-compliant shell|0.5.12-2|0.5.12-6ubuntu5|0.5.12-12
debconf|admin|r|491|121212||Debian configuration management system|1.5.82|1.5.86ubuntu1|
debian-archive-keyring|misc|i|293|178572||GnuPG archive keys of the Debian archive|2023.3+deb12u2|2023.11.28.1|
debianutils|utils|r|243|102588|libc6|Miscellaneous utilities specific to Debian|5.7-0.5~deb12u1|5.17build1|
diffutils|utils|r|1598|351740|libc6|File comparison utilities|1:3.8-4|1:3.10-1build1|
dpkg|admin|r|6409|1567804|libc6,zlib1g,tar|Debian package management system|1.21.23|1.22.6ubuntu6.5|1.22.21
e2fsprogs|admin|r|1497|571920|libc6,logsave|ext2/ext3/ext4 file system utilities|1.47.0-2+b2|1.47.0-2.4~exp1ubuntu4.1|
findutils|utils|r|1746|635500|libc6|utilities for finding files--find, xargs|4.9.0-4|4.9.0-5build1|4.10.0-3
gpgv|utils|i|918|648768|libc6,zlib1g|GNU privacy guard - signature verification tool|2.2.40-1.1+deb12u2|2.4.4-2ubuntu17.3|
grep|utils|r|1245|421444|libc6,dpkg|GNU grep, egrep and fgrep|3.8-5|3.11-4build1|3.11-4
gzip|utils|r|252|140364|libc6,dpkg|GNU compression utilities|1.12-1|1.12-1ubuntu3.1|1.13-1
hostname|admin|r|46|10500|libc6|utility to set/show the host name or domain name|3.23+nmu1|3.23+nmu2ubuntu2|
init-system-helpers|admin|r|133|39020||helper tools for all init systems|1.65.2+deb12u1|1.66ubuntu1|
libc-bin|libs|r|2042|609144|libc6|GNU C Library: Binaries|2.36-9+deb12u14|2.39-0ubuntu8.6|2.41-12
libc6|libs|o|13001|2759320|libgcc-s1|GNU C Library: Shared libraries|2.36-9+deb12u14|2.39-0ubuntu8.6|2.41-12
libgcc-s1|libs|o|140|49856|libc6|GCC support library|12.2.0-14+deb12u1|14.2.0-4ubuntu2~24.04|
libssl3|libs|o|6042|2039888|libc6|Secure Sockets Layer toolkit - shared libraries|3.0.22-1~deb12u2|3.0.13-0ubuntu3.6|3.5.1-1
login|admin|r|2550|616084|libc6|system login tools|1:4.13+dfsg1-1+deb12u2|1:4.13+dfsg1-4ubuntu3.2|
logsave|admin|o|50|19876|libc6|save the output of a command in a log file|1.47.0-2+b2|1.47.0-2.4~exp1ubuntu4.1|
mawk|interpreters|r|263|119144|libc6|Pattern scanning and text processing language|1.3.4.20200120-3.1|1.3.4.20240123-1build1|
mount|admin|r|393|134044|libc6|tools for mounting and manipulating filesystems|2.38.1-5+deb12u3|2.39.3-9ubuntu6.3|
ncurses-base|misc|r|379|261308||basic terminal type definitions|6.4-4|6.4+20240113-1ubuntu2|
ncurses-bin|utils|r|636|421400|libc6,libtinfo6|terminal-related programs and man pages|6.4-4|6.4+20240113-1ubuntu2|
passwd|admin|r|2827|972180|libc6|change and administer password and group data|1:4.13+dfsg1-1+deb12u2|1:4.13+dfsg1-4ubuntu3.2|
perl-base|perl|r|7643|1609596|libc6,dpkg|minimal Perl system|5.36.0-7+deb12u4|5.38.2-3.2ubuntu0.2|
procps|admin|i|2091|708712|libc6,libncursesw6,libtinfo6,init-system-helpers|/proc file system utilities|2:4.0.2-3|2:4.0.4-4ubuntu3.2|2:4.0.4-9
sed|utils|r|987|329092|libc6|GNU stream editor for filtering/transforming text|4.9-1+deb12u1|4.9-2build1|4.9-2
sysvinit-utils|admin|r|100|30996|libc6|System-V-like utilities|3.06-4|3.08-6ubuntu3|
tar|utils|r|3144|836288|libc6|GNU version of the tar archiving utility|1.34+dfsg-1.2+deb12u1|1.35+dfsg-3build1|1.35+dfsg-3.1
tzdata|localization|r|2571|307832|debconf|time zone and daylight-saving time data|2026f-0+deb12u1|2025b-0ubuntu0.24.04.1|
util-linux|utils|r|4978|1177276|libc6,libsystemd0,libtinfo6,zlib1g,util-linux-extra|miscellaneous system utilities|2.38.1-5+deb12u3|2.39.3-9ubuntu6.3|2.41-5
util-linux-extra|utils|s|366|110728|libc6|interactive login tools|2.38.1-5+deb12u3|2.39.3-9ubuntu6.3|
zlib1g|libs|o|168|86684|libc6|compression library - runtime|1:1.2.13.dfsg-1|1:1.3.dfsg-3.1ubuntu2.1|1:1.3.dfsg+really1.3.1-1+b1
libsystemd0|libs|o|909|332372|libc6|systemd utility library|252.39-1~deb12u2|255.4-1ubuntu8.11|
libncursesw6|libs|o|412|133824|libtinfo6,libc6|shared libraries for terminal handling (wide character support)|6.4-4|6.4+20240113-1ubuntu2|
libtinfo6|libs|o|541|331352|libc6|shared low-level terminfo library for terminal handling|6.4-4|6.4+20240113-1ubuntu2|
adduser|admin|i|686|183272|passwd|add and remove users and groups|3.134|3.137ubuntu1|
apache2|httpd|o|588|237772|init-system-helpers,apache2-bin,apache2-data,apache2-utils,perl,procps|Apache HTTP Server|2.4.71-1~deb12u1|2.4.58-1ubuntu8.8|2.4.65-2
apache2-bin|httpd|o|5144|1409916|perl,libc6,libcurl4,libssl3,zlib1g|Apache HTTP Server (modules and other binary files)|2.4.71-1~deb12u1|2.4.58-1ubuntu8.8|2.4.65-2
apache2-data|httpd|o|847|159880||Apache HTTP Server (common files)|2.4.71-1~deb12u1|2.4.58-1ubuntu8.8|2.4.65-2
apt-transport-https|admin|ou|35|3974|apt|transitional package for https support|2.6.1|2.8.3|3.0.3
apache2-utils|httpd|o|452|223608|libc6,libssl3|Apache HTTP Server (utility programs for web servers)|2.4.71-1~deb12u1|2.4.58-1ubuntu8.8|2.4.65-2
bash-completion|shells|s|1463|233912||programmable completion for the bash shell|1:2.11-6|1:2.11-8|
bc|math|o|241|109648|libc6|GNU bc arbitrary precision calculator language|1.07.1-3+b1|1.07.1-3ubuntu4|
bind9-dnsutils|net|s|501|158488|bind9-host,libc6|Clients provided with BIND 9|1:9.18.49-1~deb12u3|1:9.18.39-0ubuntu0.24.04.1|1:9.20.11-4
bind9-host|net|s|147|57620|libc6|DNS Lookup Utility|1:9.18.49-1~deb12u3|1:9.18.39-0ubuntu0.24.04.1|1:9.20.11-4
bridge-utils|net|o|114|34452|libc6|Utilities for configuring the Linux Ethernet bridge|1.7.1-1|1.7.1-1ubuntu2|
bsdextrautils|utils|o|337|86968|libc6,libtinfo6|extra utilities from 4.4BSD-Lite|2.38.1-5+deb12u3|2.39.3-9ubuntu6.3|
bzip2|utils|s|121|49804|libc6|high-quality block-sorting file compressor - utilities|1.0.8-5+b1|1.0.8-5.1build0.1|
ca-certificates|misc|s|388|160948|openssl,debconf|Common CA certificates|20250419~deb12u2|20240203|20250419
conntrack|net|ou|117|35240|libc6|Program to modify the conntrack tables|1:1.4.7-1+b2|1:1.4.8-1ubuntu1|
containerd|admin|o|98393|25903404|runc,libc6|open and reliable container runtime|1.6.20~ds1-1+deb12u3|1.7.28-0ubuntu1~24.04.1|1.7.24~ds1-6+b4
cron|admin|i|217|73084|init-system-helpers,libc6|process scheduling daemon|3.0pl1-162|3.0pl1-184ubuntu2|
curl|web|o|489|315764|libc6,libcurl4,zlib1g|command line tool for transferring data with URL syntax|7.88.1-10+deb12u15|8.5.0-2ubuntu10.6|8.14.1-2
docker.io|admin|ou|147576|36256664|init-system-helpers,libc6,libsystemd0,adduser,containerd,iptables,runc,tini|Linux container runtime|20.10.24+dfsg1-1+deb12u1+b6|28.2.2-0ubuntu1~24.04.1|26.1.5+dfsg1-9+b4
dnsutils|net|o|26|14224|bind9-dnsutils|Transitional package for bind9-dnsutils|1:9.18.49-1~deb12u3|1:9.18.39-0ubuntu0.24.04.1|1:9.20.11-4
ethtool|net|o|668|196612|libc6|display or change Ethernet device settings|1:6.1-1|1:6.7-1build1|
file|utils|s|79|42472|libc6|Recognize the type of data in a file using "magic" numbers|1:5.44-3|1:5.45-3build1|
git|vcs|o|44890|7264380|libc6,zlib1g,perl|fast, scalable, distributed revision control system|1:2.39.5-0+deb12u3|1:2.43.0-1ubuntu7.3|1:2.47.2-0.2
gnupg|utils|o|886|846132|gpg,gpgv|GNU privacy guard - a free PGP replacement|2.2.40-1.1+deb12u2|2.4.4-2ubuntu17.3|
gpg|utils|o|1582|949888|libc6,zlib1g|GNU Privacy Guard -- minimalist public key operations|2.2.40-1.1+deb12u2|2.4.4-2ubuntu17.3|
htop|utils|o|378|152412|libc6,libncursesw6,libnl-3-200,libtinfo6|interactive processes viewer|3.2.2-2|3.3.0-4build1|3.4.1-5
iperf3|net|ou|86|33964|init-system-helpers,debconf,adduser,libc6|Internet Protocol bandwidth measuring tool|3.12-1+deb12u2|3.16-1build2|
ipset|net|ou|138|45656|libc6|administration tool for kernel IP sets|7.17-1|7.19-1ubuntu2|
iproute2|net|i|3516|1045828|debconf,libc6|networking and traffic control tools|6.1.0-3|6.1.0-1ubuntu6.2|6.15.0-1
iptables|net|o|2408|360192|libc6|administration tools for packet filtering and NAT|1.8.9-2|1.8.10-3ubuntu2|
inetutils-telnet|net|s|257|120880|libc6,libtinfo6|telnet client|2:2.4-2+deb12u3|2:2.5-3ubuntu4|
iputils-ping|net|i|121|47172|libc6|Tools to test the reachability of network hosts|3:20221126-1+deb12u1|3:20240117-1ubuntu0.1|3:20240905-3
iputils-tracepath|net|o|46|18060|libc6|Tools to trace the network path to a remote host|3:20221126-1+deb12u1|3:20240117-1ubuntu0.1|3:20240905-3
iputils-arping|net|o|50|20016|libc6|Tool to send ICMP echo requests to an ARP address|3:20221126-1+deb12u1|3:20240117-1ubuntu0.1|
ipvsadm|net|ou|128|41584|libc6,libnl-3-200|Linux Virtual Server support programs|1:1.31-1+b1|1:1.31-1ubuntu2|
jq|utils|o|111|64432|libjq1,libc6|lightweight and flexible command-line JSON processor|1.6-2.1+deb12u3|1.7.1-3ubuntu0.24.04.1|1.7.1-6+deb13u1
less|text|i|313|132044|libc6,libtinfo6|pager program similar to more|590-2.1~deb12u2|590-2ubuntu2.1|668-1
libcurl4|libs|o|840|392184|libc6,libssl3,zlib1g|easy-to-use client-side URL transfer library (OpenSSL flavour)|7.88.1-10+deb12u15|8.5.0-2ubuntu10.6|8.14.1-2
libnl-3-200|libs|o|182|63124|libc6|library for dealing with netlink sockets|3.7.0-0.2+b1|3.7.0-0.3build1.1|
libpcap0.8|libs|o|368|156700|libc6|system interface for user-level packet capture|1.10.3-1|1.10.4-4.1ubuntu3|
libjq1|libs|o|366|136460|libc6,libonig5|lightweight and flexible command-line JSON processor - shared library|1.6-2.1+deb12u3|1.7.1-3ubuntu0.24.04.1|1.7.1-6+deb13u1
libonig5|libs|o|666|187828|libc6|regular expressions library|6.9.8-1|6.9.9-1build1|6.9.9-1+b1
locales|localization|s|15847|3906316|libc-bin,debconf|GNU C Library: National Language (locale) data [support]|2.36-9+deb12u14|2.39-0ubuntu8.6|
lsb-release|misc|o|17|6416||Linux Standard Base version reporting utility (minimal implementation)|12.0-1|12.0-2|
lsof|utils|s|482|318268|libc6|utility to list open files|4.95.0-1|4.95.0-1build3|
man-db|doc|s|2963|1385848|bsdextrautils,debconf,libc6,zlib1g|tools for reading manual pages|2.11.2-2|2.12.0-4build2|
mtr-tiny|net|o|161|71756|libc6,libtinfo6|Full screen ncurses traceroute tool|0.95-1|0.95-1.1build2|
nano|editors|i|2804|689556|libc6,libncursesw6,libtinfo6|small, friendly text editor inspired by Pico|7.2-1+deb12u1|7.2-2ubuntu0.1|8.4-1
netcat-openbsd|net|o|108|41520|libc6|TCP/IP swiss army knife|1.219-1|1.226-1ubuntu2|
net-tools|net|o|978|243404|libc6|NET-3 networking toolkit|2.10-0.1+deb12u2|2.10-0.1ubuntu4.4|2.10-1.3
nginx|httpd|o|1335|531468|libc6,libssl3,zlib1g,iproute2,nginx-common|small, powerful, scalable web/proxy server|1.22.1-9+deb12u10|1.24.0-2ubuntu7.5|1.26.3-3+deb13u1
nginx-common|httpd|o|332|114932|debconf|small, powerful, scalable web/proxy server - common files|1.22.1-9+deb12u10|1.24.0-2ubuntu7.5|1.26.3-3+deb13u1
nmap|net|ou|4434|1897372|libc6,libgcc-s1,libpcap0.8,libssl3,zlib1g|The Network Mapper|7.93+dfsg1-1|7.94+git20230807.3be01efb1+dfsg-3build2|
openssh-client|net|s|5801|993532|adduser,passwd,libc6,libssl3,zlib1g|secure shell (SSH) client, for secure access to remote machines|1:9.2p1-2+deb12u10|1:9.6p1-3ubuntu13.14|
openssh-server|net|o|1930|456584|init-system-helpers,adduser,openssh-client,procps,debconf,libc6,libssl3,libsystemd0,zlib1g|secure shell (SSH) server, for secure access from remote machines|1:9.2p1-2+deb12u10|1:9.6p1-3ubuntu13.14|
openssl|utils|o|2315|1441784|libc6,libssl3|Secure Sockets Layer toolkit - cryptographic utility|3.0.22-1~deb12u2|3.0.13-0ubuntu3.6|3.5.1-1
pdsh|net|ou|309|108116|libc6,debconf,perl,openssh-client|Efficient rsh-like utility, for using hosts in parallel|2.34-0.2|2.34-0.2build2|
perl|perl|s|670|239392|dpkg,perl-base|Larry Wall's Practical Extraction and Report Language|5.36.0-7+deb12u4|5.38.2-3.2ubuntu0.2|
psmisc|admin|o|909|258696|libc6,libtinfo6|utilities that use the proc file system|23.6-1|23.7-1build1|
pssh|net|ou|91|35644|openssh-client,python3|Parallel versions of SSH-based tools|2.3.4-2|2.3.5-2|
python3|python|o|81|26300|python3-minimal|interactive high-level object-oriented language (default python3 version)|3.11.2-1+b1|3.12.3-0ubuntu2|
python3-minimal|python|o|111|26312|dpkg|minimal subset of the Python language (default python3 version)|3.11.2-1+b1|3.12.3-0ubuntu2|
redis-server|database|ou|183|73908|init-system-helpers,redis-tools|Persistent key-value database with network interface|5:7.0.15-1~deb12u10|5:7.0.15-1ubuntu0.24.04.2|
redis-tools|database|ou|5837|991988|adduser,libc6,libssl3,libsystemd0|Persistent key-value database with network interface (client)|5:7.0.15-1~deb12u10|5:7.0.15-1ubuntu0.24.04.2|
rsync|net|o|937|498456|init-system-helpers,libc6,libssl3,zlib1g|fast, versatile, remote (and local) file-copying tool|3.5.0+ds1-0+deb12u1|3.2.7-1ubuntu1.2|
runc|devel|o|8633|2709960|libc6|Open Container Project - runtime|1.1.5+ds1-1+deb12u1|1.3.3-0ubuntu1~24.04.2|1.1.15+ds1-2+b4
sl|games|ou|60|13172|libc6,libtinfo6|Correct you if you type 'sl' by mistake|5.02-1+b1|5.02-1|
software-properties-common|admin|o|203|14460|ca-certificates,gpg|manage the repositories that you install software from (common)|0.99.30-4.1~deb12u1|0.99.48|
socat|net|ou|1515|375188|libc6,libssl3|multipurpose relay for bidirectional data transfer|1.7.4.4-2|1.8.0.0-4build3|
sshpass|utils|ou|38|12988|libc6|Non-interactive ssh password authentication|1.09-1+b1|1.09-1|
strace|utils|o|2839|1313880|libc6|System call tracer|6.1-0.1|6.8-0ubuntu2|
stress|devel|ou|56|21944|libc6|tool to impose load on and stress test a computer system|1.0.7-1|1.0.7-1|1.0.7-1
stress-ng|devel|ou|8836|2363100|libc6,zlib1g|tool to load and stress a computer|0.15.06-2|0.17.06-1build1|0.19.00-1
sudo|admin|o|6055|1890344|init-system-helpers,libc6,zlib1g|Provide limited super user privileges to specific users|1.9.13p3-1+deb12u4|1.9.15p5-3ubuntu5.24.04.1|
sysstat|admin|ou|1785|595548|xz-utils,debconf,libc6|system performance tools for Linux|12.6.1-1|12.6.1-2|
tcpdump|net|o|1332|466880|adduser,libc6,libpcap0.8,libssl3|command-line network traffic analyzer|4.99.3-1|4.99.4-3ubuntu4|4.99.5-2
telnet|oldlibs|o|54|41896|inetutils-telnet|transitional dummy package for inetutils-telnet default switch|0.17+2.4-2+deb12u3|0.17+2.5-3ubuntu4|
tmux|admin|o|1106|454536|libc6,libtinfo6|terminal multiplexer|3.3a-3|3.4-1ubuntu0.1|
traceroute|net|su|155|51456|libc6|Traces the route taken by packets over an IPv4/IPv6 network|1:2.1.2-1|1:2.1.5-1|
tree|utils|ou|113|52464|libc6|displays an indented directory tree, in color|2.1.0-1|2.1.1-2ubuntu3|2.2.1-1
tini|utils|ou|731|267204|libc6|tiny but valid init for containers|0.19.0-1+b3|0.19.0-1|
unzip|utils|o|380|166504|libc6|De-archiver for .zip files|6.0-28+deb12u1|6.0-28ubuntu4.1|
uuid-runtime|utils|o|174|48232|adduser,libc6,libsystemd0|runtime components for the Universally Unique ID library|2.38.1-5+deb12u3|2.39.3-9ubuntu6.3|
vim|editors|o|3650|1567756|vim-common,vim-runtime,libc6,libtinfo6|Vi IMproved - enhanced vi editor|2:9.0.1378-2+deb12u2|2:9.1.0016-1ubuntu7.9|2:9.1.1230-2
vim-common|editors|i|245|124836||Vi IMproved - Common files|2:9.0.1378-2+deb12u2|2:9.1.0016-1ubuntu7.9|2:9.1.1230-2
vim-runtime|editors|o|36406|7026844||Vi IMproved - Runtime files|2:9.0.1378-2+deb12u2|2:9.1.0016-1ubuntu7.9|2:9.1.1230-2
vim-tiny|editors|i|1689|719960|vim-common,libc6,libtinfo6|Vi IMproved - enhanced vi editor - compact version|2:9.0.1378-2+deb12u2|2:9.1.0016-1ubuntu7.9|2:9.1.1230-2
wget|web|s|3521|937340|libc6,zlib1g|retrieves files from the web|1.21.3-1+deb12u1|1.21.4-1ubuntu4.1|1.25.0-2
xxd|editors|o|135|84116|libc6|tool to make (or reverse) a hex dump|2:9.0.1378-2+deb12u2|2:9.1.0016-1ubuntu7.9|2:9.1.1230-2
xz-utils|utils|s|1226|471448|libc6|XZ-format compression utilities|5.4.1-1+deb12u2|5.6.1+really5.4.5-1ubuntu0.2|
zip|utils|o|616|230316|libc6|Archiver for .zip files|3.0-13+deb12u1|3.0-13ubuntu0.2|
haproxy|net|ou|4223|2042596|dpkg,init-system-helpers,libc6,libssl3,libsystemd0,adduser|fast and reliable load balancing reverse proxy|2.6.12-1+deb12u4|2.8.5-1ubuntu3.4|
keepalived|admin|ou|1364|569660|init-system-helpers,iproute2,libc6,libnl-3-200,libssl3,libsystemd0|Failover and monitoring daemon for LVS clusters|1:2.2.7-1+b2|1:2.2.8-1build2|
chrony|net|o|639|288684|init-system-helpers,adduser,iproute2,tzdata,libc6|Versatile implementation of the Network Time Protocol|4.3-2+deb12u3|4.5-1ubuntu4.2|
fail2ban|net|ou|2129|451116|python3|ban hosts that cause multiple authentication errors|1.0.2-2|1.0.2-3ubuntu0.1|
ufw|admin|o|857|167940|iptables,python3,debconf|program for managing a Netfilter firewall|0.36.2-1|0.36.2-6|
ncdu|admin|ou|113|51924|libc6,libncursesw6,libtinfo6|ncurses disk usage viewer|1.18-0.2|1.19-0.1|
gawk|interpreters|o|2906|672772|libc6|GNU awk, a pattern scanning and processing language|1:5.2.1-2|1:5.2.1-2build3|
cgroup-tools|admin|ou|334|76304|libc6,libcgroup2|control and monitor control groups (tools)|2.0.2-2|2.0.2-2build1|
libcgroup2|libs|ou|135|51740|libc6|control and monitor control groups (library)|2.0.2-2|2.0.2-2build1|
dumb-init|utils|ou|37|14052|libc6|wrapper script which proxies signals to a child|1.2.5-2|1.2.5-2|
rsyslog|admin|o|1942|724132|libc6,libsystemd0,zlib1g|reliable system and kernel logging daemon|8.2302.0-1+deb12u2|8.2312.0-3ubuntu9.1|
binutils|devel|o|109|64980|libc6|GNU assembler, linker and binary utilities|2.40-2|2.42-4ubuntu2.5|
dos2unix|text|ou|1529|430380|libc6|convert text file line endings between CRLF and LF|7.4.3-1|7.5.1-1|
patch|vcs|o|248|127848|libc6|Apply a diff file to an original|2.7.6-7|2.7.6-7build3|
logrotate|admin|i|160|62108|cron,libc6|Log rotation utility|3.21.0-1|3.21.0-2build1|
`;
