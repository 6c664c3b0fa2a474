#!/usr/bin/env python3
"""screens.py FILE.epub FOLDER - the book in a browser as small as a telephone, by day, by night and in letters twice as large: nothing sticks
out of the page, and all text stands out from its ground by 4.5 to 1 (3 to 1 when it is large). Needs Chromium; leaves a picture of each
chapter in FOLDER. Exit status 1: findings.

The reading system is what a browser is not: it sets the page's own ground and ink, here white and black or their reverse.
"""
import html
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile

PROBE = """
<style>html{background:%(ground)s;color:%(ink)s;font-size:%(size)s}</style>
<script>
window.addEventListener('load', function () {
  function parts(c) { return (c.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number); }
  function light(c) {
    var v = parts(c).slice(0, 3).map(function (x) { x /= 255; return x <= 0.04045 ? x / 12.92 : Math.pow((x + 0.055) / 1.055, 2.4); });
    return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2];
  }
  function ground(e) {
    for (; e; e = e.parentElement) {
      var c = getComputedStyle(e).backgroundColor, p = parts(c);
      if (c !== 'transparent' && (p.length < 4 || p[3] === 1)) return c;
    }
    return '%(ground)s' === '#fff' ? 'rgb(255,255,255)' : 'rgb(27,26,24)';
  }
  function out_by(node, from, to) {
    var range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    return Math.max.apply(null, Array.from(range.getClientRects()).map(function (r) { return Math.max(r.right - width, -r.left); }).concat(0));
  }
  var found = [], width = document.documentElement.clientWidth, walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (var node; (node = walker.nextNode());) {
    if (!node.textContent.trim()) continue;
    var e = node.parentElement, style = getComputedStyle(e);
    if (style.display === 'none' || e.closest('[hidden], svg')) continue;
    var a = light(style.color), b = light(ground(e)), ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    var large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5))
      found.push('contrast ' + ratio.toFixed(2) + ': ' + style.color + ' on ' + ground(e) + ': ' + node.textContent.trim().slice(0, 40));
    if (out_by(node, 0, node.textContent.length) <= 1) continue;
    for (var word, words = /\\S+/g; (word = words.exec(node.textContent));) { /* blanks that hang at the end of a turned line have no ink */
      var by = out_by(node, word.index, word.index + word[0].length);
      if (by > 1) found.push('sticks out by ' + Math.round(by) + ' px: ' + word[0].slice(0, 40));
    }
  }
  document.querySelectorAll('img, svg, table, pre').forEach(function (e) {
    var r = e.getBoundingClientRect();
    if (r.right > width + 1) found.push(e.tagName + ' sticks out by ' + Math.round(r.right - width) + ' px');
    if (/^img$/i.test(e.tagName) && matchMedia('(prefers-color-scheme: dark)').matches && !e.closest('.cover') && parts(getComputedStyle(e).backgroundColor)[3] === 0)
      found.push('a picture has no ground at night: ' + e.getAttribute('src'));
    if (/^img$/i.test(e.tagName) && matchMedia('(prefers-color-scheme: dark)').matches && !/only/.test(getComputedStyle(e).colorScheme) && parts(getComputedStyle(e).backgroundColor)[3] !== 0)
      found.push('a drawing may turn white on the white ground of the night: ' + e.getAttribute('src'));
  });
  var out = document.createElement('pre');
  out.id = 'probe';
  out.textContent = JSON.stringify({dark: matchMedia('(prefers-color-scheme: dark)').matches, found: Array.from(new Set(found))});
  document.body.appendChild(out);
});
</script>
"""
MODES = {'day': dict(ground='#fff', ink='#111', size='100%'), 'night': dict(ground='#1b1a18', ink='#e8e4da', size='100%'),
         'large': dict(ground='#fff', ink='#111', size='200%')}


def browser(arguments, page, home):
    chromium = shutil.which('chromium') or shutil.which('chromium-browser')
    command = [chromium, '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars', '--window-size=420,800',
               f'--user-data-dir={home}', *arguments, 'file://' + page]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False).stdout


def main():
    book, folder = sys.argv[1], os.path.abspath(sys.argv[2])
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    zipfile.ZipFile(book).extractall(f'{folder}/book')
    pages = sorted(name for name in os.listdir(f'{folder}/book/OEBPS') if name.endswith('.xhtml') and name not in ('cover.xhtml',))
    found, seen = [], 0
    for mode, values in MODES.items():
        # all chapters in one page: a browser takes a second to start, and a chapter none
        bodies = []
        for name in pages:
            with open(f'{folder}/book/OEBPS/{name}', encoding='utf-8') as file:
                body = re.search(r'<body[^>]*>(.*)</body>', file.read(), re.S).group(1)
            bodies.append(re.sub(r'\s(id|aria-labelledby)="[^"]*"', '', body))
        path = f'{folder}/book/OEBPS/all-{mode}.xhtml'
        probe = (PROBE % values).replace('<script>', '<script>//<![CDATA[').replace('</script>', '//]]></script>')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
                       'xmlns:epub="http://www.idpf.org/2007/ops" lang="en"><head><title>all</title>'
                       f'<link rel="stylesheet" type="text/css" href="style.css"/>{probe}</head><body>' + '\n'.join(bodies) + '</body></html>')
        extra = ['--blink-settings=preferredColorScheme=0'] if mode == 'night' else ['--blink-settings=preferredColorScheme=1']
        dom = browser([*extra, '--dump-dom'], path, f'{folder}/home')
        answer = re.search(r'<pre id="probe">(.*?)</pre>', dom, re.S)
        if not answer:
            found.append(f'{mode}: the browser did not answer')
            continue
        result = json.loads(html.unescape(answer.group(1)))
        seen += 1
        if result['dark'] != (mode == 'night'):
            found.append(f'{mode}: the browser has the wrong scheme')
        found += [f'{mode}: {finding}' for finding in result['found']]
        browser([*extra, f'--screenshot={folder}/{mode}.png', '--window-size=420,6000'], path, f'{folder}/home')
    for finding in found[:40]:
        print(f'{book}: {finding}')
    if not found:
        print(f'{book}: {len(pages)} chapters in {seen} lights, nothing to say')
    shutil.rmtree(f'{folder}/home', ignore_errors=True)
    sys.exit(1 if found else 0)


main()
