#!/usr/bin/env bash
# formats.sh - findings for machines: JSON against its schema, SARIF against the official one, GitHub's commands against their escaping.
. "$(dirname "$0")/../lib.sh"
need cli/formats python3 python3
python3 -c 'import jsonschema' 2>/dev/null || skip cli/formats "python's jsonschema is not installed (package python3-jsonschema)"
dir=$(fresh cli-formats)
mkdir "$dir/work"
python3 "$tests/tools/formats.py" "$incipit" "$root" "$dir/work" || exit 1
[ -d "$root/node_modules/@microsoft/jest-sarif" ] || skip cli/formats "SARIF's schema is not installed (npm package @microsoft/jest-sarif); all else passed"
