#!/bin/sh
# Signs one executable with the certificate WIN_CSC_LINK (a .pfx file, or its content in base64), in its place.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -f "$WIN_CSC_LINK" ]; then cp "$WIN_CSC_LINK" "$folder/certificate.pfx"
else printf %s "$WIN_CSC_LINK" | base64 -d >"$folder/certificate.pfx"; fi
printf %s "${WIN_CSC_KEY_PASSWORD:-}" >"$folder/password"
# A time stamp keeps the signature valid after the certificate has expired. An empty address means none.
stamp=${WIN_CSC_TIMESTAMP-http://timestamp.digicert.com}
osslsigncode sign -pkcs12 "$folder/certificate.pfx" -readpass "$folder/password" -h sha256 -n Reshoot \
  ${stamp:+-ts "$stamp"} -in "$1" -out "$folder/signed.exe"
cat "$folder/signed.exe" >"$1"
