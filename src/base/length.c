/* length.c - exact arithmetic on lengths. */
#include "base/length.h"

#include <stdio.h>
#include <stdlib.h>

inc_len inc_len_scale(inc_len value, int64_t numerator, int64_t denominator)
{
    assert(denominator > 0);
    int64_t small; /* as nearly always: a division in 64 bits costs much less */
    if (!__builtin_mul_overflow(value, numerator, &small) && llabs(small) < INT64_MAX / 2 && denominator < INT64_MAX / 2)
        return (small >= 0 ? small + denominator / 2 : small - denominator / 2) / denominator;
    __int128 product = (__int128)value * numerator;
    __int128 half = denominator / 2;
    return (inc_len)((product >= 0 ? product + half : product - half) / denominator);
}

size_t inc_len_format(inc_len value, unsigned decimals, char out[32])
{
    static const int64_t power[] = {1, 10, 100, 1000, 10000, 100000};
    assert(decimals < INC_COUNT(power));
    int64_t scaled = inc_len_scale(value, power[decimals], INC_PT);
    const char *sign = scaled < 0 ? "-" : "";
    uint64_t magnitude = scaled < 0 ? (uint64_t)-scaled : (uint64_t)scaled;
    uint64_t whole = magnitude / (uint64_t)power[decimals], rest = magnitude % (uint64_t)power[decimals];
    if (!rest)
        return (size_t)snprintf(out, 32, "%s%llu", sign, (unsigned long long)whole);
    size_t n = (size_t)snprintf(out, 32, "%s%llu.%0*llu", sign, (unsigned long long)whole, (int)decimals,
                                (unsigned long long)rest);
    while (out[n - 1] == '0')
        out[--n] = '\0';
    return n;
}
