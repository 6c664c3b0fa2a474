/*
 * fuzz.h - what the fuzz targets share. A target defines fuzz_one, which puts all that can be seen of its work into `out`, and includes this;
 * it becomes a libFuzzer target, or with replay.c a program that runs the files it is given.
 *
 * One input in four is worked on twice, in arenas of their own: the same input must give the same bytes.
 */
#ifndef INC_FUZZ_H
#define INC_FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include "base/guard.h"
#include "base/map.h"
#include "base/utf8.h"
#include "document/document.h"

static void fuzz_one(inc_str input, inc_arena *arena, inc_buf *out);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A broken promise: said, then the fuzzer's to keep. */
#define FUZZ_CHECK(condition, ...)                                                                                                                 \
    do {                                                                                                                                            \
        if (!(condition)) {                                                                                                                         \
            fprintf(stderr, "%s:%d: %s: ", __FILE__, __LINE__, #condition);                                                                        \
            fprintf(stderr, __VA_ARGS__);                                                                                                           \
            fputc('\n', stderr);                                                                                                                    \
            abort();                                                                                                                                \
        }                                                                                                                                           \
    } while (0)

static uint64_t fuzz_run(inc_str input)
{
    inc_guard guard;
    inc_arena *volatile arena = NULL;
    volatile uint64_t digest = 0;
    if (INC_GUARD(&guard) == 0) {
        arena = inc_arena_new();
        inc_buf out = inc_buf_in(arena);
        fuzz_one(input, arena, &out);
        digest = inc_hash(inc_buf_str(&out).p, out.n);
        inc_guard_leave(&guard);
    }
    inc_arena_free(arena);
    return digest;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    inc_str input = {size ? (const char *)data : "", size};
    uint64_t first = fuzz_run(input);
    if (inc_hash(input.p, input.n) % 4 == 0)
        FUZZ_CHECK(fuzz_run(input) == first, "the same input gave other bytes");
    return 0;
}

/* The input as the sources hold text: well-formed, no NUL, no CR. */
static inline inc_str fuzz_text(inc_str input, inc_arena *arena)
{
    inc_buf out = inc_buf_in(arena);
    for (size_t at = 0, next; at < input.n; at = next) {
        uint32_t cp = inc_utf8_decode(input, at, &next);
        inc_buf_code_point(&out, cp == 0 ? INC_REPLACEMENT : cp == '\r' ? '\n' : cp);
    }
    return inc_buf_str(&out);
}

/* A file in memory among the sources. */
static inline uint32_t fuzz_source(inc_sources *sources, const char *name, inc_str text)
{
    return inc_sources_add(sources, inc_str_of(name), inc_str_of(name), text);
}

static inline void fuzz_check_span(const inc_sources *sources, inc_span span, const char *whose)
{
    const inc_source *source = inc_sources_get(sources, span.file);
    if (!span.file)
        return;
    FUZZ_CHECK(source, "%s: no file %u", whose, span.file);
    FUZZ_CHECK(span.offset <= source->bytes.n && span.length <= source->bytes.n - span.offset, "%s: %u + %u of %zu bytes", whose, span.offset, span.length,
               source->bytes.n);
}

static inline void fuzz_check_line(inc_str line, const char *whose)
{
    FUZZ_CHECK(inc_utf8_invalid(line) == INC_NPOS, "%s is not UTF-8", whose);
    for (size_t i = 0; i < line.n; i++)
        FUZZ_CHECK((unsigned char)line.p[i] >= 0x20 && line.p[i] != 0x7F, "%s has control character %d: %.*s", whose, line.p[i], INC_STR_ARG(line));
}

/* Findings lie in their files and are one line of text each. */
static inline void fuzz_check_diags(const inc_sources *sources, inc_diags *diags, inc_buf *out)
{
    inc_diags_tidy(diags, 0);
    for (size_t i = 0; i < diags->n; i++) {
        const inc_diag *d = &diags->v[i];
        fuzz_check_span(sources, d->span, inc_diag_info_of(d->id)->name);
        fuzz_check_line(d->message, "a message");
        fuzz_check_line(d->hint, "a hint");
        FUZZ_CHECK(d->severity != INC_FATAL || d->id != INC_DIAG_INTERNAL, "%.*s", INC_STR_ARG(d->message));
        inc_buf_printf(out, "%s %u %u %u %.*s | %.*s\n", inc_diag_info_of(d->id)->name, d->span.file, d->span.offset, d->span.length, INC_STR_ARG(d->message),
                       INC_STR_ARG(d->hint));
    }
}

/* The document's invariants, and every node's place. */
static inline void fuzz_check_document(const inc_document *document)
{
    const inc_node *where = NULL;
    const char *broken = inc_document_check(document, &where);
    FUZZ_CHECK(!broken, "%s at a %s", broken, inc_node_kind_name(where->kind));
    for (inc_walk w = inc_walk_begin(document->book); inc_walk_next(&w);) {
        fuzz_check_span(document->sources, w.node->span, inc_node_kind_name(w.node->kind));
        if (w.enter && w.node->kind == INC_NODE_TEXT)
            FUZZ_CHECK(inc_utf8_invalid(w.node->as.text.text) == INC_NPOS, "a text is not UTF-8");
    }
}

#endif
