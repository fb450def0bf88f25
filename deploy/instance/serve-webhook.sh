#!/usr/bin/env bash
# NGINX and its certificate, where there is a domain; install.sh runs it, with its environment. Running it again does no
# harm.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="${ROOT:-}"
tls="$root/etc/nginx/tls"

url=$(sed -n 's/^TELEGRAM_WEBHOOK_URL=//p' <<<"$SETTINGS")
path="${url#"https://$DOMAIN"}"
if ! [[ "$path" =~ ^/[A-Za-z0-9/_.~-]*$ ]]; then
  echo "vibe: TELEGRAM_WEBHOOK_URL is no address of $DOMAIN: $url" >&2
  exit 1
fi

mkdir -p "$tls" "$root/var/lib/vibe-acme" "$root/etc/vibe" "$root/etc/systemd/system/nginx.service.d"
# NGINX does not start without a certificate, and there is none before it has answered the challenge.
if ! [ -e "$tls/fullchain.pem" ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/CN=$DOMAIN" \
    -keyout "$tls/privkey.pem" -out "$tls/fullchain.pem"
fi
sed -e "s|DOMAIN|$DOMAIN|g" -e "s|= PATH |= $path |" "$here/nginx.conf" >"$root/etc/nginx/nginx.conf"
printf 'DOMAIN=%s\nEMAIL=%s\n' "$DOMAIN" "$EMAIL" >"$root/etc/vibe/certificate.env"
install -m 0644 "$here/vibe-certificate.service" "$here/vibe-certificate.timer" "$root/etc/systemd/system/"
# After a reboot it may come before the volume with its certificate.
printf '[Unit]\nRequiresMountsFor=/var/lib/vibe\n[Service]\nRestart=on-failure\nRestartSec=5\n' \
  >"$root/etc/systemd/system/nginx.service.d/vibe.conf"

systemctl daemon-reload
systemctl enable nginx.service vibe-certificate.timer
systemctl restart nginx.service
systemctl start vibe-certificate.timer
systemctl start --no-block vibe-certificate.service
