"""Boxes: margins, paddings, borders, sizes, grounds, lists."""
from harness import case, near

LONG = 'Words upon words stand here, one after the other, and none of them says much. ' * 3
PLAIN = 'p, p + p { text-indent: 0; text-align: left; -inc-protrusion: off } '


@case('margin margin-top margin-bottom margin-left margin-right',
      PLAIN + '.a { margin: 20pt 30pt 10pt 40pt } .b { margin-top: 15pt; margin-bottom: 28pt; margin-left: 10%; margin-right: 50% } .c { margin-left: auto; width: 100pt }',
      f'# One\n\nfirst\n\n<p class="a">aa {LONG}</p>\n\n<p class="b">bb {LONG}</p>\n\n<p class="c">cc</p>\n')
def margins(d):
    p = d.page
    near(p.find('aa').y - p.find('first').y, 14 + 20)
    near(p.find('aa').x, p.x0 + 40)
    assert max(m.right for m in p.texts() if p.find('aa').y <= m.y < p.find('bb').y) <= p.x1 - 30
    last = max(m.y for m in p.texts() if m.y < p.find('bb').y)
    near(p.find('bb').y - last, 14 + 15)  # margins collapse: the larger
    near(p.find('bb').x, p.x0 + 34.2)
    last = max(m.y for m in p.texts() if m.y < p.find('cc').y)
    near(p.find('cc').y - last, 14 + 28)
    near(p.find('cc').x, p.x1 - 100)


@case('padding padding-top padding-right padding-bottom padding-left background background-color',
      PLAIN + '.a { padding: 5pt 30pt 10pt 20pt; background: #ff0000 } .b { padding-top: 1pt; padding-right: 2pt; padding-bottom: 3pt; padding-left: 4pt; background-color: #00ff00 }',
      f'# One\n\n<p class="a">aa {LONG}</p>\n\n<p class="b">bb</p>\n')
def paddings(d):
    p = d.page
    box, = p.rules('#ff0000ff')
    near(box.width, 342)
    near(p.find('aa').x, p.x0 + 20)
    lines = {m.y for m in p.texts() if box.y < m.y < box.y + box.height}
    near(box.height, 14 * len(lines) + 15)
    green, = p.rules('#00ff00ff')
    near(green.height, 14 + 4)
    near(p.find('bb').x, p.x0 + 4)
    near(green.y, box.y + box.height)


SIDES = ('top', 'right', 'bottom', 'left')


@case('border border-width border-style border-color border-top border-right border-bottom border-left '
      + ' '.join(f'border-{side}-{part}' for side in SIDES for part in ('width', 'style', 'color')),
      PLAIN + '.a { border: 2pt solid #ff0000 } .b { border-style: solid; border-width: 1pt 2pt 3pt 4pt; border-color: #00ff00 } .c { border-top: 3pt solid #0000ff } '
      + '.d { ' + ' '.join(f'border-{side}-width: 1pt; border-{side}-style: solid; border-{side}-color: #00ffff;' for side in SIDES) + ' }'
      + '.e { border-right: 1pt solid #ff00ff; border-bottom: 1pt solid #ff00ff; border-left: 1pt solid #ff00ff } .f { border: 0 none; border-left: thick hidden #ffff00 }',
      '# One\n\n' + '\n\n'.join(f'<p class="{c}">{c}{c}</p>' for c in 'abcdef'))
def borders(d):
    p = d.page
    red = p.rules('#ff0000ff')
    assert sorted((round(m.width), round(m.height)) for m in red) == [(2, 18), (2, 18), (342, 2), (342, 2)], red
    green = p.rules('#00ff00ff')
    assert sorted((round(m.width), round(m.height)) for m in green) == [(2, 18), (4, 18), (342, 1), (342, 3)], green
    blue, = p.rules('#0000ffff')
    near(blue.height, 3)
    assert len(p.rules('#00ffffff')) == 4 and len(p.rules('#ff00ffff')) == 3 and not p.rules('#ffff00ff')
    near(p.find('aa').x, p.x0 + 2)


@case('border-style', PLAIN + '.a { border-top: 2pt dotted #ff0000 } .b { border-top: 1pt dashed #00ff00 } .c { border-top: 3pt double #0000ff } .d { border-left: 1.5pt dashed #ff00ff } .e { border-top: 1pt groove #00ffff }',
      '# One\n\n' + '\n\n'.join(f'<p class="{c}">{c}{c}</p>' for c in 'abcde'))
def border_styles(d):
    p = d.page
    dots, dashes, lines, upright = (p.rules(c) for c in ('#ff0000ff', '#00ff00ff', '#0000ffff', '#ff00ffff'))
    assert 80 <= len(dots) <= 90 and all(round(m.width, 1) == 2 for m in dots)
    assert 60 <= len(dashes) <= 75 and all(round(m.width) == 3 for m in dashes)
    for row in (dots, dashes):
        near(row[0].x, p.x0)
        near(row[-1].right, p.x1)
    assert [round(m.height) for m in lines] == [1, 1]
    near(lines[1].y - lines[0].y, 2)
    assert len(upright) > 1 and all(m.width == 1.5 for m in upright)
    assert len(p.rules('#00ffffff')) == 1


@case('border @media', PLAIN + '@media screen { .a { border-top: 2pt solid #ff0000 } } @media print { .b { border-top: 2pt dashed #000 } .b { background: #cccccc } }',
      '# One\n\n<p class="a">aa</p>\n\n<p class="b">bb</p>\n\n<p class="c">cc</p>\n')
def border_of_one_medium(d):
    p = d.page
    red, = p.rules('#ff0000ff')
    assert red.print == '#00000000'
    near(p.find('bb').y - p.find('aa').y, 16)
    assert [m for m in p.rules('#00000000') if m.print == '#ccccccff']


@case('width min-width max-width height', PLAIN + 'p { background: #ff0000 } .a { width: 100pt } .b { width: 50% } .c { width: 20pt; min-width: 60pt } .d { max-width: 80pt } .e { height: 50pt } .f { max-width: none; min-width: 0 }',
      '# One\n\n' + '\n\n'.join(f'<p class="{c}">{c}{c}</p>' for c in 'abcdef'))
def sizes(d):
    widths = [round(m.width) for m in d.page.rules('#ff0000ff')]
    assert widths == [100, 171, 60, 80, 342, 342], widths
    near(d.page.rules('#ff0000ff')[4].height, 50)


@case('max-height width height', PLAIN + '.low { max-height: 60pt } .low40 { max-height: none; height: 40pt } .third { width: 33.333%; max-width: 90pt } .box { width: 100pt; height: 30pt } .page { max-height: 50% }',
      '# One\n\n![a](wide.png){.low}\n\n![b](tall.png){.low40}\n\n![c](wide.png){.third}\n\n![d](wide.png){.box}\n\n![e](wide.png){width=50% height=1000pt}\n\n![f](tall.png){height=400px .page}\n')
def picture_sizes(d):
    sizes = [(round(m.width), round(m.height)) for page in d.body for m in page.marks if m.kind == 'image']
    assert sizes == [(120, 60), (20, 40), (90, 45), (60, 30), (171, 86), (147, 294)], sizes


@case('-inc-float display column-gap', '.own { -inc-float: page } .bleed { -inc-float: page; page: bare } .row { display: flex; column-gap: 10pt } @page bare { margin: 0 }',
      '# One\n\nbefore\n\n<figure class="own">\n\n![a](tall.png)\n\n<figcaption>Alone</figcaption></figure>\n\n<figure class="bleed">\n\n![b](wide.png)\n\n<figcaption>Stays</figcaption></figure>\n\nbehind\n\n'
      '<div class="row">\n\n![c](wide.png)\n\n![d](tall.png)\n\n</div>\n\nlast')
def own_pages(d):
    text, own, bleed = d.body[0], d.body[1], d.body[2]
    assert all(word in text.words() for word in ('before', 'Stays', 'behind', 'last')) and 'Alone' in own.words() and not bleed.words().strip()
    picture, = [m for m in own.marks if m.kind == 'image']
    near(own.find('Alone').y - picture.y - picture.height, 17, 6)
    assert picture.height > 500, picture.height
    whole, = [m for m in bleed.marks if m.kind == 'image']
    assert whole.x <= 0 and whole.y <= 0 and whole.x + whole.width >= 504 and whole.y + whole.height >= 720
    near(whole.width / whole.height, 2)
    c, d = [m for m in text.marks if m.kind == 'image']
    near(c.y, d.y)
    near(c.height, d.height)
    near(d.x - c.x - c.width, 10)
    near(c.width + d.width + 10, 342)


@case('display', PLAIN + '.b { display: block } .n { display: none } .i { display: inline-block; width: 80pt } h3 { display: run-in } .l { display: list-item }',
      '# One\n\nalpha <span class="b">beta</span> gamma <span class="n">gone</span> <span class="i">box</span>delta\n\n## Two\n\n### Run\n\ninto the text\n\n<div class="n">\n\nlost\n\n</div>\n')
def display(d):
    p = d.page
    assert p.find('beta').y == p.find('alpha').y + 14 and p.find('gamma').y >= p.find('beta').y
    near(p.find('delta').x - p.find('box').x, 80)
    assert p.find('Run').y == p.find('into').y
    assert not any(word in p.words() for word in ('gone', 'lost'))


@case('float', PLAIN + '.r { float: right }', '# One\n\nalpha beta <span class="r">aside</span>\n\n')
def float_of_a_piece(d):
    near(d.page.find('aside').right, d.page.x1)
    assert d.page.find('aside').y == d.page.find('alpha').y


@case('float', PLAIN + 'p { background: #ff0000; width: 80pt } .r { float: right } .l { float: left }', '# One\n\n<p class="r">right</p>\n\n<p class="l">left</p>\n')
def float_of_a_block(d):
    right, left = d.page.rules('#ff0000ff')
    near(right.right, d.page.x1)
    near(left.x, d.page.x0)
    assert d.page.find('left').y > d.page.find('right').y


@case('list-style list-style-type', PLAIN + '.a ol { list-style-type: upper-roman } .b ol { list-style: lower-alpha } .c ul { list-style-type: "→ " } .d ul { list-style: none } .e ul { list-style-type: square } .f ol { list-style-type: decimal-leading-zero } .g ol { list-style-type: lower-greek }',
      '# One\n\n' + '\n\n'.join(f'<div class="{c}">\n\n{"1." if c in "abfg" else "-"} {c}one\n{"2." if c in "abfg" else "-"} {c}two\n\n</div>' for c in 'abcdefg'))
def lists(d):
    marks = {}
    for page in d.body:
        for m in page.texts():
            if m.tag == 'Lbl':
                marks.setdefault(next(t.text[0] for t in page.texts() if t.y == m.y and t.tag == 'P'), []).append(m.text)
    assert marks['a'] == ['I.', 'II.'] and marks['b'] == ['a.', 'b.'] and marks['c'] == ['→', '→'], marks
    assert 'd' not in marks and marks['e'] == ['▪', '▪'] and marks['f'] == ['01.', '02.'] and marks['g'] == ['α.', 'β.'], marks


@case('::marker', PLAIN + '.a li::marker { color: #ff0000; font-weight: 700 } .b li::marker { content: "§" } .c li::marker { content: "(" counter(list-item) ")" } .d li::marker { content: none }',
      '# One\n\n' + '\n\n'.join(f'<div class="{c}">\n\n1. {c}one\n2. {c}two\n\n</div>' for c in 'abcd'))
def markers(d):
    marks = {}
    for m in d.page.texts():
        if m.tag == 'Lbl':
            marks.setdefault(next(t.text[0] for t in d.page.texts() if t.y == m.y and t.tag == 'P'), []).append(m)
    assert [m.text for m in marks['a']] == ['1.', '2.'] and marks['a'][0].color == '#ff0000ff' and 'Bold' in marks['a'][0].font
    assert [m.text for m in marks['b']] == ['§', '§'] and [m.text for m in marks['c']] == ['(1)', '(2)'] and 'd' not in marks


@case('-inc-grid -inc-grid-unit', '.g { -inc-grid: on; font-size: 9pt; line-height: 11pt } p, p + p { text-indent: 0 }', f'# One\n\nbefore\n\n<p class="g">gg {LONG}</p>\n\nbehind\n')
def grid(d):
    near((d.page.find('behind').y - d.page.find('before').y) % 14, 0)


@case('-inc-rule-inset', PLAIN + '.a { border-top: 1pt solid #ff0000; background: #00ff00; -inc-rule-inset: 6pt }', '# One\n\n<p class="a">aa</p>\n')
def rule_inset(d):
    red, = d.page.rules('#ff0000ff')
    near(red.x, d.page.x0 + 6)
    near(red.width, 330)


@case('-inc-stretch -inc-looseness', 'h2 { -inc-stretch: off } body { -inc-looseness: off }', '# One\n\n' + ('## Head\n\n' + LONG + '\n\n') * 24)
def nothing_gives(d):
    gaps = {round(after.y - head.y) for page in d.body for head in page.texts() if head.text == 'Head' for after in [page.find('Words', page.texts() and [m for m in page.texts() if m.text.startswith('Words')].index(next(m for m in page.texts() if m.text.startswith('Words') and m.y > head.y)))]}
    assert len(gaps) == 1, gaps


@case('-inc-float', 'figure.listing { -inc-float: on } figure.stay { -inc-float: off }',
      '# One\n\n' + 'fill\n\n' * 26 + '<figure class="listing">\n\n```text\n' + 'code\n' * 16 + '```\n\n<figcaption>First</figcaption></figure>\n\n' + 'behind\n\n' * 40
      + '<figure class="listing stay">\n\n```text\n' + 'more\n' * 16 + '```\n\n<figcaption>Second</figcaption></figure>\n\n' + 'last\n\n' * 9)
def floats(d):
    moved = next(page for page in d.body if 'First' in page.words())
    assert moved is d.body[1] and 'behind' in d.body[0].words() and moved.lines()[0][0].text.startswith('Listing')
    words = ' '.join(page.words() for page in d.body)
    assert words.index('more') < words.index('last')


@case('break-before break-after break-inside', PLAIN + '.n { break-before: page } .o { break-after: page } .k { break-inside: avoid } .a { break-after: avoid }',
      '# One\n\nalpha\n\n<p class="n">beta</p>\n\n<p class="o">gamma</p>\n\n' + ('fill\n\n' * 40) + f'<p class="k">kept {LONG}</p>\n')
def breaks(d):
    assert 'alpha' in d.body[0].words() and 'beta' in d.body[1].words() and 'gamma' in d.body[1].words() and 'fill' not in d.body[1].words()
    last = next(page for page in d.body if any(m.text.startswith('kept') for m in page.texts()))
    assert len([line for line in last.lines() if line[0].y >= last.find('kept').y]) >= 4


@case('-inc-row-gap', 'table { -inc-row-gap: 5pt } td, th { padding: 1pt 7pt; font: 8.8pt/12pt var(--sans) }',
      '# One\n\n| H | I |\n|---|---|\n| a | short |\n| b | short |\n\nBetween.\n\n| H | I |\n|---|---|\n| c | one<br>two |\n| d | three |\n| e | four |\n')
def row_gap(d):
    p = d.page
    near(p.find('b').y - p.find('a').y, 14)  # rows of one line each need none
    near(p.find('d').y - p.find('c').y, 26 + 5)
    near(p.find('e').y - p.find('d').y, 14 + 5)
