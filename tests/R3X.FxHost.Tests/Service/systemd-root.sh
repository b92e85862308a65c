#!/usr/bin/env bash
# Starts the systemd of a root folder as process 1 of namespaces of its own, and shares nothing but the network with it.
#   systemd-root.sh ROOT TARGET
# It ends when it is killed, and everything in it with it.
set -euo pipefail
root=$1
target=$2

# systemd wants a control group that is its own.
group=$(findmnt -n -o TARGET -t cgroup2 | head -n 1)/r3x-$$
mkdir "$group"
echo $$ >"$group/cgroup.procs"

export root target
exec unshare --pid --fork --kill-child --mount --cgroup --uts --ipc bash -euc '
  mount --make-rprivate /
  mount --bind "$root" "$root"
  mount -t proc proc "$root/proc"
  # The settings of the kernel are those of the machine.
  mount --bind "$root/proc/sys" "$root/proc/sys"
  mount -o remount,ro,bind "$root/proc/sys"
  mount -t sysfs -o ro sysfs "$root/sys"
  mount -t tmpfs tmpfs "$root/sys/fs/cgroup" 2>/dev/null || true
  mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
  for folder in run tmp dev; do mount -t tmpfs tmpfs "$root/$folder"; done
  for device in null zero full random urandom tty; do
    touch "$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
  done
  mkdir "$root/dev/pts" "$root/dev/shm"
  ln -s /proc/self/fd "$root/dev/fd"
  # Not chroot: whoever is in one may have no users of its own.
  mkdir -p "$root/.old"
  cd "$root"
  pivot_root . .old
  umount -l /.old
  # systemd hands credentials over by a mount, which has to arrive.
  mount --make-rshared /
  exec env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --log-target=journal \
    --show-status=no --unit="$target"
' </dev/null
