#!/usr/bin/env bash
# hostile.sh GROUP [ARGUMENTS] - hostile.py on the cases of one group, at their small size.
. "$(dirname "$0")/../lib.sh"
need "torture/hostile/$1" python3 python3
exec python3 "$tests/torture/hostile.py" "$incipit" "$work/hostile-$1" --group "$@"
