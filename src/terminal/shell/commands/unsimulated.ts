/**
 * Programs that an Ubuntu host or a usual install of it has and that nothing here stands for. They say so instead of "not found".
 * Images have files of those that their packages bring; any other name is not found there, as in the real image.
 */
export const unsimulated: ReadonlySet<string> = new Set(
  `add-apt-repository badblocks blkzone captoinfo chcpu chgpasswd ctrlaltdel debugfs delpart dumpe2fs e2image e2label expiry faillog filefrag
  fincore groupmems grpck grpconv grpunconv infocmp infotocap isosize ldattach losetup lsirq mke2fs mkfs.ext2 mkfs.ext3
  newusers pwconv pwunconv readprofile resizepart scriptlive sudoedit tabs tic toe tset uclampset addpart agetty ansible apt-add-repository arping at atq aws az batch blkdiscard blockdev
  bpftrace buildah bunzip2 busctl bzcat bzgrep bzip2 bzless bzmore c++ cal cc certbot cfdisk chattr chmem
  choom cmake col colcrt cpio cscope ctest dc dialog diff3 dircolors dmidecode docker-machine
  dosfsck dpkg-reconfigure e2fsck ed eject emacs expect fail2ban-client fdisk findfs finger firewall-cmd
  flatpak fsck fsfreeze fstrim ftp g++ gcc gcloud gdb getfacl gh git gnuplot go growpart gzexe
  hardlink hdparm helmfile hexedit htop hwclock ifdown ifstat iftop ifup insmod iotop ipcmk ipcrm ipcs iperf iperf3
  ipset irb iwconfig java javac joe jshell just k3d kind kubeadm lastb ldd lftp links linux32 linux64 locale
  localectl locate login logrotate lsattr lshw lsipc lslocks lslogins lsmem lspci lsusb lvcreate lvdisplay lvs
  lynx lzma m4 mail make man mc mdadm minikube mkfs mkfs.ext4 mtr mutt mysql mysqldump ncal ncat ncdu
  netplan networkctl nmap nmcli node npm npx nvim openvpn parted partx perf perl php pinky pip pip3 pivot_root podman pr
  psql ptx pvcreate pvs pwck python python2 python3 quota readelf redis-cli rename rename.ul resize2fs
  rkhunter rsyslogd rtcwake ruby runlevel sar screen script scriptreplay sdiff semanage sestatus setarch
  setenforce setfacl setterm sfdisk skopeo smartctl snap socat sqlite3 strace
  swaplabel switch_root systemd-cat systemd-creds systemd-delta systemd-detect-virt systemd-id128 systemd-inhibit
  systemd-mount systemd-notify systemd-path systemd-socket-activate systemd-sysusers systemd-tmpfiles systemd-umount
  telinit telnet tmux traceroute6 tshark tune2fs udevadm ufw ul uncompress unxz unzip
  update-alternatives update-grub utmpdump vagrant valgrind vgcreate vgs vigr vipw wall wdctl whiptail wipefs
  wireshark xauth xz xzcat xzgrep xzless yarn yq zcmp zdiff zegrep zfgrep zforce zgrep zip zipinfo zless zmore znew
  zramctl zsh zstd zstdcat`.split(/\s+/),
);
