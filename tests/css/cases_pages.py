"""Pages: sizes, margins, sides, names, margin boxes, notes."""
from harness import case, near

LONG = 'Words upon words stand here, one after the other, and none of them says much. ' * 40


@case('@page size', '@page { size: 400pt 500pt; margin: 40pt 50pt 60pt 70pt } @page :left { margin-left: 50pt; margin-right: 70pt }', '# One\n\n' + LONG + '\n\n' + LONG)
def size_and_margins(d):
    first, second = d.body[:2]
    assert (first.x0, first.x1, first.y0, first.y1) == (70, 350, 40, 440)
    assert (second.x0, second.x1) == (50, 330)


@case('size', '@page { size: A5 landscape; margin: 1in }', '# One\n\ntext\n')
def named_size(d):
    near(d.page.x1, 595.28 - 72, .1)
    near(d.page.y1, 419.53 - 72, .1)


@case('bleed marks', '@page { bleed: 3mm; marks: crop }', '# One\n\ntext\n')
def bleed(d):
    import subprocess, harness
    dump = subprocess.run([harness.INCIPIT, 'dump', d.folder, '--as', 'pages'], capture_output=True, text=True, check=False).stdout
    assert dump.splitlines()[0].endswith('bleed 8.5 crop-marks'), dump.splitlines()[0]


@case('@page :first :left :right', '@page { @top-center { content: "any" } } @page :left { @top-center { content: "left" } } @page :right { @top-center { content: "right" } } @page :first { @top-center { content: "first" } }',
      '# One\n\n' + LONG + '\n\n' + LONG + '\n\n' + LONG)
def sides(d):
    assert ['first', 'left', 'right'] == [next(m.text for m in page.heads() if m.text in ('first', 'left', 'right', 'any')) for page in d.body[:3]]


@case('@page :blank', '@page :blank { @top-center { content: "left blank" } } @page :blank:left { @top-center { content: "left blank" } }', '# One\n\ntext\n', '# Two\n\ntext\n')
def blank(d):
    blank_pages = [page for page in d.pages if any(m.text.startswith('left blank') for m in page.marks)]
    assert len(blank_pages) >= 1 and not any(page.texts() for page in blank_pages)


@case('page', '@page wide { margin: 30pt; @top-center { content: "WIDE" } } .w { page: wide } ', '# One\n\nbefore\n\n<div class="w">\n\ninside\n\n</div>\n\nafter\n')
def named(d):
    assert ['before' in d.body[0].words(), 'inside' in d.body[1].words(), 'after' in d.body[2].words()] == [True] * 3
    assert any(m.text == 'WIDE' for m in d.body[1].heads()) and not any(m.text == 'WIDE' for page in (d.body[0], d.body[2]) for m in page.heads())


BOXES = ['top-left', 'top-center', 'top-right', 'bottom-left', 'bottom-center', 'bottom-right', 'top-left-corner', 'top-right-corner', 'bottom-left-corner',
         'bottom-right-corner', 'left-top', 'left-middle', 'left-bottom', 'right-top', 'right-middle', 'right-bottom']


@case(' '.join('@' + box for box in BOXES), '@page { size: 400pt 500pt; margin: 60pt; font: 6pt/8pt "Source Sans 3" } @page :first:left, :first:right, :left, :right { ' + ' '.join(f'@{box} {{ content: "{box}"; padding: 0 }}' for box in BOXES)
      + ' @-inc-top-left-next { content: none } @-inc-top-right-next { content: none } }', '# One\n\ntext\n')
def sixteen(d):
    p = d.page
    at = {m.text: m for m in p.heads()}
    assert sorted(at) == sorted(BOXES), sorted(at)
    for box, m in at.items():
        middle = (m.x + m.right) / 2
        if box.startswith('top'):
            assert 20 < m.y < 45, (box, m)
        elif box.startswith('bottom'):
            assert 455 < m.y < 480, (box, m)
        elif box.endswith('top'):
            assert 60 < m.y < 75
        elif box.endswith('middle'):
            near(m.y, 250, 5)
        else:
            assert 425 < m.y < 442
        if 'left-corner' in box or box.startswith('left-'):
            assert m.x >= 0 and m.right <= 60, (box, m)
        elif 'right-corner' in box or box.startswith('right-'):
            assert m.x >= 340 and m.right <= 400, (box, m)
        elif box.endswith('left'):
            near(m.x, 60)
        elif box.endswith('right'):
            near(m.right, 340)
        else:
            near(middle, 200)


@case('@top-left @bottom-right', '@page :first { @top-left { content: "head"; border-bottom: 1pt solid #ff0000; padding-top: 20pt; padding-bottom: 3pt } @bottom-right { content: ""; border-top: 1pt dotted #00ff00; padding-bottom: 20pt } }', '# One\n\ntext\n')
def rules_of_rows(d):
    p = d.page
    red, = p.rules('#ff0000ff')
    near(red.x, p.x0)
    near(red.width, p.x1 - p.x0)
    assert red.y > p.find('head').y
    assert len(p.rules('#00ff00ff')) > 50


@case('@top-left @top-center', '@page :first { @top-left { content: "12345678" } @top-center { content: "' + 'long words ' * 20 + '" } @top-right { content: "9" } }', '# One\n\ntext\n')
def heads_do_not_touch(d):
    heads = d.page.heads()
    left, middle = next(m for m in heads if m.text.startswith('1234')), next(m for m in heads if m.text.startswith('long'))
    assert middle.x >= left.right + 8, (left, middle)
    near((middle.x + max(m.right for m in heads if m.y == middle.y and m.text.endswith('…'))) / 2, (d.page.x0 + d.page.x1) / 2, 1)


@case('counter(page) counter(pages)', '@page :first { @top-center { content: counter(page) "/" counter(pages) " " counter(page, upper-roman) " " counter(page, lower-alpha) } }', '# One\n\ntext\n')
def folios(d):
    assert ''.join(m.text for m in d.page.heads()).startswith('1/6 I a') or any('1/' in m.text for m in d.page.heads()), d.page.heads()
    assert any('I a' in ''.join(m.text for m in d.page.heads()) for _ in (0,))


@case('@top-center', '@page { @top-center { content: counter(own) } }', '# One\n\ntext\n', says="'counter\\(own\\)'")
def own_counters_stay_out_of_the_margins(d):
    pass


@case('@footnote ::footnote-marker ::footnote-call float', '@page { @footnote { border-top: 2pt solid #ff0000; width: 50pt; margin-top: 20pt; padding-top: 5pt } } .footnote { float: footnote } ::footnote-marker { color: #00ff00 } ::footnote-call { color: #0000ff; font-weight: 700 }',
      '# One\n\ntext[^a]\n\n[^a]: The note.\n')
def notes(d):
    p = d.page
    red, = p.rules('#ff0000ff')
    near(red.width, 50)
    note = p.find('The')
    assert note.y > red.y + 5 and note.y > p.y1 - 20
    ones = [m for m in p.texts() if m.text == '1']
    assert any(m.color == '#00ff00ff' for m in ones), ones
    assert any(m.color == '#0000ffff' and 'Bold' in m.font for m in ones), ones


@case('@media', 'p { color: #111111 } @media screen { p { color: #222222 } } @media print { p { color: #333333 } } @media epub { p { color: #444444 } } @media (min-width: 10em) { p { color: #555555 } } @media (prefers-color-scheme: light) { b { color: #666666 } }', '# One\n\ntext <b>bold</b>\n')
def media(d):
    assert d.page.find('text').color == '#222222ff' and d.page.find('text').print == '#333333ff' and d.page.find('bold').color == '#666666ff'
    sheet = d.sheet()
    assert '#444444' in sheet and '#222222' not in sheet and '#333333' not in sheet and 'min-width' in sheet


@case('@media', '@media screen { p { margin-left: 20pt } }', '# One\n\ntext\n', says='margin-left.*cannot differ')
def screen_geometry(d):
    near(d.page.find('text').x, d.page.x0, 1)


@case('@supports', '@supports (column-count: 2) { p { color: #111111 } } @supports (display: ruby-base) { p { color: #222222 } } @supports not (display: ruby-base) { b { color: #333333 } }', '# One\n\ntext <b>bold</b>\n')
def supports(d):
    assert d.page.find('text').color == '#111111ff' and d.page.find('bold').color == '#333333ff'
