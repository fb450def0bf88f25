#!/usr/bin/env bash
# Gets the certificate of DOMAIN, or a newer one when it is due, and has NGINX use it. EMAIL may be empty.
set -euo pipefail
root="${ROOT:-}"
certificates="$root/var/lib/vibe/letsencrypt"

use_certificate() {
  if ! [ -e "$certificates/live/$DOMAIN/fullchain.pem" ]; then return; fi
  for file in fullchain.pem privkey.pem; do
    ln -sf "$certificates/live/$DOMAIN/$file" "$root/etc/nginx/tls/$file"
  done
  systemctl reload-or-restart nginx.service
}

use_certificate # that of the instance before may be good while a newer one cannot be had
account=(--register-unsafely-without-email)
if [ -n "$EMAIL" ]; then account=(--email "$EMAIL" --no-eff-email); fi
certbot certonly --non-interactive --agree-tos "${account[@]}" --keep-until-expiring --cert-name "$DOMAIN" \
  --domain "$DOMAIN" --webroot --webroot-path "$root/var/lib/vibe-acme" --config-dir "$certificates"
use_certificate
