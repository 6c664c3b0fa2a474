/* run.c - the commands of each listing, in a scratch folder of its own, several at a time. */
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/files.h"
#include "base/pool.h"
#include "base/sink.h"
#include "listings/compare.h"
#include "listings/internal.h"
#include "process/process.h"

enum { COULD_NOT_BE_TRIED = 77 /* as Automake's tests say it */ };

/* ---- commands ---- */

typedef struct task {
    const inc_listings_options *options;
    inc_listings *listings;
    inc_listing *listing;
    inc_arena *arena;
    inc_str scratch, file, folder; /* file: as the commands see it, from their folder */
    char *const *environment;
} task;

static inc_str value_of(const task *t, inc_str name)
{
    const struct {
        const char *name;
        inc_str value;
    } values[] = {{"file", t->file}, {"name", inc_path_stem(t->file)}, {"folder", t->folder}, {"scratch", t->scratch}, {"root", t->options->root},
        {"edition", t->listing->edition}, {"width", t->listing->language->width}};
    for (size_t i = 0; i < INC_COUNT(values); i++)
        if (inc_str_is(name, values[i].name))
            return values[i].value;
    return (inc_str){NULL, 0};
}

/* A word with {names} replaced; braces around anything else stay. */
static inc_str expand(const task *t, inc_str word)
{
    inc_buf out = inc_buf_in(t->arena);
    while (word.n) {
        size_t open = inc_str_find_char(word, '{');
        size_t close = open == INC_NPOS ? INC_NPOS : inc_str_find_char(inc_str_slice(word, open, word.n), '}');
        if (close == INC_NPOS)
            break;
        inc_str value = value_of(t, inc_str_slice(word, open + 1, open + close));
        inc_buf_add(&out, inc_str_slice(word, 0, open));
        inc_buf_add(&out, value.p ? value : inc_str_slice(word, open, open + close + 1));
        word = inc_str_slice(word, open + close + 1, word.n);
    }
    inc_buf_add(&out, word);
    return inc_str_dup(t->arena, inc_buf_str(&out));
}

static inc_process_result run_words(const task *t, inc_words_list words, inc_process *process)
{
    inc_str *expanded = INC_NEW_N(t->arena, inc_str, words.n + 1);
    for (uint32_t i = 0; i < words.n; i++)
        expanded[i] = expand(t, words.v[i]);
    *process = (inc_process){
        .words = expanded,
        .word_count = words.n,
        .folder = t->folder,
        .environment = t->environment,
        .limits = {.seconds = t->listing->seconds, .output_max = INC_LISTING_OUTPUT_MAX},
        .interrupted = t->options->interrupted,
    };
    return inc_process_run(process, t->arena);
}

/* ---- what a listing asks for ---- */

static bool machine_has(inc_str need)
{
    struct utsname name;
    if (uname(&name) != 0)
        return false;
    return inc_str_eq_nocase(need, inc_str_of(name.machine)) || inc_str_eq_nocase(need, inc_str_of(name.sysname));
}

static bool has_command(const task *t, inc_str name)
{
    inc_str words[] = {INC_STR("sh"), INC_STR("-c"), INC_STR("command -v \"$0\" >/dev/null"), name};
    inc_process process = {.words = words, .word_count = INC_COUNT(words), .folder = INC_STR(""), .environment = t->options->environment, .limits = {.seconds = 10, .output_max = 4096}};
    inc_process_result result = inc_process_run(&process, t->arena);
    return result.end == INC_PROCESS_EXITED && result.status == 0;
}

/* Why it cannot be run here, or "". */
static inc_str obstacle(const task *t)
{
    const inc_listing *listing = t->listing;
    const inc_compiler *compiler = inc_listings_compiler(t->listings, listing->language);
    if (listing->min.n && inc_listings_compare_versions(compiler->version, listing->min) < 0)
        return inc_strf(t->arena, "needs version %.*s, this is %.*s", INC_STR_ARG(listing->min), INC_STR_ARG(compiler->version));
    inc_str needs = listing->needs, need;
    while (needs.n) {
        need = inc_str_trim(inc_str_cut(&needs, ' '));
        bool command = inc_str_starts(need, INC_STR("command:"));
        if (need.n && !(command ? has_command(t, inc_str_slice(need, strlen("command:"), need.n)) : machine_has(need)))
            return inc_strf(t->arena, "needs %.*s", INC_STR_ARG(need));
    }
    return INC_STR("");
}

/* ---- verdicts ---- */

static void judge(task *t, inc_verdict verdict, inc_str reason, inc_str details)
{
    t->listing->verdict = verdict;
    t->listing->reason = reason;
    t->listing->details = details;
}

static bool is_other_version(const task *t)
{
    const inc_compiler *compiler = inc_listings_compiler(t->listings, t->listing->language);
    return t->listing->language->pinned.n && inc_listings_compare_versions(compiler->version, t->listing->language->pinned) != 0;
}

static inc_str golden_name(const task *t)
{
    return inc_listings_golden_path(t->arena, t->listing);
}

static void record(task *t)
{
    inc_listing *listing = t->listing;
    int error = inc_file_write(t->arena, listing->golden, listing->got);
    if (error)
        judge(t, INC_LISTING_FAIL, inc_strf(t->arena, "cannot write '%.*s': %s", INC_STR_ARG(golden_name(t)), strerror(error)), INC_STR(""));
    else
        judge(t, INC_LISTING_BLESSED, inc_strf(t->arena, "recorded in '%.*s'", INC_STR_ARG(golden_name(t))), INC_STR(""));
}

/* Differs; but from what another version of the compiler said? */
static void judge_difference(task *t)
{
    inc_listing *listing = t->listing;
    inc_str version = inc_listings_compiler(t->listings, listing->language)->version;
    bool other = is_other_version(t);
    bool alike = listing->rule->normaliser == INC_NORMALISE_RUSTC &&
                 inc_str_eq(inc_listings_loosen(t->arena, listing->recorded), inc_listings_loosen(t->arena, listing->got));
    size_t line;
    if (other && alike)
        judge(t, INC_LISTING_PASS, inc_strf(t->arena, "the same messages and places; their notes differ in %.*s", INC_STR_ARG(version)), INC_STR(""));
    else if (other && (listing->pinned || listing->rule->pinned))
        judge(t, INC_LISTING_DRIFT, inc_strf(t->arena, "recorded with %.*s, this is %.*s", INC_STR_ARG(listing->language->pinned), INC_STR_ARG(version)), INC_STR(""));
    else
        judge(t, INC_LISTING_FAIL, inc_strf(t->arena, "what came out differs from '%.*s'", INC_STR_ARG(golden_name(t))),
            inc_listings_difference(t->arena, listing->recorded, listing->got, golden_name(t), &line));
}

static void compare(task *t, inc_str raw)
{
    inc_listing *listing = t->listing;
    inc_str recorded = INC_STR("");
    listing->got = inc_listings_normalise(t->arena, raw, listing->rule->normaliser);
    bool there = listing->golden.n && inc_file_read(t->arena, listing->golden, INC_LISTING_OUTPUT_MAX, &recorded) == 0;
    listing->recorded = inc_listings_normalise(t->arena, recorded, INC_NORMALISE_LINES);
    bool same = inc_str_eq(listing->got, listing->recorded);
    if (t->options->bless && (there ? !same : listing->got.n > 0))
        record(t);
    else if (same && (there || !listing->rule->must_fail))
        judge(t, INC_LISTING_PASS, INC_STR(""), INC_STR(""));
    else if (!there)
        judge(t, INC_LISTING_FAIL, inc_strf(t->arena, "'%.*s' does not exist; --bless records it", INC_STR_ARG(golden_name(t))), listing->got);
    else
        judge_difference(t);
}

static inc_str said(const task *t, const inc_process_result *result)
{
    inc_buf out = inc_buf_in(t->arena);
    inc_buf_add(&out, inc_listings_normalise(t->arena, result->err, INC_NORMALISE_LINES));
    inc_buf_add(&out, inc_listings_normalise(t->arena, result->out, INC_NORMALISE_LINES));
    return inc_buf_str(&out);
}

static void fail_with(task *t, const char *what, const inc_process *process, const inc_process_result *result)
{
    inc_str how = inc_process_describe(process, result, t->arena);
    judge(t, INC_LISTING_FAIL, inc_strf(t->arena, "%s: %.*s", what, INC_STR_ARG(how)), said(t, result));
}

/* The first of the errors that a refused listing must have and has not, or "". */
static inc_str missing_code(const task *t, inc_str messages)
{
    inc_str codes = t->listing->codes, code;
    while (codes.n) {
        code = inc_str_cut(&codes, ' ');
        if (inc_str_find(messages, inc_strf(t->arena, "error[%.*s]", INC_STR_ARG(code))) == INC_NPOS)
            return code;
    }
    return INC_STR("");
}

/* The status of a program that only was to run is 0, or what the listing says. */
static void judge_run(task *t, const inc_process *process, const inc_process_result *result)
{
    const inc_listing *listing = t->listing;
    int wanted = listing->status >= 0 ? listing->status : 0;
    bool exited = result->end == INC_PROCESS_EXITED, fails = listing->rule->must_fail && listing->status < 0;
    inc_str first = inc_str_trim(result->err), missing = missing_code(t, result->err);
    if (exited && result->status == COULD_NOT_BE_TRIED && wanted != COULD_NOT_BE_TRIED)
        judge(t, INC_LISTING_SKIP, first.n ? inc_str_cut(&first, '\n') : INC_STR("it says that it cannot be tried here"), INC_STR(""));
    else if (!exited)
        fail_with(t, "ended badly", process, result);
    else if (fails && result->status == 0)
        judge(t, INC_LISTING_FAIL, INC_STR("is accepted, but must not be"), INC_STR(""));
    else if (fails && missing.n)
        judge(t, INC_LISTING_FAIL, inc_strf(t->arena, "is refused, but not with %.*s", INC_STR_ARG(missing)), said(t, result));
    else if (!fails && result->status != wanted)
        fail_with(t, wanted ? "ended otherwise than it must" : "ended badly", process, result);
    else if (listing->rule->compare == INC_COMPARE_NOTHING || !listing->golden.n) /* of a block nothing is recorded */
        judge(t, INC_LISTING_PASS, INC_STR(""), INC_STR(""));
    else
        compare(t, listing->rule->compare == INC_COMPARE_STDOUT ? result->out : result->err);
}

static void run_commands(task *t)
{
    const inc_rule *rule = t->listing->rule;
    inc_process process = {0};
    inc_process_result result = {0};
    if (rule->compile.n) {
        result = run_words(t, rule->compile, &process);
        bool last = rule->run.n == 0, fine = result.end == INC_PROCESS_EXITED && result.status == 0;
        if (last && result.end == INC_PROCESS_EXITED) {
            judge_run(t, &process, &result);
            return;
        }
        if (!fine) {
            fail_with(t, "does not compile", &process, &result);
            return;
        }
    }
    result = run_words(t, rule->run, &process);
    judge_run(t, &process, &result);
}

/* ---- one listing ---- */

/* A block's text becomes a file in its scratch folder; it runs there. */
static bool write_fence(task *t)
{
    inc_str path = inc_strf(t->arena, "%.*s/block.%.*s", INC_STR_ARG(t->scratch), INC_STR_ARG(t->listing->language->extension));
    int error = inc_file_write(t->arena, path, t->listing->text);
    t->file = inc_path_name(path);
    t->folder = t->scratch;
    return !error;
}

static void run_in_scratch(task *t)
{
    char *made = (char *)(uintptr_t)inc_cstr(t->arena, inc_path_join(t->arena, t->options->scratch, INC_STR("incipit-test-XXXXXX")));
    if (!mkdtemp(made)) {
        judge(t, INC_LISTING_FAIL, inc_strf(t->arena, "no scratch folder '%s': %s", made, strerror(errno)), INC_STR(""));
        return;
    }
    t->scratch = inc_str_of(made);
    t->environment = inc_process_environment(t->arena, t->options->environment, "TMPDIR", t->scratch); /* what is left there goes too, also of those that are killed */
    if (!t->listing->text.n) {
        t->file = inc_path_name(t->listing->file);
        t->folder = inc_path_folder(t->listing->file);
    }
    if (t->listing->text.n && !write_fence(t))
        judge(t, INC_LISTING_FAIL, INC_STR("the block could not be written into the scratch folder"), INC_STR(""));
    else
        run_commands(t);
    inc_folder_remove(t->arena, t->scratch);
}

typedef struct work {
    const inc_listings_options *options;
    inc_listings *listings;
    inc_arena *arenas[64];
    atomic_size_t done;
} work;

static void run_listing(void *context, size_t i, unsigned worker)
{
    work *w = context;
    inc_listing *listing = &w->listings->v[i];
    task t = {.options = w->options, .listings = w->listings, .listing = listing, .arena = w->arenas[worker]};
    bool compiler = inc_listings_compiler(w->listings, listing->language)->version.n > 0;
    if (!listing->broken && !listing->left_out && compiler && !(w->options->interrupted && *w->options->interrupted)) {
        inc_str why = obstacle(&t);
        if (why.n)
            judge(&t, INC_LISTING_SKIP, why, INC_STR(""));
        else
            run_in_scratch(&t);
    }
    size_t done = atomic_fetch_add(&w->done, 1) + 1;
    if (worker == 0 && w->options->progress)
        w->options->progress(w->options->progress_context, done, w->listings->n);
}

/* ---- compilers ---- */

/* The first number with a point in it that the command prints, "1.95.0"; else the first number. */
static inc_str version_in(inc_str text)
{
    inc_str first = INC_STR("");
    for (size_t from = 0, to; from < text.n; from = to + 1) {
        for (to = from; to < text.n && ((text.p[to] >= '0' && text.p[to] <= '9') || (text.p[to] == '.' && to > from));)
            to++;
        inc_str number = inc_str_slice(text, from, to);
        while (number.n && number.p[number.n - 1] == '.') /* of a sentence */
            number.n--;
        if (inc_str_find_char(number, '.') != INC_NPOS)
            return number;
        first = first.n ? first : number;
    }
    return first;
}

static void ask_compiler(const inc_listings_options *options, inc_compiler *compiler, inc_arena *arena)
{
    const inc_rule_language *language = compiler->language;
    inc_process process = {.words = language->version.v, .word_count = language->version.n, .folder = INC_STR(""), .environment = options->environment,
        .limits = {.seconds = 30, .output_max = 65536}, .interrupted = options->interrupted};
    if (!language->version.n) { /* nothing to ask: any version will do */
        compiler->version = INC_STR("0");
        return;
    }
    inc_process_result result = inc_process_run(&process, arena);
    compiler->version = result.end == INC_PROCESS_EXITED && result.status == 0 ? version_in(result.out) : INC_STR("");
    compiler->reason = result.end == INC_PROCESS_MISSING ? inc_strf(arena, "no %.*s here", INC_STR_ARG(language->version.v[0]))
                                                         : inc_strf(arena, "%.*s does not say its version", INC_STR_ARG(language->version.v[0]));
}

static void ask_compilers(const inc_listings_options *options, inc_arena *arena, inc_listings *listings)
{
    listings->compilers = INC_NEW_N(arena, inc_compiler, options->rules->language_count);
    for (uint32_t l = 0; l < options->rules->language_count; l++) {
        bool used = false;
        for (size_t i = 0; i < listings->n && !used; i++)
            used = listings->v[i].language == &options->rules->languages[l];
        if (!used)
            continue;
        inc_compiler *compiler = &listings->compilers[listings->compiler_count++];
        *compiler = (inc_compiler){.language = &options->rules->languages[l], .version = INC_STR(""), .reason = INC_STR("")};
        ask_compiler(options, compiler, arena);
    }
}

static void free_arena(void *arena)
{
    inc_arena_free(arena);
}

bool inc_listings_run(const inc_listings_options *options, inc_arena *arena, inc_listings *listings)
{
    ask_compilers(options, arena, listings);
    work *w = INC_NEW(arena, work);
    w->options = options;
    w->listings = listings;
    unsigned jobs = inc_parallel_jobs(options->jobs);
    for (unsigned i = 0; i < INC_MIN(jobs, (unsigned)INC_COUNT(w->arenas)); i++) {
        void **slot = inc_defer(arena, free_arena);
        *slot = w->arenas[i] = inc_arena_new();
    }
    return inc_parallel(jobs, listings->n, run_listing, w);
}
