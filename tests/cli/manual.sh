#!/usr/bin/env bash
# manual.sh - the manual page is well-formed, and names every option and command that --help names, and no other.
. "$(dirname "$0")/../lib.sh"
need cli/manual mandoc mandoc
page=$root/docs/incipit.1
# What is said about pages that are not in this machine's database is of no interest.
findings=$(mandoc -Tlint -Wstyle "$page" 2>&1 | grep -v 'mandoc\.db\|referenced manual not found' || true)
[ -z "$findings" ] || fail "$findings"
{ "$incipit" --help; for command in build check test dump init explain completion; do "$incipit" $command --help; done; } >"$work/help"
names() { grep -o -- '--[a-z][a-z-]*' "$1" | LC_ALL=C sort -u; }
names "$work/help" >"$work/options-help"
sed -n 's/^\.\(It\|Op\)//p; /^\.Fl/p' "$page" | grep -o 'Fl -[a-z][a-z-]*' | sed 's/Fl -/--/' | LC_ALL=C sort -u >"$work/options-manual"
diff -u "$work/options-help" "$work/options-manual" || fail "--help and the manual page name different options"
sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p' "$work/help" | LC_ALL=C sort -u >"$work/commands-help"
sed -n 's/^\.It Cm \([a-z]*\)$/\1/p' "$page" | LC_ALL=C sort -u >"$work/commands-manual"
diff -u "$work/commands-help" "$work/commands-manual" || fail "--help and the manual page name different commands"
