"""Columns: as wide as they should be, read in order, level at the end, over pages."""
from harness import case, near

ENTRIES = '\n'.join(f'- entry{n:03}' for n in range(40))
FEW = '\n'.join(f'- entry{n:03}' for n in range(20))
MANY = '\n'.join(f'- entry{n:03}' for n in range(300))
PROSE = 'Words upon words stand here, one after the other, and none of them says much. ' * 12


@case('columns column-count column-gap', '.two { columns: 2; column-gap: 30pt }', f'# One\n\n<div class="two">\n\n{PROSE}\n\n</div>\n')
def two_columns(d):
    left = [line[0].x for line in d.page.lines()]
    right = [line[-1].right for line in d.page.lines()]
    width = (d.page.x1 - d.page.x0 - 30) / 2
    assert max(right) > d.page.x1 - 8
    second = [m for m in d.page.texts() if m.x > d.page.x0 + width + 20]
    near(min(m.x for m in second), d.page.x0 + width + 30, 1)
    near(min(left[3:]), d.page.x0, 1)


@case('column-count', '.three > ul { column-count: 3 }', f'# One\n\n<div class="three">\n\n{ENTRIES}\n\n</div>\n')
def level_at_the_end(d):
    entries = [d.find(f'entry{n:03}') for n in range(40)]
    xs = sorted({round(m.x) for m in entries})
    assert len(xs) == 3
    counts = [sum(round(m.x) == x for m in entries) for x in xs]
    assert max(counts) - min(counts) <= 2, counts
    assert [round(m.x) for m in entries] == sorted(round(m.x) for m in entries)  # in order, column by column


@case('column-count', '.two > ul { column-count: 2 }', f'# One\n\nBefore.\n\n<div class="two">\n\n{MANY}\n\n</div>\n\nBehind.\n')
def over_pages(d):
    order = [int(m.text[5:8]) for page in d.body for m in page.texts() if m.text.startswith('entry')]
    assert order == list(range(300))
    assert len(d.body) > 2
    for page in d.body[:-1]:
        lowest = {}
        for m in page.texts():
            if m.text.startswith('entry'):
                lowest[round(m.x)] = max(lowest.get(round(m.x), 0), m.y)
        assert len(lowest) == 2 and max(lowest.values()) > page.y1 - 30, (page.label, lowest)  # filled
    last = d.body[-1]
    assert last.find('Behind').y > max(m.y for m in last.texts() if m.text.startswith('entry'))


@case('column-width', '.w { column-width: 100pt; column-gap: 10pt }', f'# One\n\n<div class="w">\n\n{ENTRIES}\n\n</div>\n')
def as_many_as_fit(d):
    assert len({round(d.find(f'entry{n:03}').x) for n in range(40)}) == 3


@case('columns column-width', '.w { columns: 100pt 2 }', f'# One\n\n<div class="w">\n\n{ENTRIES}\n\n</div>\n')
def no_more_than_said(d):
    assert len({round(d.find(f'entry{n:03}').x) for n in range(40)}) == 2


@case('column-span', '.two { columns: 2 } .two > p.all { column-span: all; text-align: center }',
      f'# One\n\n<div class="two">\n\n{FEW}\n\n<p class="all">Across</p>\n\n{FEW.replace("entry", "later")}\n\n</div>\n')
def across(d):
    mark = d.find('Across')
    near((mark.x + mark.right) / 2, (d.page.x0 + d.page.x1) / 2, 1)
    assert all(d.find(f'entry{n:03}').y < mark.y for n in range(20))
    assert len({round(d.find(f'entry{n:03}').x) for n in range(20)}) == 2
    assert len({round(d.find(f'later{n:03}').x) for n in range(20)}) == 2


@case('column-fill', '.two { columns: 2; column-fill: auto }', f'# One\n\n<div class="two">\n\n{ENTRIES}\n\n</div>\n')
def filled_in_turn(d):
    xs = [round(d.find(f'entry{n:03}').x) for n in range(40)]
    assert xs.count(xs[0]) > 24


@case('break-before break-after', '.two { columns: 2 } .two p.c { break-before: column } ',
      '# One\n\n<div class="two">\n\nAlpha alone\n\n<p class="c">Beta</p>\n\nGamma\n\n</div>\n')
def a_column_of_its_own(d):
    assert d.find('Beta').x > d.find('Alpha').x + 100
    near(d.find('Beta').y, d.find('Alpha').y)
    assert d.find('Gamma').y > d.find('Beta').y


@case('break-inside', '.two { columns: 2 } .two > ul > li { break-inside: avoid-column }',
      '# One\n\n<div class="two">\n\n' + '\n'.join(f'- a{n} {PROSE[:200]}\n' for n in range(6)) + '\n\n</div>\n')
def whole_in_a_column(d):
    for n in range(6):
        first = d.find(f'a{n}')
        lines = [m for m in d.page.texts() if abs(m.y - first.y - 14) < 0.1]
        assert any(abs(m.x - first.x) < 20 for m in lines), n
