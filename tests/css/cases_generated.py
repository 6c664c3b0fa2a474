"""Generated content: counters, strings, references, leaders."""
from harness import case, near

PLAIN = 'p, p + p { text-indent: 0; text-align: left; -inc-protrusion: off } '
LONG = 'Words upon words stand here, one after the other, and none of them says much. ' * 30


@case('content ::before ::after', PLAIN + '.a::before { content: "before " } .a::after { content: " " attr(title) " after" } .b::before { content: none } .c::before { content: open-quote } .c::after { content: close-quote } a::after { content: " <" attr(href) ">" }',
      '# One\n\n<span class="a" title="told">word</span> <span class="b">bare</span> <span class="c">said</span> [link](https://example.org/)\n')
def content(d):
    words = d.page.words()
    assert 'before word told after' in words and '“said”' in words and 'link <https://example.org/>' in words, words


@case('counter-reset counter-increment counter()', 'body { counter-reset: theorem } p.t { counter-increment: theorem } ' + PLAIN + 'p.t::before { content: "Theorem " counter(theorem) ". " }',
      *[f'# {n}\n\n<p class="t">one</p>\n\n<p class="t">two</p>\n' for n in ('A', 'B', 'C')])
def counters_run_through_the_book(d):
    words = ' '.join(page.words() for page in d.body)
    assert all(f'Theorem {n}.' in words for n in range(1, 7)) and 'Theorem 7' not in words, words
    assert words.index('Theorem 2.') < words.index('Theorem 3.')


@case('counter-reset counter-increment', 'section { counter-reset: t } p.t { counter-increment: t 5 } ' + PLAIN + 'p.t::before { content: "(" counter(t, upper-roman) ") " }',
      *[f'# {n}\n\n<p class="t">one{n}</p>\n\n<p class="t">two{n}</p>\n' for n in 'AB'])
def counters_begin_anew(d):
    words = ' '.join(page.words() for page in d.body)
    assert '(V) oneA' in words and '(X) twoA' in words and '(V) oneB' in words and '(X) twoB' in words, words


@case('counters() counter-reset', PLAIN + 'ol { counter-reset: n; list-style: none } li { counter-increment: n } li > p::before { content: counters(n, ".") " " } .d li::marker { content: counters(list-item, "-") }',
      '# One\n\n1. aa\n\n    1. bb\n\n    2. cc\n\n2. dd\n\n<div class="d">\n\n1. ee\n    1. ff\n\n</div>\n')
def nested_counters(d):
    words = d.page.words()
    assert all(w in words for w in ('1 aa', '1.1 bb', '1.2 cc', '2 dd')), words
    assert '1-1' in words, words


@case('counter-set', PLAIN + 'p { counter-increment: n } p.s { counter-set: n 41 } p::before { content: counter(n) "] " }', '# One\n\naa\n\n<p class="s">bb</p>\n\ncc\n')
def counter_set(d):
    words = d.page.words()
    assert '1] aa' in words and '41] bb' in words and '42] cc' in words, words


@case('counter-increment', PLAIN + 'body { counter-reset: sec } h2::before { counter-increment: sec; content: "S" counter(sec) " " } .n { display: none; counter-increment: sec 10 }',
      '# One\n\n## aa\n\ntext\n\n<p class="n">gone</p>\n\n## bb\n\ntext\n')
def counters_of_pseudo_elements(d):
    words = d.page.words()
    assert 'S1' in words and 'S2' in words, words


@case('@counter-style', '@counter-style dice { system: cyclic; symbols: "⚀" "⚁" "⚂"; suffix: " " } @counter-style two { system: numeric; symbols: "0" "1" } '
      + '@counter-style abc { system: alphabetic; symbols: x y z } @counter-style stars { system: symbolic; symbols: "*" "†" } @counter-style old { system: additive; additive-symbols: 10 "X", 5 "V", 1 "I" } @counter-style few { system: fixed; symbols: "A" "B"; prefix: "<"; suffix: ">" } '
      + PLAIN + ' '.join(f'.{c} ol {{ list-style-type: {name} }}' for c, name in zip('abcdef', ('dice', 'two', 'abc', 'stars', 'old', 'few'))),
      '# One\n\n' + '\n\n'.join(f'<div class="{c}">\n\n1. {c}\n2. {c}\n3. {c}\n4. {c}\n\n</div>' for c in 'abcdef'))
def counter_styles(d):
    marks = {}
    for page in d.body:
        for m in page.texts():
            if m.tag == 'Lbl':
                marks.setdefault(next(t.text[0] for t in page.texts() if t.y == m.y and t.tag == 'P'), []).append(m.text)
    assert marks == {'a': ['⚀', '⚁', '⚂', '⚀'], 'b': ['1.', '10.', '11.', '100.'], 'c': ['x.', 'y.', 'z.', 'xx.'], 'd': ['*.', '†.', '**.', '††.'],
                     'e': ['I.', 'II.', 'III.', 'IIII.'], 'f': ['<A>', '<B>', '<3>', '<4>']}, marks


@case('@counter-style', '@counter-style bad { system: cyclic }', '# One\n\ntext\n', says='@counter-style is not understood')
def counter_style_without_symbols(d):
    pass


@case('target-counter() target-text()', PLAIN + 'p { counter-increment: para } a::after { content: " (p. " target-counter(attr(href), page) ", no. " target-counter(attr(href), para) ", “" target-text(attr(href)) "”)" }',
      '# One\n\nSee [there](#far), [this](https://example.org/).\n\n' + LONG + '\n\n' + LONG + '\n\n<p id="far">Target words</p>\n')
def targets(d):
    words = d.body[0].words()
    page = next(p.label for p in d.body if any(m.text.startswith('Target') for m in p.texts()))
    assert f'there (p. {page}, no. 4, “Target words”), this.' in words, words


@case('leader()', PLAIN + '.toc2::after { content: leader(".") "7" } .b::after { content: leader(dotted) " 19" }', '# One\n\n<p class="toc2">Alpha</p>\n\n<p class="b">Beta beta</p>\n')
def leaders(d):
    p = d.page
    near(p.find('7').right, p.x1, .1)
    near(p.find('19').right, p.x1, .1)
    dots = [m for m in p.heads() if m.text.startswith('.')]
    assert len(dots) >= 2 and dots[0].text.count('.') > 40
    assert dots[0].x > p.find('Alpha').right and dots[0].right <= p.find('7').x + .1


@case('string-set string() @top-center', 'h1 { string-set: own "<" content(text) ">", two attr(id) } p.s { string-set: own content() } '
      '@page { @top-center { content: string(own) " " string(two) } @bottom-center { content: string(own, last) } @bottom-left { content: string(own, start) } @bottom-right { content: string(own, first-except) } }'
      '@page :first { @bottom-right { content: none } @bottom-left { content: none } }',
      '# One {#label}\n\n' + LONG + '\n\n' + LONG[:800] + '\n\n<p class="s">second</p>\n\n<p class="s">third</p>\n\n' + LONG + '\n\n' + LONG)
def strings(d):
    pages = [[m.text for m in page.heads()] for page in d.body]
    assert ''.join(pages[0]).count('<1\u2002One> label') == 1, pages[0]
    with_second = next(i for i, page in enumerate(d.body) if any(m.text.startswith('second') for m in page.texts()))
    here, after = ''.join(pages[with_second]), ''.join(pages[with_second + 1])
    assert 'second label' in here and 'third' in here and '<1\u2002One>' in here, here
    assert 'third label' in after and after.count('third') == 4, after


@case('@media epub', '@counter-style own { system: cyclic; symbols: "a\\"" b } ' + PLAIN + 'body { counter-reset: q } p.q { counter-increment: q } p.q::before { content: "Q" counter(q) " " } .x { string-set: a content() }',
      '# One\n\n<p class="q">aa</p>\n', '# Two\n\n<p class="q">bb</p>\n')
def counters_in_the_epub(d):
    sheet = d.sheet()
    assert '@counter-style own' in sheet and 'symbols: "a\\22 " "b"' in sheet
    assert 'counter-increment: q' in sheet and '"Q" counter(q)' in sheet and 'string-set' not in sheet
    assert 'counter-reset:q 1' in sheet.replace(': ', ':'), sheet[-400:]
