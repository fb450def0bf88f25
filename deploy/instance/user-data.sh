# What the instance does when it first starts; user-data.ts puts the shebang and what differs from one to the next above:
# REGION, VOLUME, BUCKET, RELEASE, LOG_GROUP, DOMAIN, EMAIL, SETTINGS. What it prints is in EC2's "Get system log".
set -euo pipefail
export REGION VOLUME LOG_GROUP DOMAIN EMAIL SETTINGS AWS_DEFAULT_REGION="$REGION"
programs="${ROOT:-}/opt/vibe"
folder="$programs/${RELEASE%.tar.gz}"

# Nobody can log in to mend it, and to EC2 it looks well: powered off, it is replaced by another one. Whoever looks has ten
# minutes.
give_up() {
  local status=$?
  if [ "$status" -eq 0 ]; then return; fi
  echo "vibe: the start has failed ($status): powering off in ten minutes" >&2
  sleep 600
  systemctl poweroff
}
trap give_up EXIT

# Mirrors and a new role's credentials have their moments: 30 tries in 5 minutes.
try() {
  local left=30
  until "$@"; do
    left=$((left - 1))
    if [ "$left" -eq 0 ]; then
      echo "vibe: gave up: $*" >&2
      return 1
    fi
    sleep 10
  done
}

# A release is named by the hash of its bytes.
fetch_release() {
  local file="$programs/$RELEASE" hash="${RELEASE#vibe-}"
  aws s3 cp --only-show-errors "s3://$BUCKET/releases/$RELEASE" "$file" || return
  echo "${hash%.tar.gz}  $file" | sha256sum --check --status || return
  rm -rf "$folder.new" || return
  mkdir "$folder.new" || return
  tar -xzf "$file" -C "$folder.new" --no-same-owner || return
  mv "$folder.new" "$folder" || return
  rm "$file"
}

if ! command -v tar >/dev/null; then try dnf install -y tar gzip; fi
mkdir -p "$programs"
if [ ! -e "$folder" ]; then try fetch_release; fi
ln -sfn "$folder" "$programs/current"
bash "$folder/deploy/instance/install.sh"
