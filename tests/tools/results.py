#!/usr/bin/env python3
"""results.py FILE... - results of `incipit test` against docs/results.schema.json, and their summary against their verdicts."""
import collections
import json
import os
import sys

import jsonschema

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..'))
schema = json.load(open(os.path.join(ROOT, 'docs/results.schema.json')))
jsonschema.Draft7Validator.check_schema(schema)
for path in sys.argv[1:]:
    results = json.load(open(path, encoding='utf-8'))
    jsonschema.Draft7Validator(schema).validate(results)
    verdicts = collections.Counter(listing['verdict'] for listing in results['listings'])
    assert {key: n for key, n in results['summary'].items() if n} == dict(verdicts), (path, results['summary'], verdicts)
