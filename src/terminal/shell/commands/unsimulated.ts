/**
 * Programs that an Ubuntu host or a usual install of it has and that nothing here stands for. They say so instead of "not found".
 * Images have files of those that their packages bring; any other name is not found there, as in the real image.
 */
export const unsimulated: ReadonlySet<string> = new Set(
  `add-apt-repository addpart agetty ansible apt-add-repository arping at atq aws az badblocks batch blkdiscard blkzone
  blockdev bpftrace buildah bunzip2 busctl bzcat bzgrep bzip2 bzless bzmore c++ cal captoinfo cc certbot cfdisk chattr
  chcpu chgpasswd chmem choom cmake col colcrt cpio cscope ctest ctrlaltdel dc debugfs delpart dialog diff3 dircolors
  dmidecode docker-machine dosfsck dpkg-reconfigure dumpe2fs e2fsck e2image e2label ed eject emacs expect expiry
  fail2ban-client faillog fdisk filefrag fincore findfs finger firewall-cmd flatpak fsck fsfreeze fstrim ftp g++ gcc
  gcloud gdb getfacl gh git gnuplot go groupmems growpart grpck grpconv grpunconv gzexe hardlink hdparm helmfile
  hexedit htop hwclock ifdown ifstat iftop ifup infocmp infotocap insmod iotop ipcmk ipcrm ipcs iperf iperf3 ipset irb
  isosize iwconfig java javac joe jshell just k3d kind kubeadm lastb ldattach ldd lftp links linux32 linux64 locale
  localectl locate login logrotate losetup lsattr lshw lsipc lsirq lslocks lslogins lsmem lspci lsusb lvcreate
  lvdisplay lvs lynx lzma m4 mail make man mc mdadm minikube mke2fs mkfs mkfs.ext2 mkfs.ext3 mkfs.ext4 mtr mutt mysql
  mysqldump ncal ncat ncdu netplan networkctl newusers nmap nmcli node npm npx nvim openvpn parted partx perf perl php
  pinky pip pip3 pivot_root podman pr psql ptx pvcreate pvs pwck pwconv pwunconv python python2 python3 quota readelf
  readprofile redis-cli rename rename.ul resize2fs resizepart rkhunter rsyslogd rtcwake ruby runlevel sar screen
  script scriptlive scriptreplay sdiff semanage sestatus setarch setenforce setfacl setterm sfdisk skopeo smartctl
  snap socat sqlite3 strace sudoedit swaplabel switch_root systemd-cat systemd-creds systemd-delta systemd-detect-virt
  systemd-id128 systemd-inhibit systemd-mount systemd-notify systemd-path systemd-socket-activate systemd-sysusers
  systemd-tmpfiles systemd-umount tabs telinit telnet tic tmux toe traceroute6 tset tshark tune2fs uclampset udevadm
  ufw ul unxz unzip update-alternatives update-grub utmpdump vagrant valgrind vgcreate vgs vigr vipw wall wdctl
  whiptail wipefs wireshark xauth xz xzcat xzgrep xzless yarn yq zip zipinfo znew zramctl zsh zstd zstdcat`.split(/\s+/),
);
