/* svg_match.c - which declarations hold for an element (CSS Cascade 4: presentation attributes, sheets, style="", and !important above all). */
#include "image/svg.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool has_word(inc_str list, inc_str word)
{
    for (size_t at = 0; at < list.n;) {
        while (at < list.n && is_blank(list.p[at]))
            at++;
        size_t from = at;
        while (at < list.n && !is_blank(list.p[at]))
            at++;
        if (at > from && inc_str_eq(inc_str_slice(list, from, at), word))
            return true;
    }
    return false;
}

static inc_str attribute_of(const inc_svg_node *node, inc_str name, bool *has)
{
    for (uint32_t i = 0; i < node->attribute_count; i++)
        if (inc_str_eq(node->attributes[i].name, name)) {
            *has = true;
            return node->attributes[i].value;
        }
    *has = false;
    return INC_STR("");
}

static bool nth_holds(const inc_svg_test *test, uint32_t index)
{
    int64_t beyond = (int64_t)index - test->start;
    return test->step ? beyond % test->step == 0 && beyond / test->step >= 0 : beyond == 0;
}

static bool test_holds(const inc_svg_test *test, const inc_svg_node *node)
{
    bool has;
    switch (test->kind) {
    case INC_SVG_TEST_TYPE: return inc_str_eq(node->name, test->name);
    case INC_SVG_TEST_ID: return inc_str_eq(inc_svg_attr(node, "id"), test->name);
    case INC_SVG_TEST_CLASS: return has_word(inc_svg_attr_raw(node, "class"), test->name);
    case INC_SVG_TEST_NTH: return nth_holds(test, node->index);
    case INC_SVG_TEST_NTH_LAST: return nth_holds(test, node->siblings - node->index + 1);
    case INC_SVG_TEST_ROOT: return !node->parent;
    case INC_SVG_TEST_EMPTY: return !node->first;
    case INC_SVG_TEST_NEVER: return false;
    case INC_SVG_TEST_HAS: case INC_SVG_TEST_IS: case INC_SVG_TEST_WORD: case INC_SVG_TEST_DASH:
    case INC_SVG_TEST_PREFIX: case INC_SVG_TEST_SUFFIX: case INC_SVG_TEST_PART: break;
    }
    inc_str value = attribute_of(node, test->name, &has), wanted = test->value;
    if (!has || test->kind == INC_SVG_TEST_HAS)
        return has;
    if (test->kind == INC_SVG_TEST_IS)
        return inc_str_eq(value, wanted);
    if (!wanted.n)
        return false;
    if (test->kind == INC_SVG_TEST_WORD)
        return has_word(value, wanted);
    if (test->kind == INC_SVG_TEST_SUFFIX)
        return inc_str_ends(value, wanted);
    if (test->kind == INC_SVG_TEST_PART)
        return inc_str_find(value, wanted) != INC_NPOS;
    return inc_str_starts(value, wanted) && (test->kind == INC_SVG_TEST_PREFIX || value.n == wanted.n || value.p[wanted.n] == '-');
}

static bool compound_holds(const inc_svg_compound *compound, const inc_svg_node *node)
{
    for (size_t i = 0; i < compound->tests.n; i++)
        if (test_holds(&compound->tests.v[i], node) == compound->tests.v[i].negated)
            return false;
    return true;
}

static const inc_svg_node *element_before(const inc_svg_node *node)
{
    do
        node = node->prev;
    while (node && !inc_svg_is_element(node));
    return node;
}

/* Goes from the element itself outwards. What a descendant or sibling combinator has found first is kept, unless the compound left of it asks for
 * a parent or neighbour: then the search goes on behind it. */
static bool matches_from(inc_svg *svg, const inc_svg_rule *rule, size_t at, const inc_svg_node *node)
{
    if (++svg->budget->matches > INC_SVG_MATCHES_MAX || !compound_holds(&rule->compounds.v[at], node))
        return false;
    char combinator = rule->compounds.v[at].combinator;
    if (!at)
        return true;
    switch (combinator) {
    case '>': return node->parent && matches_from(svg, rule, at - 1, node->parent);
    case '+':
        node = element_before(node);
        return node && matches_from(svg, rule, at - 1, node);
    case '~':
        while ((node = element_before(node)))
            if (matches_from(svg, rule, at - 1, node))
                return true;
        return false;
    default:
        while ((node = node->parent))
            if (matches_from(svg, rule, at - 1, node))
                return true;
        return false;
    }
}

/* Later ones win, unless an earlier one is important and they are not. */
static void take(inc_svg *svg, const inc_svg_node *node, inc_svg_declarations *list, const inc_svg_declaration *d)
{
    if (!inc_svg_value_holds(svg, node, (inc_svg_property)d->property, d->value))
        return;
    svg->budget->matches += list->n / 8;
    for (size_t i = 0; i < list->n; i++) {
        inc_svg_declaration *old = &list->v[i];
        if (old->property == d->property && (d->property != INC_SVG_CUSTOM || inc_str_eq(old->name, d->name))) {
            if (d->important || !old->important)
                *old = *d;
            return;
        }
    }
    if (++svg->budget->declared < INC_SVG_DECLARED_MAX && svg->budget->matches < INC_SVG_MATCHES_MAX)
        INC_PUSH(svg->arena, list, *d);
}

void inc_svg_match(inc_svg *svg, inc_svg_node *node)
{
    if (node->matched)
        return;
    node->matched = true;
    inc_svg_declarations list = {0}, own = {0};
    for (uint32_t i = 0; i < node->attribute_count; i++) {
        inc_svg_property property = inc_svg_property_of(node->attributes[i].name);
        inc_str value = inc_str_trim(node->attributes[i].value);
        if (property != INC_SVG_PROPERTY_COUNT && value.n)
            take(svg, node, &list, &(inc_svg_declaration){.property = (uint16_t)property, .value = value});
    }
    for (size_t i = 0; i < svg->rules.n; i++) {
        const inc_svg_rule *rule = svg->rules.v[i];
        if (matches_from(svg, rule, rule->compounds.n - 1, node))
            for (size_t k = 0; k < rule->declaration_count; k++)
                take(svg, node, &list, &rule->declarations[k]);
    }
    inc_str style = inc_svg_attr(node, "style");
    if (style.n)
        inc_svg_declarations_read(svg, style, &own);
    for (size_t i = 0; i < own.n; i++)
        take(svg, node, &list, &own.v[i]);
    node->declarations = list.v;
    node->declaration_count = (uint32_t)list.n;
}
