#!/usr/bin/env bash
# Makes an Amazon Linux 2023 instance the bot's; user-data.sh runs it from the release. Running it again does no harm.
# REGION, VOLUME (the state's EBS volume), LOG_GROUP, SETTINGS (lines NAME=value), DOMAIN and EMAIL (may be empty) come
# from the environment. All files go below ROOT, which only tests set.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="${ROOT:-}"
state="$root/var/lib/vibe"
device="$root/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${VOLUME/-/}"

install_packages() {
  local packages=(nodejs24 amazon-cloudwatch-agent logrotate xfsprogs diffutils) left=30
  if [ -n "$DOMAIN" ]; then packages+=(nginx certbot openssl); fi
  until dnf install -y "${packages[@]}"; do
    left=$((left - 1))
    if [ "$left" -eq 0 ]; then return 1; fi
    sleep 10
  done
  # Distributions' Node knows English alone without it; where it is no package of its own, it is in Node's.
  dnf install -y nodejs24-full-i18n || true
}

# Distributions can build it without either.
check_node() {
  if ! node-24 -e 'require("node:sqlite"); if (!process.features.typescript) process.exit(1)'; then
    echo 'vibe: this Node cannot run TypeScript, or has no SQLite' >&2
    return 1
  fi
}

# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
instance_id() {
  local imds=http://169.254.169.254/latest token
  local curl=(curl -sS --fail --retry 5 --retry-connrefused --max-time 5)
  token=$("${curl[@]}" -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 300' "$imds/api/token")
  "${curl[@]}" -H "X-aws-ec2-metadata-token: $token" "$imds/meta-data/instance-id"
}

# The volume is the old instance's until that one has ended: however long this takes, there is nothing else to do.
# https://docs.aws.amazon.com/ebs/latest/userguide/nvme-ebs-volumes.html says how the device is called.
attach_volume() {
  local instance
  instance=$(instance_id)
  until [ -e "$device" ]; do
    aws ec2 attach-volume --volume-id "$VOLUME" --instance-id "$instance" --device /dev/sdf >/dev/null || true
    sleep 5
  done
}

# Makes a file system only on a new volume, which is nothing but zeros: blkid ends with 2 when it finds nothing, and when it
# cannot read.
mount_volume() {
  local found=0
  blkid --probe "$device" || found=$?
  if [ "$found" -eq 2 ] && cmp --quiet --bytes=1048576 "$device" /dev/zero; then
    mkfs.xfs "$device"
  elif [ "$found" -ne 0 ]; then
    echo "vibe: cannot tell what is on $device" >&2
    return 1
  fi
  mkdir -p "$state" "$root/etc"
  touch "$root/etc/fstab"
  if ! grep -qF " $state " "$root/etc/fstab"; then
    echo "$device $state xfs defaults,noatime,nodev,nosuid,noexec,nofail 0 2" >>"$root/etc/fstab"
  fi
  systemctl daemon-reload
  if ! mountpoint -q "$state"; then mount "$state"; fi
}

# Certificates lie beside the state, or every new instance would ask for one and be refused after five in a week. The
# folder is sticky: what is root's in it can be neither moved nor replaced by the bot.
make_user() {
  if ! id vibe >/dev/null 2>&1; then
    useradd --system --user-group --home-dir "$state" --no-create-home --shell /sbin/nologin vibe
  fi
  chown root:vibe "$state"
  chmod 1770 "$state"
  mkdir -p "$state/letsencrypt"
  chmod 0700 "$state/letsencrypt"
}

# A volume that comes from another instance, or from a snapshot, may know the bot by another number.
own_state() {
  find "$state" -mindepth 1 -path "$state/letsencrypt" -prune -o -exec chown -h vibe:vibe {} +
}

write_settings() {
  mkdir -p "$root/etc/vibe" "$root/var/log/vibe"
  chmod 0750 "$root/etc/vibe" "$root/var/log/vibe"
  install -m 0640 /dev/null "$root/etc/vibe/settings.env"
  printf '%s\n' "$SETTINGS" >"$root/etc/vibe/settings.env"
}

# The unit allows no neighbour; where names are looked up is what differs from one network to the next.
allow_name_servers() {
  local drop_in="$root/etc/systemd/system/vibe.service.d" servers
  mkdir -p "$drop_in"
  servers=$(sed -n 's/^nameserver[[:space:]]*\([0-9a-f.:]*\).*/\1/p' "$root/etc/resolv.conf" \
    "$root/run/systemd/resolve/resolv.conf" 2>/dev/null | sort -u | tr '\n' ' ') || true
  # an empty list would take back what the unit allows
  if [ -n "$servers" ]; then printf '[Service]\nIPAddressAllow=%s\n' "$servers" >"$drop_in/name-servers.conf"; fi
}

write_units() {
  mkdir -p "$root/etc/systemd/system" "$root/etc/logrotate.d"
  install -m 0644 "$here/vibe.service" "$root/etc/systemd/system/"
  install -m 0644 "$here/logrotate.conf" "$root/etc/logrotate.d/vibe"
}

ship_logs() {
  sed -e "s|LOG_GROUP|$LOG_GROUP|" -e "s|REGION|$REGION|" "$here/cloudwatch-agent.json" \
    >"$root/etc/vibe/cloudwatch-agent.json"
  amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c "file:$root/etc/vibe/cloudwatch-agent.json"
}

# The agent is not in PATH.
PATH="$PATH:/opt/aws/amazon-cloudwatch-agent/bin"

install_packages
check_node
write_settings
# a bot without a log is better than none
ship_logs || echo 'vibe: the log is not shipped' >&2
attach_volume
mount_volume
make_user
own_state
allow_name_servers
write_units
systemctl daemon-reload
systemctl enable --now logrotate.timer
systemctl enable vibe.service
systemctl restart --no-block vibe.service
# without it there may be Discord
if [ -n "$DOMAIN" ]; then bash "$here/serve-webhook.sh" || echo 'vibe: the webhook is not served' >&2; fi
