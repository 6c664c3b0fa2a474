/* highlight.c FOLDER - how fast each language is highlighted, on one core: its FOLDER/NAME.txt over and over; slowest first, as Markdown. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "highlight/language.h"

enum { SIZE = 4000000, RUNS = 3, TEXT_MAX = 1 << 20 };

typedef struct speed {
    inc_str language;
    double rate; /* MB/s */
} speed;

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double rate_of(inc_arena *arena, inc_str language, inc_str code)
{
    double best = 1e9;
    inc_arena_mark start = inc_arena_mark_get(arena);
    for (int run = 0; run < RUNS; run++) {
        size_t count;
        double began = seconds();
        inc_highlight(arena, language, code, &count);
        best = INC_MIN(best, seconds() - began);
        inc_arena_reset(arena, start);
    }
    return (double)code.n / best / 1e6;
}

static int by_rate(const void *a, const void *b)
{
    double x = ((const speed *)a)->rate, y = ((const speed *)b)->rate;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    inc_arena *arena = inc_arena_new();
    speed *speeds = INC_NEW_N(arena, speed, inc_language_count);
    static char text[TEXT_MAX];
    size_t n = 0;
    for (size_t i = 0; argc > 1 && i < inc_language_count; i++) {
        inc_str language = {inc_languages[i]->names, strcspn(inc_languages[i]->names, " ")};
        FILE *file = fopen(inc_strf(arena, "%s/%.*s.txt", argv[1], INC_STR_ARG(language)).p, "rb");
        if (!file)
            continue;
        size_t length = fread(text, 1, sizeof text, file);
        fclose(file);
        inc_buf code = inc_buf_in(arena);
        while (length && code.n < SIZE)
            inc_buf_add(&code, (inc_str){text, length});
        speeds[n++] = (speed){language, rate_of(arena, language, inc_buf_str(&code))};
    }
    qsort(speeds, n, sizeof *speeds, by_rate);
    puts("| language | MB/s |\n|---|--:|");
    for (size_t i = 0; i < n; i++)
        printf("| %.*s | %.0f |\n", INC_STR_ARG(speeds[i].language), speeds[i].rate);
    inc_arena_free(arena);
    return n ? 0 : 1;
}
