/* build_listings.c - `incipit test`: the manuscript's settings and chapters to listings, their verdicts to findings, the lock. */
#include "base/files.h"
#include "build_run.h"
#include "listings/listings.h"

enum { SECONDS_DEFAULT = 30, LOCK_MAX = 64 << 20 };

/* ---- the rules: ours, with the book's over them ---- */

static void take_text(inc_str *into, inc_str from)
{
    if (from.n)
        *into = from;
}

static void take_rule(inc_arena *arena, inc_rule_language *language, const inc_rule *rule)
{
    for (uint32_t i = 0; i < language->rule_count; i++)
        if (inc_str_eq(language->rules[i].name, rule->name)) {
            language->rules[i] = *rule;
            return;
        }
    inc_rule *rules = INC_NEW_N(arena, inc_rule, language->rule_count + 1);
    if (language->rule_count)
        memcpy(rules, language->rules, language->rule_count * sizeof *rules);
    rules[language->rule_count++] = *rule;
    language->rules = rules;
}

static void merge(inc_arena *arena, inc_rule_language *into, const inc_rule_language *book)
{
    take_text(&into->extension, book->extension);
    take_text(&into->comment, book->comment);
    take_text(&into->pinned, book->pinned);
    take_text(&into->edition, book->edition);
    take_text(&into->width, book->width);
    if (book->version.n)
        into->version = book->version;
    for (uint32_t i = 0; i < book->rule_count; i++)
        take_rule(arena, into, &book->rules[i]);
}

/* A copy of a built-in language whose kinds may be replaced. */
static inc_rule_language copy_of(inc_arena *arena, const inc_rule_language *language)
{
    inc_rule_language copy = *language;
    copy.rules = INC_NEW_N(arena, inc_rule, language->rule_count);
    memcpy(copy.rules, language->rules, language->rule_count * sizeof *copy.rules);
    return copy;
}

static inc_rules rules_of(inc_run *run)
{
    inc_arena *arena = run->result.arena;
    const inc_settings *settings = &run->manuscript->settings;
    inc_rules rules = settings->test;
    size_t built_in;
    const inc_rule_language *ours = inc_listings_builtins(&built_in);
    rules.languages = INC_NEW_N(arena, inc_rule_language, built_in + settings->test.language_count);
    rules.language_count = (uint32_t)built_in;
    for (size_t i = 0; i < built_in; i++) {
        rules.languages[i] = copy_of(arena, &ours[i]);
        if (inc_str_is(ours[i].name, "rust"))
            take_text(&rules.languages[i].edition, settings->default_edition);
    }
    for (uint32_t i = 0; i < settings->test.language_count; i++) {
        const inc_rule_language *book = &settings->test.languages[i];
        inc_rule_language *into = NULL;
        for (uint32_t k = 0; k < rules.language_count && !into; k++)
            into = inc_str_eq(rules.languages[k].name, book->name) ? &rules.languages[k] : NULL;
        if (!into) {
            into = &rules.languages[rules.language_count++];
            *into = (inc_rule_language){.name = book->name, .comment = INC_STR("#"), .pinned = INC_STR(""), .edition = INC_STR(""), .width = INC_STR("80")};
        }
        merge(arena, into, book);
        if (!into->extension.n || !into->rule_count)
            inc_report(run->result.diags, INC_DIAG_NO_LISTINGS, settings->test.span, "language '%.*s' needs an extension and a kind", INC_STR_ARG(book->name));
    }
    if (!rules.folders.n) {
        rules.folders = (inc_words_list){INC_NEW(arena, inc_str), 1};
        rules.folders.v[0] = INC_STR("listings");
        rules.folders_by_default = true;
    }
    rules.lock = rules.lock.n ? rules.lock : INC_STR("listings.lock");
    rules.seconds = rules.seconds ? rules.seconds : SECONDS_DEFAULT;
    return rules;
}

/* ---- the lock ---- */

/* Skipped ones do not count: they keep what the lock says of them. But without any compiler nothing was verified. */
static bool all_passed(const inc_listings *listings)
{
    size_t others = listings->count[INC_LISTING_FAIL] + listings->count[INC_LISTING_DRIFT];
    for (uint32_t i = 0; i < listings->compiler_count; i++) {
        const inc_compiler *compiler = &listings->compilers[i];
        others += compiler->language->pinned.n && !inc_str_eq(compiler->version, compiler->language->pinned);
    }
    return others == 0 && listings->count[INC_LISTING_PASS] + listings->count[INC_LISTING_BLESSED] > 0;
}

static void keep_lock(inc_run *run, const inc_listings *listings, inc_str path, inc_str name, inc_str old)
{
    inc_arena *arena = run->result.arena;
    inc_str lock = inc_listings_lock(listings, old, arena);
    if (!all_passed(listings) || inc_str_eq(lock, old))
        return;
    if (run->test->frozen) {
        inc_report(run->result.diags, INC_DIAG_LISTING_LOCK, INC_NO_SPAN, "the lock '%.*s' is not what was verified", INC_STR_ARG(name));
        return;
    }
    int error = inc_file_write(arena, path, lock);
    if (error)
        inc_report(run->result.diags, INC_DIAG_CANNOT_WRITE, INC_NO_SPAN, "cannot write '%.*s': %s", INC_STR_ARG(name), strerror(error));
}

/* ---- the run ---- */

static void report_progress(void *context, size_t done, size_t total)
{
    inc_run_progress(context, "listings", done, total);
}

static void add_details(const inc_listings *listings, inc_buf *out)
{
    for (size_t i = 0; i < listings->n; i++)
        if (listings->v[i].details.n)
            inc_buf_printf(out, "%.*s: %.*s\n%.*s\n", INC_STR_ARG(listings->v[i].path), INC_STR_ARG(listings->v[i].reason), INC_STR_ARG(listings->v[i].details));
}

static void add_summary(const inc_listings *listings, inc_buf *out)
{
    size_t all = 0;
    for (unsigned i = 0; i < INC_VERDICT_COUNT; i++)
        all += listings->count[i];
    inc_buf_printf(out, "%zu listing%s", all, all == 1 ? "" : "s");
    if (all < listings->n)
        inc_buf_printf(out, " of %zu", listings->n);
    inc_buf_byte(out, ':');
    static const char *const words[INC_VERDICT_COUNT] = {"passed", "recorded", "skipped", "drifted", "failed"};
    bool first = true;
    for (unsigned i = 0; i < INC_VERDICT_COUNT; i++)
        if (listings->count[i]) {
            inc_buf_printf(out, "%s %zu %s", first ? "" : ",", listings->count[i], words[i]);
            first = false;
        }
    inc_buf_puts(out, first ? " none found" : "");
}

/* Only what is said about book.toml matters here: a chapter may include an output that is still to be recorded. */
static void read_book(inc_run *run)
{
    inc_build_result *result = &run->result;
    inc_diags *all = result->diags;
    result->diags = inc_diags_new(result->arena);
    inc_run_document(run, false);
    for (size_t i = 0; i < result->diags->n; i++) {
        const inc_diag *found = &result->diags->v[i];
        const inc_source *source = inc_sources_get(result->sources, found->span.file);
        bool counts = found->severity == INC_FATAL || !source || inc_str_is(inc_path_name(source->name), "book.toml");
        if (counts)
            inc_report(all, found->id, found->span, "%.*s", INC_STR_ARG(found->message))->hint = found->hint;
    }
    result->diags = all;
    inc_diags_set_levels(all, run->manuscript->settings.levels);
}

void inc_run_listings(inc_run *run)
{
    inc_arena *arena = run->result.arena;
    read_book(run);
    if (inc_run_stopped(run))
        return;
    inc_rules rules = rules_of(run);
    inc_listings_options options = {
        .rules = &rules,
        .root = inc_path_absolute(arena, run->manuscript->root.n ? run->manuscript->root : INC_STR(".")),
        .scratch = run->test->scratch,
        .environment = run->test->environment,
        .jobs = run->options->jobs,
        .bless = run->test->bless,
        .only = run->test->only,
        .only_count = run->test->only_count,
        .interrupted = run->options->interrupted,
        .progress = report_progress,
        .progress_context = run,
    };
    inc_listings listings = {0};
    inc_run_progress(run, "listings", 0, 0);
    inc_listings_find(&options, arena, run->result.sources, run->result.diags, &listings);
    inc_listings_add_fences(&options, run->document, run->result.sources, arena, &listings);
    inc_listings_choose(&options, arena, run->result.diags, &listings);
    if (!inc_listings_run(&options, arena, &listings))
        run->result.out_of_memory = true;
    if (inc_run_stopped(run) || run->result.out_of_memory)
        return;
    inc_str lock_path = inc_path_join(arena, options.root, rules.lock), lock = INC_STR("");
    inc_file_read(arena, lock_path, LOCK_MAX, &lock);
    inc_listings_apply_lock(&listings, lock, run->test->frozen, arena);
    inc_listings_report(&listings, run->result.sources, arena, run->result.diags);
    keep_lock(run, &listings, lock_path, rules.lock, lock);
    inc_buf details = inc_buf_in(arena), summary = inc_buf_in(arena), json = inc_buf_in(arena);
    add_details(&listings, &details);
    add_summary(&listings, &summary);
    inc_listings_json(&listings, &json);
    run->result.details = inc_buf_str(&details);
    run->result.summary = inc_buf_str(&summary);
    run->result.dump = inc_buf_str(&json);
}
