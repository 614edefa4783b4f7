#!/usr/bin/env bash
# Makes sure that a CUPS queue exists which prints into PDF files, and says where they come out:
#   queue=dispatch-test
#   folder=/var/spool/cups-pdf/dispatch-test
# Everything else goes to standard error. Packages, the daemon and the queue need root; without it the
# script names the one command and gives up. Run again, it changes nothing.
set -euo pipefail

queue=dispatch-test
folder=/var/spool/cups-pdf/$queue   # one of the two places Debian's AppArmor profile lets cups-pdf write to
settings=/etc/cups/cups-pdf-$queue.conf

say() { printf '» %s\n' "$*" >&2; }
answer() { printf 'queue=%s\nfolder=%s\n' "$queue" "$folder"; }
stands() { command -v lpstat >/dev/null && lpstat -p "$queue" >/dev/null 2>&1 && [ -d "$folder" ]; }

if stands; then answer; exit 0; fi

if [ "$(id -u)" != 0 ]; then
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then exec sudo -n bash "$0"; fi
  say "打印试验要一个 CUPS-PDF 队列，请让管理员执行：sudo bash setup/cups_pdf_queue.sh"
  exit 1
fi

if ! command -v lpadmin >/dev/null || [ ! -x /usr/lib/cups/backend/cups-pdf ]; then
  say "安装 CUPS 和 CUPS-PDF"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq; apt-get install -y -qq --no-install-recommends \
      cups cups-client cups-filters printer-driver-cups-pdf; } </dev/null >&2
fi

if ! lpstat -r 2>/dev/null | grep -q 'is running'; then
  say "启动 cupsd"
  if [ -d /run/systemd/system ]; then systemctl start cups; else cupsd; fi
  # The socket appears when the daemon is ready to be asked.
  for _ in $(seq 100); do
    lpstat -r 2>/dev/null | grep -q 'is running' && break
    sleep 0.1
  done
fi

say "建立打印队列 $queue"
mkdir -p "$folder"
chmod 1777 "$folder"
{
  printf 'Out %s\n' "$folder"
  printf 'AnonDirName %s\n' "$folder"
  printf 'AnonUser root\n'   # a job handed in by root is nobody's otherwise and would be dropped
  printf 'Label 1\n'         # every job a file of its own, also with the same title
  printf 'UserUMask 0022\n'
} >"$settings"
lpadmin -p "$queue" -E -v "cups-pdf:/$queue" -m lsb/usr/cups-pdf/CUPS-PDF_opt.ppd -o PageSize=A4 \
  -D "Test printer of the dispatch desk" 2> >(grep -v deprecated >&2)
stands || { say "队列没有建成，详见 /var/log/cups/error_log"; exit 1; }
answer
