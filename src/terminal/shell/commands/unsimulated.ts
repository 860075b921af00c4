/**
 * Programs that an Ubuntu host or a usual install of it has and that nothing here stands for. They say so instead of "not found".
 * Images have files of those that their packages bring; any other name is not found there, as in the real image.
 */
export const unsimulated: ReadonlySet<string> = new Set(
  `aa-enabled aa-exec aa-status add-apt-repository add-shell addpart agetty ansible apparmor_parser apport-cli apropos
  apt-add-repository apt-cdrom apt-config arping arptables-nft at atq aws az badblocks bashbug batch blkdiscard
  blkzone blockdev bpftrace btrfs buildah bunzip2 busctl byobu bzcat bzdiff bzgrep bzip2 bzless bzmore c++ cal
  captoinfo cc certbot cfdisk cgclear cgconfigparser cgsnapshot chattr chcpu chgpasswd chmem choom chvt cloud-id
  cloud-init cmake col colcrt cpio cryptsetup cscope ctest ctrlaltdel dbus-monitor dbus-send dbus-uuidgen dc dcb
  debconf-communicate debconf-set-selections debconf-show debugfs delpart delv depmod devlink dialog diff3 dircolors
  dmidecode dmsetup dmstats dnsdomainname do-release-upgrade docker-machine domainname dosfsck dpkg-deb dpkg-divert
  dpkg-reconfigure dpkg-split dpkg-statoverride dpkg-trigger dumpe2fs dumpkeys e2fsck e2image e2label ebtables-nft ed
  eject emacs expect expiry fail2ban-client faillog fdisk filefrag fincore findfs finger firewall-cmd flatpak fsck
  fsck.ext4 fsck.xfs fsfreeze fstrim ftp g++ gcc gcloud gdb genl getconf gettext gh git gnuplot go gpg-agent
  gpgconf gpgv groupmems growpart grpck grpconv grpunconv grub-install gzexe hardlink hdparm helmfile hexedit htop
  hwclock ifdown ifstat iftop ifup infocmp infotocap init insmod invoke-rc.d iostat iotop ip6tables-legacy
  ip6tables-nft ipcmk ipcrm ipcs iperf iperf3 ipset iptables-apply iptables-legacy iptables-nft iptables-xml
  ipvsadm-restore ipvsadm-save irb isosize iwconfig java javac joe jshell just k3d kbd_mode kind kmod kubeadm lastb
  ldattach ldconfig ldd lessfile lesskey lesspipe lftp links linux32 linux64 lnstat loadkeys locale-gen
  localectl localedef locate login logrotate lsattr lsfd lshw lsinitramfs lsipc lsirq lslocks lslogins lsmem
  lspci lssubsys lsusb lvchange lvcreate lvdisplay lvextend lvm lvreduce lvremove lvrename lvresize lvs lvscan lynx
  lz4 lz4cat lzma m4 mail make man mandb manpath mc mdadm mii-tool minikube mkfs.btrfs mkfs.ext2 mkfs.ext3
   mkfs.vfat mkfs.xfs mkinitramfs mpstat mutt mysql mysqldump ncal ncat ncdu needrestart netplan
  networkctl newusers nisdomainname nmap nmcli node npm npx nstat nsupdate nvim openvpn openvt parted partprobe partx
  perf perl php pidstat ping4 ping6 pinky pip pip3 pivot_root pldd podman pr pro psql ptx pvcreate pvmove pvremove
  pvresize pvs pvscan pwck pwconv pwunconv python python2 python3 pzstd quota rbash rdma readelf readprofile red
  redis-cli remove-shell rename rename.ul resize2fs resizepart rgrep rkhunter rpdcp rsyslogd rtcwake rtmon ruby
  runlevel sadf sar savelog screen scriptlive sdiff select-editor semanage sensible-editor
  sensible-pager sestatus setarch setenforce setfacl setfont setpci setterm sfdisk showkey skopeo slattach slogin
  smartctl snap socat sos sosreport sqlite3 start-stop-daemon strace sudoedit sudoreplay swaplabel switch_root systemd
  systemd-ask-password systemd-cat systemd-creds systemd-delta systemd-detect-virt systemd-firstboot systemd-hwdb
  systemd-id128 systemd-inhibit systemd-machine-id-setup systemd-mount systemd-notify systemd-path systemd-repart
  systemd-socket-activate systemd-sysext systemd-sysusers systemd-tmpfiles systemd-umount tabs telinit tic tipc
  tmux toe traceroute6 tset tshark tune2fs tzselect ubuntu-advantage ucf uclampset udevadm ufw ul unattended-upgrade
  unattended-upgrades unlz4 unxz unzip unzstd update-ca-certificates update-grub update-grub2
  update-initramfs update-locale update-rc.d usb-devices utmpdump uuidd uuidparse vagrant valgrind vdpa vgchange
  vgcreate vgextend vgreduce vgremove vgs vgscan vigr vimtutor vipw wdctl whatis whiptail wipefs wireshark
  xauth xfs_growfs xfs_info xfs_repair xtables-monitor xz xzcat xzdiff xzgrep xzless yarn ypdomainname yq zdump zic
  zip zipinfo znew zramctl zsh zstd zstdcat`.split(/\s+/),
);
