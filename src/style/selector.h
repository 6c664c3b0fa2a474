/* selector.h - selectors: parsed (selector.c) and matched against nodes (match.c). Selectors Level 3, and of Level 4 :is, :where. */
#ifndef INC_STYLE_SELECTOR_H
#define INC_STYLE_SELECTOR_H

#include "document/document.h"
#include "style/style.h"
#include "style/token.h"

typedef enum inc_combinator { INC_COMBINATOR_DESCENDANT, INC_COMBINATOR_CHILD, INC_COMBINATOR_NEXT, INC_COMBINATOR_LATER } inc_combinator;

typedef enum inc_simple_kind {
    INC_SIMPLE_CLASS,
    INC_SIMPLE_ID,
    INC_SIMPLE_ATTRIBUTE, /* op: 0 present, '=', '~', '|', '^', '$', '*' */
    INC_SIMPLE_ROOT,
    INC_SIMPLE_EMPTY,
    INC_SIMPLE_LINK,
    INC_SIMPLE_LANG,
    INC_SIMPLE_NTH,      /* a, b; of_type */
    INC_SIMPLE_LAST,     /* of_type */
    INC_SIMPLE_NTH_COL,  /* a, b; from_end: a cell of that column (Selectors 4, section 15) */
    INC_SIMPLE_NOT,
    INC_SIMPLE_IS,       /* :is and :where */
    INC_SIMPLE_NEVER     /* a state no book is ever in: :hover ... */
} inc_simple_kind;

typedef struct inc_simple {
    inc_simple_kind kind;
    char op;
    bool nocase, of_type, from_end;
    int32_t a, b;
    inc_str name, value;
    const struct inc_selector *list; /* of NOT and IS */
    uint32_t list_count;
} inc_simple;

typedef struct inc_compound {
    inc_str type;              /* lower case; "" for any */
    inc_combinator combinator; /* to the compound on its left, which is the next in the array */
    const inc_simple *simple;
    uint32_t count;
} inc_compound;

typedef struct inc_selector {
    const inc_compound *compounds; /* rightmost first */
    uint32_t count;
    uint32_t specificity; /* ids, classes, types: ten bits each */
    inc_pseudo pseudo;
    bool foreign;         /* has a pseudo-element that paged output knows nothing of: never matches */
    bool ours;            /* has a pseudo-element that readers of EPUB know nothing of */
    inc_css_tokens tokens;
} inc_selector;

enum { INC_COMPOUNDS_MAX = 32, INC_SELECTOR_NESTING_MAX = 4 };

/* Parses a list of selectors. False when any is not a selector of ours; *bad is then the token to blame. */
bool inc_selectors_parse(inc_arena *arena, inc_css_tokens tokens, const inc_selector **list, uint32_t *count, const inc_css_token **bad);

/* ---- matching ---- */

/* What selectors see as an element: a node, or a table's THEAD or TBODY, which no node stands for, or an element that exists
 * only in layout (a highlighted token). */
typedef struct inc_element {
    const inc_node *node; /* for a synthetic element: the one it is inside */
    inc_str name;
    enum { INC_ELEMENT_NODE, INC_ELEMENT_HEAD, INC_ELEMENT_BODY, INC_ELEMENT_FOOT, INC_ELEMENT_SYNTHETIC } form;
    inc_str classes; /* of a synthetic one: separated by blanks */
} inc_element;

enum { INC_MEMO_COUNT = 128 };
typedef struct inc_matcher { /* remembers positions among siblings, so that counting them stays linear */
    struct inc_sibling_memo {
        const inc_node *child;
        inc_str name;
        uint32_t index;
    } index[INC_MEMO_COUNT];
    struct inc_later_memo { /* of A ~ B: the first of the parent's children that matches A */
        const inc_compound *compound;
        const inc_node *parent, *match, *scanned; /* scanned: the last one tested */
        uint32_t scanned_index;
        int form;
    } later[INC_MEMO_COUNT];
} inc_matcher;

inc_element inc_element_of(const inc_node *node);
bool inc_selector_matches(inc_matcher *matcher, const inc_selector *selector, const inc_element *element);
bool inc_element_has_class(const inc_element *element, inc_str name);

#endif
