/* diagram.c - the command of a diagram: its files, its run, what came of it. */
#include "image/diagram.h"

#include <errno.h>
#include <expat.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/guard.h"
#include "base/sink.h"
#include "image/internal.h"
#include "process/process.h"

enum { DIGITS = 20, GIST_LINES = 3, GIST_MAX = 300 };

/* ---- names ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || is_digit(c);
}

/* With its length before it: no two lists of words have the same sum because they are parted otherwise. */
static void add_word(struct sha256_ctx *sum, inc_str word)
{
    uint8_t length[8];
    for (unsigned i = 0; i < 8; i++)
        length[i] = (uint8_t)((uint64_t)word.n >> (56 - 8 * i));
    sha256_update(sum, sizeof length, length);
    sha256_update(sum, word.n, (const uint8_t *)word.p);
}

inc_str inc_diagram_name(const inc_diagram_rule *rule, inc_str text, inc_arena *arena)
{
    struct sha256_ctx sum;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&sum);
    add_word(&sum, INC_STR("incipit diagram 1"));
    for (uint32_t i = 0; i < rule->command.n; i++)
        add_word(&sum, rule->command.v[i]);
    add_word(&sum, rule->version);
    add_word(&sum, text);
    sha256_digest(&sum, sizeof digest, digest);
    inc_buf out = inc_buf_in(arena);
    for (size_t i = 0; i < INC_MIN(rule->name.n, (size_t)32); i++)
        inc_buf_byte(&out, is_plain(rule->name.p[i]) ? rule->name.p[i] : '_');
    inc_buf_byte(&out, '-');
    for (unsigned i = 0; i < DIGITS / 2; i++)
        inc_buf_printf(&out, "%02x", digest[i]);
    inc_buf_puts(&out, ".svg");
    return inc_buf_str(&out);
}

bool inc_diagram_is_name(inc_str name)
{
    size_t tail = 1 + DIGITS + strlen(".svg");
    if (name.n <= tail || !inc_str_ends(name, INC_STR(".svg")) || name.p[name.n - tail] != '-')
        return false;
    for (size_t i = 0; i < name.n - tail; i++)
        if (!is_plain(name.p[i]) && name.p[i] != '_')
            return false;
    for (size_t i = name.n - tail + 1; i < name.n - strlen(".svg"); i++)
        if (!is_digit(name.p[i]) && !(name.p[i] >= 'a' && name.p[i] <= 'f'))
            return false;
    return true;
}

const char *inc_diagram_package(inc_str program)
{
    static const char *const packages[][2] = {{"dot", "graphviz"}, {"neato", "graphviz"}, {"twopi", "graphviz"}, {"circo", "graphviz"}, {"fdp", "graphviz"},
        {"sfdp", "graphviz"}, {"plantuml", "plantuml"}, {"ditaa", "ditaa"}, {"asy", "asymptote"}, {"gnuplot", "gnuplot"}, {"mscgen", "mscgen"},
        {"seqdiag", "python3-seqdiag"}, {"blockdiag", "python3-blockdiag"}};
    inc_str name = inc_path_name(program);
    for (size_t i = 0; i < INC_COUNT(packages); i++)
        if (inc_str_is(name, packages[i][0]))
            return packages[i][1];
    return NULL;
}

/* ---- what tools say ---- */

static uint32_t number_at(inc_str s, size_t at, size_t *end)
{
    uint64_t n = 0;
    for (*end = at; *end < s.n && is_digit(s.p[*end]) && n < 100000000; ++*end)
        n = n * 10 + (uint64_t)(s.p[*end] - '0');
    return (uint32_t)n;
}

uint32_t inc_diagram_blamed_line(inc_str said)
{
    for (size_t i = 0; i + 5 < said.n; i++) { /* "line 3", "Line 3": Graphviz, Mermaid, PlantUML */
        bool word = inc_str_eq_nocase(inc_str_slice(said, i, i + 5), INC_STR("line ")) && (i == 0 || !is_plain(said.p[i - 1]));
        size_t end;
        uint32_t line = word ? number_at(said, i + 5, &end) : 0;
        if (line)
            return line;
    }
    for (size_t i = 0; i + 1 < said.n; i++) { /* "<stdin>:3:7: ...", "diagram.d2:3:7" */
        size_t end;
        uint32_t line = said.p[i] == ':' ? number_at(said, i + 1, &end) : 0;
        if (line && end < said.n && said.p[end] == ':')
            return line;
    }
    return 0;
}

inc_str inc_diagram_gist(inc_str said, inc_arena *arena)
{
    inc_buf out = inc_buf_in(arena);
    for (unsigned lines = 0; said.n && lines < GIST_LINES && out.n < GIST_MAX;) {
        inc_str line = inc_str_trim(inc_str_cut(&said, '\n'));
        if (!line.n)
            continue;
        inc_buf_puts(&out, lines++ ? "; " : "");
        for (size_t i = 0; i < line.n && out.n < GIST_MAX; i++) /* messages are UTF-8, and what a tool says need not be */
            inc_buf_byte(&out, line.p[i] >= ' ' && line.p[i] <= '~' ? line.p[i] : line.p[i] == '\t' ? ' ' : '?');
    }
    return inc_buf_str(&out);
}

/* ---- SVG ---- */

const char *inc_diagram_fault(inc_str svg)
{
    if (!inc_str_trim(svg).n)
        return "it wrote nothing";
    if (svg.n > INC_DRAWING_SIZE_MAX)
        return "its SVG is too large";
    if (!inc_svg_is(svg))
        return "what it wrote is no SVG";
    XML_Parser parser = XML_ParserCreate(NULL);
    if (!parser)
        inc_out_of_memory();
    bool whole = XML_Parse(parser, svg.p, (int)svg.n, XML_TRUE) == XML_STATUS_OK;
    enum XML_Error error = XML_GetErrorCode(parser);
    XML_ParserFree(parser);
    if (!whole && error == XML_ERROR_NO_MEMORY)
        inc_out_of_memory();
    if (!whole && error == XML_ERROR_JUNK_AFTER_DOC_ELEMENT)
        return "it wrote more than one SVG, or something behind it";
    return whole ? NULL : "its SVG is not well-formed XML";
}

/* ---- the run ---- */

typedef struct sheet { /* one run's own folder and files */
    const inc_diagram_bench *bench;
    const inc_diagram_rule *rule;
    inc_arena *arena;
    inc_str folder, input, output;
    bool writes_file; /* the command names {output} */
    bool reads_file;  /* ... and {input} */
} sheet;

/* A word with the names of files put in. */
static inc_str expand(sheet *s, inc_str word)
{
    const struct {
        inc_str name, value;
        bool *seen;
    } names[] = {{INC_STR("{input}"), s->input, &s->reads_file}, {INC_STR("{output}"), s->output, &s->writes_file}, {INC_STR("{root}"), s->bench->root, NULL}};
    inc_buf out = inc_buf_in(s->arena);
    while (word.n) {
        size_t n = 0;
        for (size_t i = 0; i < INC_COUNT(names) && !n; i++)
            if (inc_str_starts(word, names[i].name)) {
                inc_buf_add(&out, names[i].value);
                n = names[i].name.n;
                if (names[i].seen)
                    *names[i].seen = true;
            }
        if (!n)
            inc_buf_byte(&out, word.p[0]);
        word = inc_str_slice(word, n ? n : 1, word.n);
    }
    return inc_str_dup(s->arena, inc_buf_str(&out));
}

static inc_drawing failure(inc_diagram_end end, inc_str reason, inc_str said)
{
    return (inc_drawing){.end = end, .svg = INC_STR(""), .reason = reason, .said = said};
}

/* Without the scratch folder's name, which is another each time. */
static void add_said(const sheet *s, inc_buf *said, inc_str text)
{
    inc_str folder = inc_strf(s->arena, "%.*s/", INC_STR_ARG(s->folder));
    for (size_t at; (at = inc_str_find(text, folder)) != INC_NPOS; text = inc_str_slice(text, at + folder.n, text.n))
        inc_buf_add(said, inc_str_slice(text, 0, at));
    inc_buf_add(said, text);
}

static inc_str said_by(const sheet *s, const inc_process_result *result, bool out_too)
{
    inc_buf said = inc_buf_in(s->arena);
    add_said(s, &said, result->err);
    inc_buf_byte(&said, '\n');
    add_said(s, &said, out_too ? result->out : INC_STR(""));
    return inc_buf_str(&said);
}

static inc_drawing drawing_of(const sheet *s, const inc_process *process, const inc_process_result *result)
{
    inc_str how = inc_process_describe(process, result, s->arena), svg = result->out;
    if (result->end == INC_PROCESS_INTERRUPTED)
        return failure(INC_DIAGRAM_INTERRUPTED, how, INC_STR(""));
    if (result->end == INC_PROCESS_MISSING)
        return failure(INC_DIAGRAM_MISSING, how, INC_STR(""));
    if (result->end == INC_PROCESS_SIGNALLED && result->status == SIGXFSZ)
        return failure(INC_DIAGRAM_FAILED, inc_strf(s->arena, "it wrote a file of more than %llu bytes", (unsigned long long)INC_DRAWING_FILE_MAX), INC_STR(""));
    if (result->end != INC_PROCESS_EXITED || result->status != 0)
        return failure(INC_DIAGRAM_FAILED, how, said_by(s, result, s->writes_file || result->end == INC_PROCESS_EXITED));
    if (s->writes_file) {
        int error = inc_file_read(s->arena, s->output, INC_DRAWING_SIZE_MAX, &svg);
        if (error)
            return failure(INC_DIAGRAM_FAILED, error == ENOENT ? INC_STR("it wrote no file") : inc_strf(s->arena, "what it wrote cannot be read: %s", strerror(error)),
                said_by(s, result, true));
    }
    const char *fault = inc_diagram_fault(svg);
    if (fault)
        return failure(INC_DIAGRAM_FAILED, inc_str_of(fault), said_by(s, result, s->writes_file));
    return (inc_drawing){.end = INC_DIAGRAM_DRAWN, .svg = svg, .reason = INC_STR(""), .said = said_by(s, result, false)};
}

static inc_drawing run(sheet *s, inc_str text)
{
    int error = inc_file_write(s->arena, s->input, text);
    if (error)
        return failure(INC_DIAGRAM_NO_SCRATCH, inc_strf(s->arena, "the block cannot be written to '%.*s': %s", INC_STR_ARG(s->input), strerror(error)), INC_STR(""));
    const inc_diagram_rule *rule = s->rule;
    inc_str *words = INC_NEW_N(s->arena, inc_str, rule->command.n);
    for (uint32_t i = 0; i < rule->command.n; i++)
        words[i] = expand(s, rule->command.v[i]);
    inc_process process = {
        .words = words,
        .word_count = rule->command.n,
        .folder = s->folder,
        .input = s->reads_file ? INC_STR("") : s->input,
        .environment = inc_process_environment(s->arena, s->bench->environment, "TMPDIR", s->folder), /* what the command leaves there goes too */
        .limits = {.seconds = rule->seconds, .output_max = INC_DRAWING_SIZE_MAX, .file_max = INC_DRAWING_FILE_MAX},
        .interrupted = s->bench->interrupted,
    };
    inc_process_result result = inc_process_run(&process, s->arena);
    return drawing_of(s, &process, &result);
}

inc_drawing inc_diagram_draw(const inc_diagram_bench *bench, const inc_diagram_rule *rule, inc_str text, inc_arena *arena)
{
    if (text.n > INC_DIAGRAM_SIZE_MAX)
        return failure(INC_DIAGRAM_FAILED, inc_strf(arena, "the block has more than %zu bytes", INC_DIAGRAM_SIZE_MAX), INC_STR(""));
    char *made = (char *)(uintptr_t)inc_cstr(arena, inc_path_join(arena, bench->scratch, INC_STR("incipit-diagram-XXXXXX")));
    if (!mkdtemp(made))
        return failure(INC_DIAGRAM_NO_SCRATCH, inc_strf(arena, "no scratch folder '%s': %s", made, strerror(errno)), INC_STR(""));
    sheet s = {.bench = bench, .rule = rule, .arena = arena, .folder = inc_str_of(made)};
    s.input = inc_strf(arena, "%s/diagram.%.*s", made, (int)INC_MIN(inc_path_name(rule->name).n, (size_t)32), inc_path_name(rule->name).p);
    s.output = inc_strf(arena, "%s/drawing.svg", made);
    inc_drawing drawing = run(&s, text);
    inc_folder_remove(arena, s.folder);
    return drawing;
}
