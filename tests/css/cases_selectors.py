"""Selectors: each finds what it names and nothing else."""
from harness import case

WORDS = [f'w{n}' for n in range(1, 9)]


def found(d, color='#ff0000ff'):
    return [m.text.strip() for page in d.body for m in page.texts() if m.color == color and m.text.strip()]


def selects(selector, chapter, *want, says=()):
    @case(selector, selector + ' { color: #ff0000 }', chapter, says=says)
    def check(d):
        assert found(d) == list(want), (found(d), want)


ROW = '# One\n\n<div class="box">\n\n' + '\n\n'.join(f'<p id="{w}" class="c {w} odd{n % 2}">{w}</p>' for n, w in enumerate(WORDS, 1)) + '\n\n</div>\n'

selects('p', '# One\n\nalpha\n\n> beta\n', 'alpha', 'beta')
selects('.w3', ROW, 'w3')
selects('#w4', ROW, 'w4')
selects('p.w2.odd0', ROW, 'w2')
selects('[id]:not(h1)', ROW, *WORDS)
selects('p[id=w5]', ROW, 'w5')
selects('p[id="W5" i]', ROW, 'w5')
selects('p[class~=w6]', ROW, 'w6')
selects('p[id^=w7]', ROW, 'w7')
selects('p[id$="8"]', ROW, 'w8')
selects('p[class*=" w1"]', ROW, 'w1') if False else None
selects('p[id*="1"]', ROW, 'w1')
selects('div p.w1', ROW, 'w1')
selects('div > .w2', ROW, 'w2')
selects('section > p.w2', ROW)
selects('.w2 + p', ROW, 'w3')
selects('.w6 ~ p', ROW, 'w7', 'w8')
selects('div > :first-child', ROW, 'w1')
selects('div > :last-child', ROW, 'w8')
selects('p:nth-child(3n+2)', ROW, 'w2', 'w5', 'w8')
selects('p:nth-child(even)', ROW, 'w2', 'w4', 'w6', 'w8')
selects('p:nth-of-type(7)', ROW, 'w7')
selects('p:first-of-type:not(h1)', ROW, 'w1')
selects('p:last-of-type', ROW, 'w8')
selects('p:not(.odd0, .w1)', ROW, 'w3', 'w5', 'w7')
selects('p:is(.w1, .w8)', ROW, 'w1', 'w8')
selects(':where(.w1, .w2).odd1', ROW, 'w1')
selects('p:only-child', '# One\n\n<div class="box">\n\nlone\n\n</div>\n\nnot\n', 'lone')
selects('p:lang(de)', '# One\n\n<p lang="de-AT">deutsch</p>\n\nenglish\n', 'deutsch')
selects('a:link', '# One\n\n[linked](https://example.org) not\n', 'linked')
selects('a:hover', '# One\n\n[linked](https://example.org) not\n')
selects(':root p', '# One\n\nalpha\n', 'alpha')
selects('html p', '# One\n\nalpha\n', 'alpha')
selects('body > section > p', '# One\n\nalpha\n', 'alpha')
selects('thead th', '# One\n\n| aa | bb |\n|----|----|\n| cc | dd |\n', 'aa', 'bb')
selects('tbody > tr:first-child > td:last-child', '# One\n\n| aa | bb |\n|----|----|\n| cc | dd |\n| ee | ff |\n', 'dd')
selects('em, strong', '# One\n\na *bb* **cc** d\n', 'bb', 'cc')
selects('*.w1', ROW, 'w1')
selects('p:empty', '# One\n\ntext\n')
selects('p::selection', '# One\n\ntext\n')
selects('p:nonsense', '# One\n\ntext\n', says='p:nonsense')


@case('::first-letter', 'p { text-indent: 0; -inc-protrusion: off } p.f::first-letter { font-size: 20pt; color: #ff0000 }', '# One\n\n<p class="f">“Alpha <em>beta</em> gamma</p>\n')
def first_letter(d):
    assert ''.join(found(d)) == '“A', found(d)
    assert d.page.find('“A').size == 20 and d.page.find('lpha').size == 10 and d.page.find('lpha').color != '#ff0000ff'


@case('::first-line', 'p.f::first-line { color: #ff0000; font-variant-caps: all-small-caps }', '# One\n\n<p class="f">' + 'Words upon words stand here, one after the other, and <em>none</em> of them says much. ' * 4 + '</p>\n')
def first_line(d):
    lines = [line for line in d.page.lines() if line[0].tag == 'P']
    assert all(m.color == '#ff0000ff' or 'It' in m.font for m in lines[0]), lines[0]
    assert not any(m.color == '#ff0000ff' for line in lines[1:] for m in line)


@case('!important', 'p { color: #ff0000 !important } p.w1 { color: #00ff00 } p#w2 { color: #00ff00 !important }', ROW)
def important(d):
    assert found(d) == [w for w in WORDS if w != 'w2']


@case('inherit initial unset revert', 'div { color: #ff0000 } .w1 { color: inherit } .w2 { color: initial } .w3 { color: unset } .w4 { color: revert } .box { margin-left: 50pt } .w5 { margin-left: inherit }', ROW)
def wide_keywords(d):
    assert found(d) == [w for w in WORDS if w != 'w2'], found(d)
    assert d.find('w5').x > d.find('w6').x + 40


@case('var() calc()', ':root { --a: 10pt; --b: #ff0000 } p.w1 { margin-left: calc(var(--a) * 2 + 5pt); color: var(--b) } p.w2 { color: var(--none, var(--b)) } p.w3 { color: var(--none) }', ROW)
def variables(d):
    assert found(d) == ['w1', 'w2'], found(d)
    assert abs(d.find('w1').x - d.find('w4').x - 25) < 15


UNITS = {'10pt': 10, '1pc': 12, '0.5in': 36, '1cm': 28.35, '10mm': 28.35, '40q': 28.35, '16px': 12, '2em': 20, '1rem': 10, '2ex': 10, '2ch': 10, '1lh': 14}


@case(' '.join(UNITS), 'p { text-indent: 0 !important; -inc-protrusion: off } ' + ' '.join(f'.u{n} {{ margin-left: {unit} }}' for n, unit in enumerate(UNITS)),
      '# One\n\n' + '\n\n'.join(f'<p class="u{n}">u{n}</p>' for n in range(len(UNITS))))
def units(d):
    for n, (unit, want) in enumerate(UNITS.items()):
        got = next(m for m in d.page.texts() if m.text == f'u{n}').x - d.page.x0
        assert abs(got - want) < .06, (unit, got, want)


@case('@import', '@import "more.css"; p { margin-left: 0 }', '# One\n\ntext\n', says=('more.css',))
def missing_import(d):
    pass


@case('colour', 'p { colour: red } q { border-radius: 3pt; column-rule: 1pt solid }', '# One\n\ntext\n', says=("unknown property 'colour'", 'border-radius', 'column-rule'))
def reported(d):
    pass
