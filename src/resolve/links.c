/*
 * links.c - where links lead: into this book, to the web, or nowhere.
 *
 * A link's path is looked up among the chapters as mdBook would serve it: relative to the chapter's folder, .html for .md,
 * README.md as index.md, "foo/" and "foo" for foo/index.md or foo.md. A page that is not there may have another address in
 * mdBook's table of redirects. What is not in the book becomes absolute when the book has a base URL, else it is turned into
 * plain text with a warning.
 */
#include "base/files.h"
#include "resolve/letters.h"
#include "resolve/passes.h"
#include "base/urls.h"

#define CHAPTER_WORD 3     /* behind the kinds of figures: "Chapter" or "Section" */
#define SUGGESTIONS_MAX 40 /* costly searches for a near miss; later ones go without */
#define REDIRECTS_MAX 4    /* followed from one link: they may lead in a circle */
#define REDIRECT_LONGEST 1000 /* bytes of an address; longer ones are no use to anyone */

typedef struct aim { /* an address as it is written, and the folder in src that it is relative to */
    inc_str folder, address;
} aim;

typedef struct link_pass {
    inc_resolver *r;
    inc_map chapters; /* canonical path in src -> its first CHAPTER */
    inc_map redirects; /* canonical path in src, "#label" behind it where the table has one -> aim */
    inc_map file_labels; /* of a single file: label -> node */
    inc_map folded;    /* chapter and folded label -> node; made when first needed */
    unsigned suggestions;
} link_pass;

/* ---- chapters by path ---- */

/* "a/README.md" reads "a/index.md", as mdBook's index preprocessor has it. */
static inc_str canonical(inc_arena *arena, inc_str path)
{
    inc_str folder = inc_path_folder(path), stem = inc_path_stem(path), extension = inc_path_extension(path);
    if (inc_str_eq_nocase(extension, INC_STR("html")) || inc_str_eq_nocase(extension, INC_STR("htm")) ||
        inc_str_eq_nocase(extension, INC_STR("markdown")))
        extension = INC_STR("md");
    if (inc_str_eq_nocase(stem, INC_STR("readme")))
        stem = INC_STR("index");
    inc_str name = extension.n ? inc_strf(arena, "%.*s.%.*s", INC_STR_ARG(stem), INC_STR_ARG(extension)) : stem;
    return folder.n ? inc_path_join(arena, folder, name) : name;
}

static void enter_chapters(link_pass *p)
{
    p->chapters = inc_map_in(p->r->arena);
    for (inc_node *c = inc_first_chapter(p->r); c; c = inc_next_chapter(c)) {
        if (c->as.chapter.draft || !c->as.chapter.path.n)
            continue;
        inc_str path = canonical(p->r->arena, c->as.chapter.path);
        if (!inc_map_has(&p->chapters, path))
            inc_map_put(&p->chapters, path, c);
    }
}

static inc_node *find_chapter(link_pass *p, inc_str path, bool is_folder)
{
    inc_arena *arena = p->r->arena;
    inc_node *found = NULL;
    if (!is_folder && path.n)
        found = inc_map_find(&p->chapters, canonical(arena, path));
    if (!found && (is_folder || !inc_path_extension(path).n))
        found = inc_map_find(&p->chapters, path.n ? inc_strf(arena, "%.*s/index.md", INC_STR_ARG(path)) : INC_STR("index.md"));
    if (!found && path.n && !inc_path_extension(path).n)
        found = inc_map_find(&p->chapters, inc_strf(arena, "%.*s.md", INC_STR_ARG(path)));
    return found;
}

/* A path as seen from a folder in src, relative to src and normalised; begins with ".." when it leads out. */
static inc_str path_in_src(link_pass *p, inc_str folder, inc_str path)
{
    inc_arena *arena = p->r->arena;
    path = inc_url_decode(arena, path);
    if (inc_str_starts(path, INC_STR("/"))) /* from the web site's root */
        folder = INC_STR("");
    while (inc_str_starts(path, INC_STR("/")))
        path = inc_str_slice(path, 1, path.n);
    return inc_path_normalise(arena, folder.n ? inc_path_join(arena, folder, path) : path);
}

static bool leads_out(inc_str path)
{
    return inc_str_is(path, "..") || inc_str_starts(path, INC_STR("../")) || inc_str_starts(path, INC_STR("/"));
}

/* ---- redirects ---- */

static inc_str with_label(inc_arena *arena, inc_str path, inc_str label)
{
    return label.n ? inc_strf(arena, "%.*s#%.*s", INC_STR_ARG(path), INC_STR_ARG(label)) : path;
}

static void enter_redirects(link_pass *p)
{
    inc_arena *arena = p->r->arena;
    p->redirects = inc_map_in(arena);
    for (uint32_t i = 0; i + 1 < p->r->options->redirect_count; i += 2) {
        if (p->r->options->redirects[i + 1].n > REDIRECT_LONGEST)
            continue;
        inc_url from = inc_url_cut(p->r->options->redirects[i]);
        inc_str path = path_in_src(p, INC_STR(""), from.path);
        inc_str address = p->r->options->redirects[i + 1];
        if (inc_str_starts(address, INC_STR("#"))) /* another label of the same page */
            address = inc_strf(arena, "%.*s%.*s", INC_STR_ARG(inc_path_name(path)), INC_STR_ARG(address));
        aim *to = INC_NEW(arena, aim);
        *to = (aim){inc_path_folder(path), address};
        inc_map_put(&p->redirects, with_label(arena, canonical(arena, path), inc_url_decode(arena, from.fragment)), to);
    }
}

/* Where the table sends who asks for that page and label, or NULL. A page that is there is only left for a label that it lacks. */
static const aim *find_redirect(link_pass *p, inc_str path, bool is_folder, inc_str label, bool is_there)
{
    inc_arena *arena = p->r->arena;
    if (!p->redirects.n)
        return NULL;
    path = is_folder ? inc_path_join(arena, path, INC_STR("index.md")) : canonical(arena, path);
    const aim *to = label.n ? inc_map_find(&p->redirects, with_label(arena, path, label)) : NULL;
    return to || is_there ? to : inc_map_find(&p->redirects, path);
}

/* ---- labels ---- */

static inc_node *find_label(link_pass *p, const inc_node *chapter, inc_str label)
{
    inc_node *found = inc_map_find(&p->r->document->labels, inc_label_key(p->r->arena, chapter, label));
    return found ? found : inc_map_find(&p->file_labels, label);
}

/* All labels of a single file, whose fragments work across the chapters it was split into. */
static void enter_file_labels(link_pass *p)
{
    const inc_map *labels = &p->r->document->labels;
    p->file_labels = inc_map_in(p->r->arena);
    for (size_t i = 0; i < labels->n && p->r->options->single_file; i++) {
        inc_node *node = labels->entries[i].value;
        const inc_node *chapter = inc_node_within(node, INC_NODE_CHAPTER);
        if (chapter && chapter != node && chapter->as.chapter.path.n)
            inc_map_put(&p->file_labels, node->label, node);
    }
}

/* What stays of a label when case, '-' and '_' do not count. */
static inc_str fold(inc_arena *arena, inc_str label)
{
    inc_buf out = inc_buf_in(arena);
    label = inc_str_lower(arena, label);
    for (size_t i = 0; i < label.n; i++)
        if (label.p[i] != '-' && label.p[i] != '_')
            inc_buf_byte(&out, label.p[i]);
    return inc_buf_str(&out);
}

static void enter_folded(link_pass *p)
{
    const inc_map *labels = &p->r->document->labels;
    inc_arena *arena = p->r->arena;
    p->folded = inc_map_in(arena);
    for (size_t i = 0; i < labels->n; i++) {
        inc_node *node = labels->entries[i].value;
        const inc_node *chapter = inc_node_within(node, INC_NODE_CHAPTER);
        if (!chapter || chapter == node)
            continue;
        inc_str key = inc_label_key(arena, chapter, fold(arena, node->label));
        if (!inc_map_has(&p->folded, key))
            inc_map_put(&p->folded, key, node);
    }
}

static inc_str nearest_label(link_pass *p, const inc_node *chapter, inc_str label)
{
    if (!p->folded.arena)
        enter_folded(p);
    const inc_node *same = inc_map_find(&p->folded, inc_label_key(p->r->arena, chapter, fold(p->r->arena, label)));
    if (same)
        return same->label;
    inc_str best = INC_STR("");
    unsigned distance = (unsigned)INC_MIN(label.n / 3 + 1, (size_t)6);
    if (p->suggestions++ >= SUGGESTIONS_MAX)
        return best;
    for (inc_walk w = inc_walk_begin(chapter); inc_walk_next(&w);) {
        if (!w.enter || !w.node->label.n)
            continue;
        unsigned d = inc_str_distance(label, w.node->label, distance);
        if (d < distance) {
            distance = d;
            best = w.node->label;
        }
    }
    return best;
}

static void report_missing_label(link_pass *p, const inc_node *link, const inc_node *chapter, inc_str label)
{
    inc_diag *diag = inc_report(p->r->diags, INC_DIAG_DANGLING_LINK, link->span, "dangling link: '%.*s' has no '#%.*s'",
                                INC_STR_ARG(chapter->as.chapter.path), INC_STR_ARG(label));
    inc_str near = nearest_label(p, chapter, label);
    diag->hint = near.n ? inc_strf(p->r->diags->arena, "did you mean '#%.*s'? As it is, the link goes to the head of the chapter", INC_STR_ARG(near))
                        : INC_STR("as it is, the link goes to the head of the chapter");
}

static void set_target(link_pass *p, inc_node *link, inc_node *chapter, const inc_url *url)
{
    link->as.link.target = chapter;
    inc_str label = inc_url_decode(p->r->arena, url->fragment);
    if (!label.n)
        return;
    inc_node *target = find_label(p, chapter, label);
    if (target)
        link->as.link.target = target;
    else
        report_missing_label(p, link, chapter, label);
}

/* ---- links that leave the book ---- */

static bool is_live_scheme(inc_str scheme)
{
    static const char *const live[] = {"http", "https", "mailto", "ftp", "ftps", "tel", "sms", "xmpp", "irc", "ircs", "doi", "urn", "geo",
                                       "magnet", "matrix", "gemini", "gopher", "git", "ssh", "news", "sip"};
    for (size_t i = 0; i < INC_COUNT(live); i++)
        if (inc_str_eq_nocase(scheme, inc_str_of(live[i])))
            return true;
    return false;
}

static inc_str absolute(link_pass *p, const aim *to, inc_str base)
{
    inc_str url = to->address;
    if (to->folder.n && !inc_str_starts(url, INC_STR("/")))
        url = inc_strf(p->r->arena, "%.*s/%.*s", INC_STR_ARG(to->folder), INC_STR_ARG(url));
    return inc_url_resolve(p->r->arena, base, url);
}

static inc_str leaving_hint(link_pass *p, const inc_node *chapter, inc_str url, bool is_chapter)
{
    if (is_chapter)
        return INC_STR("list the file in SUMMARY.md, or set base-url in [output.incipit]");
    if (find_label(p, chapter, url))
        return inc_strf(p->r->diags->arena, "did you mean '#%.*s'?", INC_STR_ARG(url));
    return INC_STR("set base-url in [output.incipit] to make such links absolute");
}

/* A link to something that is no chapter, found at `path`: false when it is to become plain text. */
static bool leave_book(link_pass *p, const inc_node *chapter, inc_node *link, const aim *to, inc_str path)
{
    inc_str base = p->r->document->meta.base_url;
    bool inside = !leads_out(path), markdown = inc_str_eq_nocase(inc_path_extension(path), INC_STR("md"));
    bool page = markdown || (!base.n && inc_str_eq_nocase(inc_path_extension(path), INC_STR("html")));
    if (page && inside && !inc_file_exists(inc_path_join(p->r->arena, p->r->options->src, path))) {
        inc_report(p->r->diags, INC_DIAG_DANGLING_LINK, link->span, "dangling link: no file '%.*s' in the book", INC_STR_ARG(path));
        return false;
    }
    if (base.n) {
        link->as.link.url = absolute(p, to, base);
        link->as.link.external = true;
        return true;
    }
    inc_report(p->r->diags, INC_DIAG_LINK_LEAVES_BOOK, link->span, "link '%.*s' leads out of the book and became plain text",
               INC_STR_ARG(link->as.link.url))->hint = leaving_hint(p, chapter, link->as.link.url, markdown && inside);
    return false;
}

/* "{{#DOCS_URL}}/x": a preprocessor of mdBook was to put something in. */
static bool has_placeholder(inc_str url)
{
    return inc_str_find(url, INC_STR("{{")) != INC_NPOS;
}

static void report_placeholder(link_pass *p, const inc_node *link)
{
    inc_report(p->r->diags, INC_DIAG_LINK_LEAVES_BOOK, link->span, "link '%.*s' has a placeholder that nobody filled in, and became plain text",
               INC_STR_ARG(link->as.link.url))->hint =
        INC_STR("a preprocessor does that: let mdBook run it, and incipit as its renderer (docs/settings.md, \"As a renderer of mdBook\")");
}

/* "[![](x.png)](x.png)": a click shows the picture alone, on a web site. */
static bool leads_to_its_picture(link_pass *p, const inc_node *chapter, const inc_node *link, inc_str path)
{
    const inc_node *image = inc_node_picture(link);
    inc_url shown = image ? inc_url_cut(inc_str_trim(image->as.image.url)) : (inc_url){0};
    return shown.path.n && !shown.scheme.n && inc_str_eq(path_in_src(p, inc_path_folder(chapter->as.chapter.path), shown.path), path);
}

static bool resolve_scheme(link_pass *p, inc_node *link, inc_str scheme)
{
    link->as.link.external = is_live_scheme(scheme);
    if (!link->as.link.external)
        inc_report(p->r->diags, INC_DIAG_LINK_LEAVES_BOOK, link->span, "link with scheme '%.*s:' became plain text", INC_STR_ARG(scheme));
    return link->as.link.external;
}

/* ---- one link ---- */

/* Follows a path to its chapter, or out of the book. */
static bool resolve_path(link_pass *p, inc_node *chapter, inc_node *link, aim to)
{
    inc_arena *arena = p->r->arena;
    for (unsigned hops = 0;; hops++) {
        inc_url url = inc_url_cut(to.address);
        if (url.scheme.n) {
            link->as.link.url = to.address;
            return resolve_scheme(p, link, url.scheme);
        }
        bool is_folder = inc_str_ends(url.path, INC_STR("/")) || inc_str_ends(url.path, INC_STR("/.")) || inc_str_is(url.path, ".");
        inc_str path = path_in_src(p, to.folder, url.path), label = inc_url_decode(arena, url.fragment);
        inc_node *found = leads_out(path) ? NULL : find_chapter(p, inc_str_is(path, ".") ? INC_STR("") : path, is_folder);
        bool there = found && (!label.n || find_label(p, found, label));
        const aim *next = there || hops == REDIRECTS_MAX ? NULL : find_redirect(p, path, is_folder, label, found != NULL);
        if (!next && !found && !hops && !p->r->document->meta.base_url.n && leads_to_its_picture(p, chapter, link, path))
            return false;
        if (!next && !found)
            return leave_book(p, chapter, link, &to, path);
        if (!next) {
            set_target(p, link, found, &url);
            return true;
        }
        to = (aim){next->folder, inc_url_cut(next->address).has_fragment ? next->address : with_label(arena, next->address, url.fragment)};
    }
}

static bool resolve_link(link_pass *p, inc_node *chapter, inc_node *link)
{
    inc_str written = inc_str_trim(link->as.link.url);
    inc_url url = inc_url_cut(written);
    if (!written.n) {
        inc_report(p->r->diags, INC_DIAG_DANGLING_LINK, link->span, "dangling link: no address")->hint = INC_STR("write one, or '#' and a label");
        return false;
    }
    if (url.scheme.n)
        return resolve_scheme(p, link, url.scheme);
    if (has_placeholder(written)) {
        report_placeholder(p, link);
        return false;
    }
    if (inc_str_starts(url.path, INC_STR("//"))) {
        link->as.link.url = inc_strf(p->r->arena, "https:%.*s", INC_STR_ARG(written));
        link->as.link.external = true;
        return true;
    }
    if (!url.path.n) {
        set_target(p, link, chapter, &url);
        return true;
    }
    return resolve_path(p, chapter, link, (aim){inc_path_folder(chapter->as.chapter.path), link->as.link.url});
}

/* ---- references: links whose text is a number ---- */

/* "4" holds "4" and "4.2": a link that says "Chapter 4" may lead to a section of it. */
static bool number_holds(inc_str written, inc_str real)
{
    return inc_str_eq(written, real) || (real.n > written.n && inc_str_starts(real, written) && real.p[written.n] == '.');
}

static bool number_of(const inc_node *target, inc_str *number)
{
    const inc_node *chapter = inc_node_within(target, INC_NODE_CHAPTER);
    *number = INC_STR("");
    if (target->kind == INC_NODE_FIGURE)
        *number = target->as.figure.number;
    else if (target->kind == INC_NODE_HEADING && target->as.heading.number.n)
        *number = target->as.heading.number;
    else if (chapter)
        *number = chapter->as.chapter.number;
    return number->n > 0;
}

/* Reads text that is all of "<word> <number>" for a word of that language. kind: a figure's, or
 * CHAPTER_WORD. */
static bool reads_as(inc_str text, const inc_terms *terms, unsigned *kind, inc_str *number)
{
    const char *words[] = {terms->figure[0], terms->figure[1], terms->figure[2], terms->chapter, terms->section};
    for (unsigned i = 0; i < INC_COUNT(words); i++) {
        size_t length;
        if (inc_read_number(text, words[i], number, &length) && length == text.n) {
            *kind = INC_MIN(i, CHAPTER_WORD);
            return true;
        }
    }
    return false;
}

static bool agrees(const inc_node *target, unsigned kind, inc_str written, inc_str real)
{
    if (target->kind == INC_NODE_FIGURE)
        return kind == (unsigned)target->as.figure.kind && inc_str_eq(written, real);
    bool own = target->kind == INC_NODE_CHAPTER || (target->kind == INC_NODE_HEADING && target->as.heading.number.n);
    return kind != CHAPTER_WORD || number_holds(written, real) || (!own && number_holds(real, written));
}

static void check_number(link_pass *p, const inc_node *link)
{
    inc_str text = inc_node_flatten(p->r->arena, link, true), written, real;
    unsigned kind;
    if (!number_of(link->as.link.target, &real) ||
        (!reads_as(text, p->r->terms, &kind, &written) && !reads_as(text, inc_terms_of(INC_STR("en")), &kind, &written)))
        return;
    if (agrees(link->as.link.target, kind, written, real))
        return;
    inc_str right = inc_cited_number(p->r, link->as.link.target);
    inc_report(p->r->diags, INC_DIAG_WRONG_NUMBER, link->span, "the link says '%.*s' but leads to %s%.*s", INC_STR_ARG(text),
               right.n ? "" : "number ", INC_STR_ARG(right.n ? right : real))
        ->hint = INC_STR("write [#](#label) and the number is always right");
}

/* `[#](#fig-x)`: the text becomes "Figure 7-3", or the title of a heading without a number. */
static void fill_reference(link_pass *p, inc_node *link)
{
    const inc_node *target = link->as.link.target;
    inc_str text = inc_cited_number(p->r, target);
    if (!text.n && target->kind == INC_NODE_CHAPTER)
        text = target->as.chapter.title;
    if (!text.n && target->kind == INC_NODE_HEADING)
        text = inc_node_flatten(p->r->arena, target, false);
    inc_span span = link->first->span;
    while (link->first)
        inc_node_detach(link->first);
    if (!text.n) {
        inc_report(p->r->diags, INC_DIAG_NO_NUMBER, link->span, "'%.*s' bears no number to refer to", INC_STR_ARG(link->as.link.url));
        text = INC_STR("#");
    }
    inc_node_append(link, inc_node_text(p->r->arena, text, span));
}

static bool is_reference(const inc_node *link)
{
    return link->first && link->first == link->last && link->first->kind == INC_NODE_TEXT && inc_str_is(inc_str_trim(link->first->as.text.text), "#");
}

static void resolve_found(link_pass *p, inc_node *chapter, inc_node *link)
{
    if (link->as.link.target) /* a generated one */
        return;
    if (!resolve_link(p, chapter, link) || !link->as.link.target)
        return;
    if (is_reference(link))
        fill_reference(p, link);
    else
        check_number(p, link);
}

/* A link that leads nowhere gives way to its text. */
static void bury(inc_node *link)
{
    if (!link->label.n && !link->class_count) {
        inc_node_unwrap(link);
        return;
    }
    memset(&link->as, 0, sizeof link->as); /* an anchor and its classes stay */
    link->kind = INC_NODE_SPAN;
    link->as.span_.tag = INC_SPAN_SPAN;
}

void inc_resolve_links(inc_resolver *r)
{
    link_pass p = {.r = r};
    enter_chapters(&p);
    enter_redirects(&p);
    enter_file_labels(&p);
    for (size_t i = 0; i < r->links.n; i++)
        resolve_found(&p, r->links.v[i].chapter, r->links.v[i].node);
    for (size_t i = 0; i < r->links.n; i++) {
        inc_node *link = r->links.v[i].node;
        if (!link->as.link.target && !link->as.link.external)
            bury(link);
    }
}
