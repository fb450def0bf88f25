#!/usr/bin/env bash
# Gets the certificate of DOMAIN, or a newer one when it is due, and has NGINX use it. EMAIL may be empty.
set -euo pipefail
root="${ROOT:-}"
certificates="$root/var/lib/vibe/letsencrypt"

account=(--register-unsafely-without-email)
if [ -n "$EMAIL" ]; then account=(--email "$EMAIL" --no-eff-email); fi
certbot certonly --non-interactive --agree-tos "${account[@]}" --keep-until-expiring --cert-name "$DOMAIN" \
  --domain "$DOMAIN" --webroot --webroot-path "$root/var/lib/vibe-acme" --config-dir "$certificates"
for file in fullchain.pem privkey.pem; do
  ln -sf "$certificates/live/$DOMAIN/$file" "$root/etc/nginx/tls/$file"
done
systemctl reload nginx.service
