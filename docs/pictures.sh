#!/usr/bin/env bash
# Makes the pictures of README.md anew from docs/backprop.md; needs Chromium. The program may be named: docs/pictures.sh PROGRAM
set -euo pipefail
program=$(realpath "${1:-$(dirname "$0")/../target/release/rederive}")
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

shot() { # NAME WIDTH HEIGHT ADDRESS
    chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-prefers-reduced-motion \
        --virtual-time-budget=3000 --window-size="$2,$3" --screenshot="$PWD/$1.png" "$4" 2>/dev/null
}

text=$(COLUMNS=100 "$program" check backprop.md || true)
text=$(printf '%s' "$text" | sed -e 's/ · [0-9.]* m\{0,1\}s$//' -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g' \
    -e 's/^error\[refuted\]/<b class="bad">&<\/b>/' -e 's/^help/<b class="good">&<\/b>/' -e 's/^\( *| *\)\(\^\^*\)$/\1<b class="bad">\2<\/b>/')
cat >"$work/terminal.html" <<END
<!DOCTYPE html><meta charset="utf-8"><style>body{margin:0;background:#16181b;color:#e9e6df;padding:18px 22px}
pre{font:14px/1.45 "DejaVu Sans Mono",monospace;margin:0;white-space:pre-wrap}.bad{color:#ff9188}.good{color:#74d19b}i{color:#aaa69d;font-style:normal}</style>
<pre><i>\$ rederive check backprop.md</i>
$text</pre>
END
shot diagnostic 980 525 "file://$work/terminal.html"

"$program" report backprop.md -o "$work/report" >/dev/null || true
sed -i 's/<details class="card v-refuted/<details open class="card v-refuted/' "$work/report/backprop.html"
shot report 1180 1130 "file://$work/report/backprop.html"
