/*
 * libraries.c - memory that a library asked for in vain.
 *
 * ENOMEM alone is no proof. glibc asks for the heap's end to be moved first, and where something lies in the way (an emulator's own code, valgrind's) takes a
 * mapping instead: the memory is there, and the errno stays. Then the heap that malloc keeps is larger than the one that the system knows of, and
 * from there on nothing is to be learnt from errno.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/guard.h"

#ifdef __GLIBC__
#include <malloc.h>

/* Bytes that malloc has for its first heap; UINT64_MAX when it cannot say. */
static uint64_t bytes_of_malloc(void)
{
    char *text = NULL;
    size_t n = 0;
    uint64_t bytes = UINT64_MAX;
    FILE *file = open_memstream(&text, &n);
    if (!file)
        return bytes;
    bool told = malloc_info(0, file) == 0;
    if (fclose(file) == 0 && told && text) {
        static const char start[] = "<system type=\"current\" size=\"";
        const char *heap = strstr(text, "<heap nr=\"0\">"), *size = heap ? strstr(heap, start) : NULL;
        if (size)
            bytes = strtoull(size + strlen(start), NULL, 10);
    }
    free(text);
    return bytes;
}

/* Bytes between the heap's beginning and its end; 0 where the system names none, UINT64_MAX when it cannot be asked. */
static uint64_t bytes_of_system(void)
{
    char line[512];
    uint64_t from, to, bytes = 0;
    FILE *file = fopen("/proc/self/maps", "re");
    if (!file)
        return UINT64_MAX;
    while (fgets(line, sizeof line, file))
        if (strstr(line, "[heap]") && sscanf(line, "%" SCNx64 "-%" SCNx64, &from, &to) == 2)
            bytes += to - from;
    fclose(file);
    return bytes;
}

/* Memory taken elsewhere because the heap could not grow: malloc takes a mebibyte at least. What is freed between the two questions may make the heap
 * smaller, by as much as lies at its end before it is given back: less than a quarter of that. */
static bool heap_has_moved(void)
{
    enum { ELSEWHERE_LEAST = 1 << 20 };
    uint64_t malloced = bytes_of_malloc(), known = bytes_of_system();
    return malloced != UINT64_MAX && known != UINT64_MAX && malloced >= known + ELSEWHERE_LEAST / 2;
}

#else

static bool heap_has_moved(void)
{
    return false;
}

#endif

void inc_libraries_begin(void)
{
    errno = 0;
}

void inc_libraries_check(void)
{
    if (errno != ENOMEM)
        return;
    if (!heap_has_moved())
        inc_out_of_memory();
    errno = 0;
}
