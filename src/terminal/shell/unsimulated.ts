/** Programs that an Ubuntu host or a usual install of it has and that nothing here stands for. They say so instead of "not found". */
export const unsimulated: ReadonlySet<string> = new Set(
  `addpart agetty blkdiscard blockdev bzcat bzgrep bzless bzmore cal chmem choom col colcrt colrm csplit dir dircolors diff3 ed fallocate findfs fsfreeze fstrim getopt gzexe hardlink hexedit hostid ionice ipcmk ipcrm ipcs
  lastb linux32 linux64 logname look lsipc lslocks lslogins lsmem mcookie mesg mountpoint namei ncal partx patch pinky pivot_root pr prlimit ptx rename.ul renice rtcwake runcon scriptreplay sdiff setarch setpriv shred swaplabel switch_root taskset ul
  uncompress utmpdump uuidgen vdir wdctl wipefs xzcat xzgrep xzless zcmp zdiff zegrep zfgrep zforce zgrep zipinfo zless zmore znew zramctl zstdcat add-apt-repository ansible apt-add-repository arping at atq aws az batch blkid bpftrace buildah bzip2 bunzip2 c++ cc certbot
  cfdisk chattr chcon chsh chfn cmake cscope ctest cpio dc dialog dmidecode docker-machine dosfsck dpkg-reconfigure e2fsck ed emacs eject expect factor fail2ban-client
  fdisk file finger firewall-cmd flatpak flock fsck ftp fuser g++ gawk gcc gcloud gdb getfacl gh git gnuplot go gpg groupmod growpart hdparm
  helmfile htop hwclock iftop ifup ifdown ifstat insmod iotop iperf iperf3 ipset irb iwconfig java javac joe jshell just k3d kind ldd lftp links locale localectl
  locate login logrotate lshw lsattr lspci lsusb lvcreate lvdisplay lvs lynx lzma m4 mail make man mc mdadm minikube mkfs mkfs.ext4 mkswap mtr mutt mysql mysqldump
  ncdu ncat netplan nft nmap nmcli node npm npx nslookup6 nvim openvpn parted passwd-s pdsh perf perl php pip pip3 podman psql pvcreate pvs pwck python python2 python3 quota
  readelf redis-cli rename resize2fs rev2 rkhunter rsyslogd ruby runlevel sar screen script semanage sestatus setenforce setfacl setterm sfdisk
  shuf skopeo smartctl snap socat sqlite3 strace strings swapctl telinit telnet tmux traceroute6 tshark tune2fs udevadm ufw unxz update-alternatives update-grub vagrant valgrind vgs vgcreate vigr vipw wall whiptail whereis wireshark xauth xz yarn yq zip unzip zsh zstd`.split(
    /\s+/,
  ),
);
