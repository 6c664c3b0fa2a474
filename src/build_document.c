/* build_document.c - manuscript to finished document: read, parse in parallel, put in order, resolve. */
#include <stdatomic.h>

#include "base/files.h"
#include "base/guard.h"
#include "base/pool.h"
#include "build_run.h"
#include "markdown/markdown.h"
#include "resolve/resolve.h"

/* ---- meta data ---- */

/* Scripts written from right to left, by the language's primary subtag (as mdBook lists them). */
static bool is_right_to_left(inc_str language)
{
    static const char *const subtags[] = {"ar", "ara", "arc", "ae", "ave", "egy", "he", "heb", "nqo", "pal", "phn", "sam", "syc", "syr", "fa",
                                          "per", "fas", "ku", "kur", "ur", "urd", "pus", "ps", "yi", "yid"};
    inc_str primary = inc_str_cut(&language, '-');
    for (size_t i = 0; i < INC_COUNT(subtags); i++)
        if (inc_str_eq_nocase(primary, inc_str_of(subtags[i])))
            return true;
    return false;
}

static void fill_meta(inc_run *run)
{
    const inc_manuscript *m = run->manuscript;
    const inc_settings *set = &m->settings;
    inc_str language = m->language.n ? m->language : INC_STR("en");
    run->document->meta = (inc_meta){
        .title = m->title,
        .subtitle = set->subtitle,
        .description = m->description,
        .language = language,
        .publisher = set->publisher,
        .rights = set->rights,
        .date = set->date.n ? set->date : run->options->date,
        .edition = set->edition,
        .authors = m->authors,
        .author_count = m->author_count,
        .isbn_print = set->isbn_print,
        .isbn_epub = set->isbn_epub,
        .identifier = set->identifier,
        .certified_by = set->certified_by,
        .cover = set->cover.n ? inc_path_join(run->result.arena, m->root, set->cover) : INC_STR(""),
        .base_url = set->base_url,
        .right_to_left = m->direction.n ? inc_str_eq_nocase(m->direction, INC_STR("rtl")) : is_right_to_left(language),
        .smart_punctuation = set->smart_punctuation,
    };
}

/* The slug of the title, which resolve may have found in the text; else of the folder's or the file's name. */
static void fill_slug(inc_run *run)
{
    inc_arena *arena = run->result.arena;
    inc_meta *meta = &run->document->meta;
    inc_str book = inc_path_normalise(arena, run->options->context.n ? run->manuscript->root : run->options->book);
    meta->slug = inc_run_slug(arena, meta->title);
    if (!meta->slug.n)
        meta->slug = inc_run_slug(arena, run->manuscript->single_file ? inc_path_stem(book) : inc_path_name(book));
    if (!meta->slug.n)
        meta->slug = INC_STR("book");
    run->result.title = meta->title;
}

/* ---- nodes of SUMMARY.md ---- */

static inc_str number_text(inc_arena *arena, const inc_item *item)
{
    inc_buf out = inc_buf_in(arena);
    for (unsigned i = 0; item->number && i <= item->depth; i++)
        inc_buf_printf(&out, "%s%u", i ? "." : "", item->number[i]);
    return inc_buf_str(&out);
}

/* A title that holds code as nodes; NULL for another. */
static inc_node *words_of(inc_arena *arena, const inc_item *item)
{
    inc_node *words = item->word_count ? inc_node_new(arena, INC_NODE_PARAGRAPH, item->span) : NULL;
    for (uint32_t i = 0; i < item->word_count; i++) {
        inc_node *word = inc_node_new(arena, item->words[i].code ? INC_NODE_CODE_SPAN : INC_NODE_TEXT, INC_NO_SPAN);
        word->as.text.text = item->words[i].text;
        inc_node_append(words, word);
    }
    return words;
}

static inc_node *chapter_of(inc_arena *arena, const inc_item *item, inc_node *part)
{
    static const inc_chapter_role roles[] = {INC_ROLE_PREFIX, INC_ROLE_CHAPTER, INC_ROLE_SUFFIX};
    inc_node *chapter = inc_node_new(arena, INC_NODE_CHAPTER, item->span);
    chapter->as.chapter.role = roles[item->place];
    chapter->as.chapter.depth = item->depth;
    chapter->as.chapter.draft = item->path.n == 0;
    chapter->as.chapter.title = item->title;
    chapter->as.chapter.words = words_of(arena, item);
    chapter->as.chapter.number = number_text(arena, item);
    chapter->as.chapter.path = item->path;
    if (item->running_title.n)
        inc_node_set_attribute(arena, chapter, INC_STR("running"), item->running_title);
    chapter->as.chapter.part = item->place == INC_PLACE_NUMBERED ? part : NULL;
    return chapter;
}

static inc_node *part_of(inc_arena *arena, const inc_item *item)
{
    inc_node *part = inc_node_new(arena, INC_NODE_PART, item->span);
    part->as.part.title = item->title;
    part->as.part.words = words_of(arena, item);
    return part;
}

/* ---- parsing ---- */

typedef struct parse_job {
    inc_run *run;
    inc_markdown_options options;
    inc_node **chapters; /* by item; NULL for what is no chapter */
    inc_diags **diags;   /* by item */
    atomic_size_t done;
} parse_job;

static void parse_item(void *context, size_t i, unsigned worker)
{
    parse_job *job = context;
    inc_run *run = job->run;
    if (!job->chapters[i])
        return;
    job->diags[i] = inc_diags_new(run->workers[worker]);
    inc_markdown_parse(&run->manuscript->items[i].text, &job->options, run->workers[worker], job->diags[i], job->chapters[i]);
    size_t done = atomic_fetch_add(&job->done, 1) + 1;
    if (worker == 0)
        inc_run_progress(run, "markdown", done, run->manuscript->item_count);
}

static void free_arena(void *arena)
{
    inc_arena_free(arena);
}

static void open_workers(inc_run *run, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        void **slot = inc_defer(run->result.arena, free_arena);
        *slot = run->workers[i] = inc_arena_new();
    }
}

static inc_markdown_options markdown_options(const inc_run *run)
{
    const inc_settings *set = &run->manuscript->settings;
    return (inc_markdown_options){
        .commonmark = run->options->commonmark,
        .gfm = run->options->gfm,
        .definition_lists = set->definition_lists,
        .admonitions = set->admonitions,
        .math = set->mathjax,
        .hidelines = set->hidelines,
        .hideline_count = set->hideline_count,
        .line_numbers = set->line_numbers,
        .diagrams = set->diagrams.n ? &set->diagrams : NULL,
    };
}

static void parse_chapters(inc_run *run)
{
    inc_arena *arena = run->result.arena;
    const inc_manuscript *m = run->manuscript;
    parse_job job = {.run = run, .options = markdown_options(run), .chapters = INC_NEW_N(arena, inc_node *, m->item_count),
                     .diags = INC_NEW_N(arena, inc_diags *, m->item_count)};
    inc_node *part = NULL;
    for (size_t i = 0; i < m->item_count; i++) {
        const inc_item *item = &m->items[i];
        if (item->kind == INC_ITEM_PART)
            inc_node_append(run->document->book, part = part_of(arena, item));
        else if (item->kind == INC_ITEM_CHAPTER)
            inc_node_append(run->document->book, job.chapters[i] = chapter_of(arena, item, part));
    }
    open_workers(run, INC_MIN(inc_parallel_jobs(run->options->jobs), (unsigned)INC_COUNT(run->workers)));
    if (!inc_parallel(run->options->jobs, m->item_count, parse_item, &job))
        inc_out_of_memory();
    for (size_t i = 0; i < m->item_count; i++)
        if (job.diags[i])
            inc_diags_append(run->result.diags, job.diags[i]);
}

/* ---- the phases ---- */

static size_t count_chapters(const inc_document *document)
{
    size_t n = 0;
    for (const inc_node *c = document->book->first; c; c = c->next)
        n += c->kind == INC_NODE_CHAPTER && !c->as.chapter.draft && c->as.chapter.role <= INC_ROLE_SUFFIX;
    return n;
}

static void resolve_document(inc_run *run)
{
    const inc_manuscript *m = run->manuscript;
    inc_run_progress(run, "resolve", 0, 0);
    inc_resolve_options options = {
        .reach = m->reach,
        .src = m->src,
        .smart_punctuation = m->settings.smart_punctuation,
        .number_sections = m->settings.number_sections,
        .number_depth = m->settings.number_depth,
        .contents_depth = m->settings.contents_depth,
        .single_file = m->single_file,
        .page_references = m->settings.page_references,
        .url_notes = inc_str_is(m->settings.url_notes, "none") ? INC_URLS_NONE : inc_str_is(m->settings.url_notes, "chapter") ? INC_URLS_LIST : INC_URLS_NOTES,
        .index = m->settings.index,
        .lists = {m->settings.lists[0], m->settings.lists[1], m->settings.lists[2]},
        .redirects = m->settings.redirects,
        .redirect_count = m->settings.redirect_count,
        .own_styles = m->settings.style_count > 0 || !inc_str_is(m->settings.theme, "rubric"),
    };
    inc_resolve(run->document, &options, run->result.diags);
}

void inc_run_document(inc_run *run, bool resolve)
{
    inc_build_result *result = &run->result;
    inc_run_progress(run, "manuscript", 0, 0);
    inc_str context = run->options->context;
    run->manuscript = context.n ? inc_manuscript_read_mdbook(context, result->arena, result->sources, result->diags)
                                : inc_manuscript_read(run->options->book, run->options->root, result->arena, result->sources, result->diags);
    inc_diags_set_levels(result->diags, run->manuscript->settings.levels);
    result->root = run->manuscript->root;
    run->document = inc_document_new(result->arena, result->sources);
    fill_meta(run);
    if (inc_run_stopped(run))
        return;
    if (!run->manuscript->item_count && !result->diags->count[INC_ERROR])
        inc_report(result->diags, INC_DIAG_EMPTY_BOOK, INC_NO_SPAN, "the book has no chapters")->hint =
            INC_STR("list them in SUMMARY.md: \"- [Title](file.md)\"");
    inc_run_progress(run, "markdown", 0, run->manuscript->item_count);
    parse_chapters(run);
    if (!inc_run_stopped(run) && resolve)
        inc_run_diagrams(run);
    if (!inc_run_stopped(run) && resolve)
        resolve_document(run);
    else
        inc_document_number(run->document);
    inc_diags_drop_repeated(result->diags);
    fill_slug(run);
    result->chapter_count = count_chapters(run->document);
}

void inc_run_plain(inc_run *run)
{
    inc_build_result *result = &run->result;
    inc_str book = run->options->book;
    int error = 0;
    run->document = inc_document_new(result->arena, result->sources);
    uint32_t file = inc_file_read_text(result->sources, result->arena, inc_path_name(book), book, result->diags, &error);
    if (!file) {
        inc_report(result->diags, INC_DIAG_CANNOT_READ, INC_NO_SPAN, "cannot read '%.*s': %s", INC_STR_ARG(book), strerrordesc_np(error));
        return;
    }
    inc_text text = inc_text_of_source(result->arena, result->sources, file);
    inc_node *chapter = inc_node_new(result->arena, INC_NODE_CHAPTER, (inc_span){file, 0, 0});
    inc_node_append(run->document->book, chapter);
    inc_markdown_parse(&text, &(inc_markdown_options){.commonmark = true, .gfm = run->options->gfm}, result->arena, result->diags, chapter);
    inc_document_number(run->document);
    result->chapter_count = 1;
}
