/* replay.c - runs a fuzz target over the files named, as each commit's tests do. */
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (!file) {
            perror(argv[i]);
            return 1;
        }
        size_t cap = 1 << 22, n;
        uint8_t *data = malloc(cap);
        n = data ? fread(data, 1, cap, file) : 0;
        fclose(file);
        uint8_t *exact = malloc(n ? n : 1); /* so that the sanitizer sees a read behind the end */
        if (exact) {
            memcpy(exact, data, n);
            LLVMFuzzerTestOneInput(exact, n);
        }
        free(exact);
        free(data);
    }
    printf("%d files\n", argc - 1);
    return argc > 1 ? 0 : 1;
}
