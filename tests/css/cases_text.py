"""Text: what stands in a line and how lines stand."""
from harness import case, near

LONG = 'Words upon words stand here, one after the other, and none of them says much. ' * 4


@case('-inc-tracking', 'body { -inc-tracking: .06em; hyphens: none; -inc-looseness: off } .off { -inc-tracking: none }',
      '# One\n\n' + '\n\n'.join(f'<p class="{kind}">{kind} ' + 'straightforwardness internationalisation ' * n + '</p>' for n in range(3, 12) for kind in ('on', 'off')) + '\n')
def tracking(d):
    off = False
    found = {True: 0, False: 0}
    for page in d.body:
        for mark in page.texts():
            off = mark.text.startswith('off') or (off and not mark.text.startswith('on '))
            found[off] = max(found[off], abs(mark.extra))
    assert found[False] > 0.2 and found[True] == 0, found


@case('word-spacing', 'p.w { word-spacing: 5pt; text-align: left }', '# One\n\nalpha beta gamma\n\n<p class="w">alpha beta gamma</p>\n')
def word_spacing(d):
    plain, wide = d.page.find('beta').x - d.page.find('alpha').x, d.page.find('beta', 1).x - d.page.find('alpha', 1).x
    near(wide - plain, 5)


@case('letter-spacing', 'p.w { letter-spacing: 2pt }', '# One\n\nalpha beta\n\n<p class="w">alpha beta</p>\n')
def letter_spacing(d):
    near(d.page.find('beta', 1).width - d.page.find('beta').width, 8, .1)
    near(d.page.find('alpha', 1).width - d.page.find('alpha').width, 10, .1)


@case('text-align', 'p, p + p { text-indent: 0; -inc-protrusion: off } .l { text-align: left } .r { text-align: right } .c { text-align: center } .e { text-align: end }',
      '# One\n\n<p class="l">left</p>\n\n<p class="r">right</p>\n\n<p class="c">middle</p>\n\n<p class="e">end</p>\n')
def text_align(d):
    p = d.page
    near(p.find('left').x, p.x0)
    near(p.find('right').right, p.x1)
    near((p.find('middle').x + p.find('middle').right) / 2, (p.x0 + p.x1) / 2)
    near(p.find('end').right, p.x1)


@case('text-align', 'p { -inc-protrusion: off; text-align: justify; hyphens: none }', f'# One\n\n{LONG}\n')
def justified(d):
    lines = d.page.lines()[2:]
    for line in lines[:-1]:
        near(line[-1].right, d.page.x1, .2)
    assert lines[-1][-1].right < d.page.x1 - 5


@case('text-align-last', 'p, p + p { -inc-protrusion: off; text-indent: 0 } .r { text-align-last: right } .c { text-align-last: center } .j { text-align-last: justify } .k { text-align: left; text-align-last: justify }',
      f'# One\n\n<p class="r">{LONG}rr</p>\n\n<p class="c">{LONG}cc</p>\n\n<p class="j">jone jtwo jthree</p>\n\n<p class="k">kone ktwo kthree</p>\n')
def text_align_last(d):
    p = d.page
    near(p.find('rr').right, p.x1)
    line = [m for m in p.texts() if m.y == p.find('cc').y]
    near((line[0].x + line[-1].right) / 2, (p.x0 + p.x1) / 2, .1)
    near(p.find('jthree').right, p.x1, .1)
    near(p.find('kthree').right, p.x1, .1)
    near(p.find('jone').x, p.x0)


@case('text-indent', 'p { -inc-protrusion: off } .i { text-indent: 20pt } .p { text-indent: 10% } .h { text-indent: 24pt hanging } .n { text-indent: -10pt; padding-left: 10pt }',
      f'# One\n\n<p class="i">{LONG}</p>\n\n<p class="p">per cent</p>\n\n<p class="h">hang {LONG}</p>\n\n<p class="n">negative {LONG}</p>\n')
def text_indent(d):
    p = d.page
    near(p.find('Words').x, p.x0 + 20)
    near(p.find('per').x, p.x0 + (p.x1 - p.x0) / 10)
    start = p.find('hang')
    near(start.x, p.x0)
    below = min((m for m in p.texts() if abs(m.y - start.y - 14) < .1), key=lambda m: m.x)
    near(below.x, p.x0 + 24)
    start = p.find('negative')
    near(start.x, p.x0)


@case('text-transform', '.u { text-transform: uppercase } .l { text-transform: lowercase } .c { text-transform: capitalize }',
      "# One\n\n<p class=\"u\">straße end</p>\n\n<p class=\"l\">LOUD End</p>\n\n<p class=\"c\">the émigré's o'clock <i>half</i>way re-entry</p>\n")
def text_transform(d):
    words = d.page.words()
    assert 'STRASSE END' in words and 'loud end' in words, words
    assert 'The Émigré’s O’clock Halfway Re-Entry' in words, words


@case('text-decoration text-decoration-line text-decoration-color',
      '.u { text-decoration: underline #ff0000 } .s { text-decoration: line-through } .o { text-decoration-line: overline; text-decoration-color: #00ff00 }',
      '# One\n\nplain <span class="u">under</span> <span class="s">struck</span> <span class="o">over</span> end\n')
def text_decoration(d):
    p = d.page
    line = {m.color: m for m in p.rules() if m.y > p.y0 + 100}
    under, over = line['#ff0000ff'], line['#00ff00ff']
    word = p.find('under')
    near(under.x, word.x)
    near(under.width, word.width, .1)
    assert under.y > word.y > over.y
    assert over.y < word.y - 6
    struck = [m for m in p.rules() if m.color not in ('#ff0000ff', '#00ff00ff') and abs(m.x - p.find('struck').x) < .1]
    assert len(struck) == 1 and word.y - 4 < struck[0].y < word.y


@case('white-space', 'p { text-align: left } .n { white-space: nowrap } .p { white-space: pre } .w { white-space: pre-wrap }',
      '# One\n\nin <span class="n">one two three four five six seven eight</span> line and <span class="n">one two three four five six seven</span> more\n\n<p class="p">three   blanks\nnew line</p>\n\n<p class="w">two  blanks\nagain</p>\n')
def white_space(d):
    p = d.page
    assert p.find('one').y == p.find('eight').y
    assert p.find('one', 1).y == p.find('seven', 1).y
    assert p.find('new').y > p.find('three', 1).y
    assert p.find('again').y > p.find('two', 2).y


@case('hyphens', '.a { hyphens: auto } .m { hyphens: manual } .n { hyphens: none } p { width: 60pt; text-align: justify; text-indent: 0 }',
      '# One\n\n<p class="a">Incomprehensibilities internationalisation characteristically</p>\n\n<p class="m">Incomprehens&shy;ibilities internation&shy;alisation character&shy;istically</p>\n')
def hyphens(d):
    hyphen = [m for m in d.page.marks if m.kind == 'text' and m.hyphen]
    assert len(hyphen) >= 4, hyphen


@case('hyphens', 'p { hyphens: none; width: 80pt; text-align: left }', '# One\n\nThe characteristically incomprehensible international word\n')
def no_hyphens(d):
    assert not [m for m in d.page.marks if m.kind == 'text' and m.hyphen]


@case('overflow-wrap', 'p { width: 60pt; text-align: left; hyphens: none } .a { overflow-wrap: anywhere }', '# One\n\n<p class="a">abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz</p>\n')
def overflow_wrap(d):
    assert all(m.right <= d.page.x0 + 61 for m in d.page.texts()[3:]), d.page.texts()[3:]


@case('hanging-punctuation -inc-protrusion', 'p, p + p { text-indent: 0; width: 100pt } .on { hanging-punctuation: first last } .off { hanging-punctuation: none } .p { -inc-protrusion: off }',
      '# One\n\n<p class="on">“Quoted</p>\n\n<p class="off">“Quoted</p>\n\n<p class="p">“Quoted</p>\n')
def hanging(d):
    near(d.page.find('“').x, d.page.x0 - d.page.find('“').width * 0, 6)
    assert d.page.find('“').x < d.page.x0 - 1
    near(d.page.find('“', 1).x, d.page.x0)
    near(d.page.find('“', 2).x, d.page.x0)


@case('line-height', '.a { line-height: 20pt } .b { line-height: 2; font-size: 9pt } .c { line-height: 150%; font-size: 8pt } .d { line-height: normal; font-size: 10pt } p { text-align: left; text-indent: 0 }',
      *['# One\n\n' + '\n\n'.join(f'<p class="{c}">{c}one<br>{c}two<br>{c}three</p>' for c in 'abcd')])
def line_height(d):
    for c, height in (('a', 20), ('b', 18), ('c', 12), ('d', 12)):
        near(d.page.find(c + 'three').y - d.page.find(c + 'two').y, height)


@case('font-size font-weight font-style font-family font', '.a { font-size: 13pt } .b { font-size: 150% } .c { font-size: larger } .d { font-weight: 700 } .e { font-style: italic } .f { font-family: "Source Sans 3" } .g { font: italic 700 11pt/15pt "Source Serif 4" } .h { font-size: xx-small } .i { font-weight: bolder } .i i { font-weight: lighter }',
      '# One\n\n' + '\n\n'.join(f'<p class="{c}">{c}word <i>x{c}</i></p>' for c in 'abcdefghi'))
def fonts(d):
    p = d.page
    near(p.find('aword').size, 13)
    near(p.find('bword').size, 15)
    near(p.find('cword').size, 12, .5)
    assert 'Bold' in p.find('dword').font and 'It' in p.find('eword').font and 'Sans' in p.find('fword').font
    assert p.find('gword').size == 11 and 'BoldIt' in p.find('gword').font
    assert p.find('hword').size < 7
    assert 'Bold' in p.find('iword').font and 'Bold' not in p.find('xi').font


@case('font-feature-settings font-variant font-variant-ligatures font-variant-numeric font-variant-caps font-variant-position font-kerning',
      'p { text-align: left; text-indent: 0; font-variant: normal; -inc-protrusion: off } .l { font-variant-ligatures: none } .o { font-variant-numeric: oldstyle-nums proportional-nums } .c { font-variant-caps: all-small-caps } .s { font-variant-position: super } .k { font-kerning: none } .f { font-feature-settings: "smcp" 1 } .v { font-variant: small-caps }',
      '# One\n\n' + '\n\n'.join(f'<p class="{c}">AVA fi 2011 caps .</p>' for c in 'nlocskfv'))
def features(d):
    # the words' widths tell which glyphs were taken
    starts = [m.y for m in d.page.texts() if m.text.startswith('AVA')]
    rows = [{m.text.strip(): m.width for m in d.page.texts() if m.y == y} for y in starts]
    normal, ligatures, oldstyle, caps, position, kerning, feature, variant = rows
    assert oldstyle['2011'] != normal['2011']
    assert caps['AVA'] < normal['AVA'] and caps['caps'] != normal['caps']
    assert position['2011'] < normal['2011']
    assert kerning['AVA'] > normal['AVA']
    assert feature['caps'] == variant['caps'] != normal['caps']
    assert feature['AVA'] == normal['AVA']


@case('vertical-align', 'p { text-align: left } .u { vertical-align: super } .d { vertical-align: sub } .l { vertical-align: 3pt } .p { vertical-align: -50% } .b { vertical-align: baseline }',
      '# One\n\nbase <span class="u">up</span> <span class="d">down</span> <span class="l">len</span> <span class="p">per</span> <span class="b">bot</span>\n')
def vertical_align(d):
    p = d.page
    y = p.find('base').y
    assert p.find('up').y < y < p.find('down').y
    near(p.find('len').y, y - 3)
    near(p.find('per').y, y + 7)
    near(p.find('bot').y, y)


@case('orphans widows', 'p { orphans: 4; widows: 4; text-indent: 0 }', '# One\n\n' + '\n\n'.join(LONG * (1 + n % 3) for n in range(24)))
def orphans_and_widows(d):
    # a paragraph begins where the line before is not the end of a sentence of its own: count the lines of what is cut by a page
    assert len(d.body) >= 3
    for page, after in zip(d.body, d.body[1:]):
        foot, head = page.lines(), after.lines()
        if foot[-1][-1].right > page.x1 - 8:  # goes on
            lines_before = 0
            for line in reversed(foot):
                if lines_before and line[-1].right < page.x1 - 8:
                    break
                lines_before += 1
            lines_after = 1 + next((n for n, line in enumerate(head) if line[-1].right < after.x1 - 8), 0)
            assert lines_before >= 4 and lines_after >= 4, (page.label, lines_before, lines_after)


@case('tab-size', 'pre { tab-size: 8 }', '# One\n\n```\nab\tx\n```\n')
def tab_size(d):
    assert any(m.text == 'ab      x' for m in d.page.texts()), d.page.texts()


@case('-inc-least-size', 'pre { font-size: 8.5pt; -inc-least-size: 8pt }',
      '# One\n\n' + '\n\n'.join('```c\n' + letter * n + '\n```' for letter, n in (('a', 80), ('b', 84), ('c', 90))) + '\n')
def least_size(d):
    near(d.page.find('a').width, 80 * 4.25)
    near(d.page.find('b').width, 84 * 4)
    assert d.page.find('c').text != 'c' * 90  # smaller type would not help: it is wrapped


# What is drawn with letters, and what says no language, is not wrapped for a few columns; a program is.
@case('-inc-least-size', '', '# One\n\n' + '\n\n'.join(f'```{language}\n{letter * 86}\n```' for letter, language in zip('abcde', ('bob', 'ditaa', 'text', '', 'c'))) + '\n')
def drawings(d):
    for letter in 'abcd':
        assert d.page.find(letter).text == letter * 86, letter
    assert d.page.find('e').text != 'e' * 86


@case('color', '.r { color: #123456 } @media print { .r { color: #000 } } .n { color: rgb(255 0 0) } .h { color: hsl(120deg 100% 25%) } .k { color: rebeccapurple } .o { color: currentcolor }',
      '# One\n\n<span class="r">two inks</span>, <span class="n">red</span>, <span class="h">green</span>, <span class="k">named <span class="o">own</span></span>\n')
def color(d):
    p = d.page
    assert p.find('two').color == '#123456ff' and p.find('two').print == '#000000ff'
    assert p.find('red').color == '#ff0000ff' and p.find('green').color == '#008000ff'
    assert p.find('named').color == p.find('own').color == '#663399ff'
