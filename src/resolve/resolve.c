/* resolve.c - the passes in their order. */
#include "resolve/passes.h"

static void check(inc_resolver *r)
{
    const inc_node *where = NULL;
    const char *broken = inc_document_check(r->document, &where);
    if (broken)
        inc_report(r->diags, INC_DIAG_INTERNAL, where ? where->span : INC_NO_SPAN, "the document is malformed: %s", broken);
    assert(!broken);
}

void inc_resolve(inc_document *document, const inc_resolve_options *options, inc_diags *diags)
{
    const bool limited = options->contents_depth <= INC_CONTENTS_DEPTH_MAX;
    const unsigned depth = INC_MAX(options->contents_depth, 1);
    inc_resolver r = {.document = document, .arena = document->arena, .options = options, .diags = diags, .terms = inc_terms_of(document->meta.language),
                      .chapters_listed = limited ? depth : UINT_MAX, .headings_listed = limited ? depth : 2};
    inc_resolve_single(&r);   /* before everything: which chapters are there */
    inc_resolve_levels(&r);
    inc_resolve_notes(&r);
    inc_resolve_remote(&r);   /* before figures are numbered, and links looked at */
    inc_resolve_numbers(&r);  /* needs levels */
    inc_resolve_captions(&r); /* needs the chapters' numbers */
    inc_resolve_titles(&r);
    inc_resolve_callouts(&r);
    inc_resolve_quotes(&r);   /* before titles are copied, and before ids are made from them */
    inc_resolve_index(&r);    /* before the contents, which list it */
    inc_resolve_matter(&r);
    inc_survey(&r);
    if (r.math)
        inc_report(diags, INC_DIAG_MATH_AS_SOURCE, r.math->span, "mathematics is shown as its source, here and wherever the book has some");
    inc_resolve_labels(&r);   /* names the matter too */
    inc_resolve_links(&r);    /* needs labels and numbers */
    inc_resolve_paper(&r);    /* puts nodes in: last, but for what does not look at links */
    inc_resolve_images(&r);
    inc_resolve_flags(&r);
    inc_document_number(document);
    check(&r);
}
