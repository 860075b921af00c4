/** Packages that the distributions have and this model does not: asked for, they are named instead of called unknown. */
const ABSENT = new RegExp(
  `^(${[
    'httpd|nginx|mod_|php|perl|mariadb|mysql|postgresql|python3|python-|ruby|rust|cargo|golang|java-|maven|nodejs|npm',
    'gcc|make$|cmake|autoconf|automake|kernel|glibc-|systemd-|dnf-|yum-|NetworkManager|firewalld|selinux|policycoreutils',
    'podman|buildah|skopeo|docker$|container-selinux|ansible|curl$|libcurl$|coreutils$|nmap$|emacs|vim-X11|nano|mc$|screen$|ksh$|zsh$|fish$',
    'redis|memcached|haproxy|squid|bind$|dnsmasq|postfix|sendmail|dovecot|vsftpd|samba|nfs-utils|chrony|ntp|rsyslog|audit$|lvm2|mdadm',
    'cifs-utils|e2fsprogs|xfsprogs|parted|dosfstools|smartmontools|sysstat|iotop|ltrace|gdb|valgrind|wireshark|ncdu|bash-completion',
    'logrotate|cronie|at$|openssh-server|openldap-|cyrus-|krb5-|glibc-langpack|langpacks-|procps|util-linux|diffutils|patch$|which$',
  ].join('|')})`,
);

export const isAbsentPackage = (name: string): boolean => ABSENT.test(name) || /^dnf-command\(/.test(name);
