#!/bin/sh
# include-matrix-proof.sh - include-matrix.sh must see each kind of breach, and only those.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/docs" "$work/src/base" "$work/src/epub" "$work/src/pdf" "$work/src/cli"
cp "$here/../docs/architecture.md" "$work/docs/"
printf '#include "base/base.h"\n/* printf("fine in a comment") */\nconst char *s = "exit(1)"; // getenv("X")\n' >"$work/src/epub/fine.c"
printf '#include "incipit.h"\nint main(void) { printf("cli may"); exit(0); }\n' >"$work/src/cli/main.c"
"$here/include-matrix.sh" "$work" >/dev/null || { echo "found something where nothing is wrong"; "$here/include-matrix.sh" "$work"; exit 1; }

# name, file, contents
breach() {
    printf "$2" >"$work/src/$1"
    if "$here/include-matrix.sh" "$work" >"$work/output"; then
        echo "not seen: $2"
        exit 1
    fi
    grep -q "src/$1" "$work/output" || { echo "seen, but not named: $2"; cat "$work/output"; exit 1; }
    rm "$work/src/$1"
}
breach epub/a.c '#include "layout/page.h"\n'
breach epub/b.c '#include "b.h"\n'
breach base/c.c '#  include "document/document.h"\n'
breach base/d.c 'void f(void) { printf("x"); }\n'
breach base/e.c 'void f(void) { /* a */ abort (); }\n'
breach epub/f.c 'int f(void)\n{\n    return getenv("HOME") != 0;\n}\n'
breach epub/g.c '#include <hpdf.h>\n'
printf '#include <hpdf.h>\n' >"$work/src/pdf/one.c"
breach pdf/two.c '#include <hpdf_objects.h>\n'
mkdir "$work/src/stray"
breach stray/x.c '#include "base/base.h"\n'
echo "include matrix: every breach seen"
