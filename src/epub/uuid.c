/* uuid.c - a book's identifier from its title: SHA-1 (FIPS 180-4) and UUID version 5 (RFC 9562). */
#include "epub/book.h"

static uint32_t rotate(uint32_t x, unsigned n)
{
    return x << n | x >> (32 - n);
}

static void hash_block(uint32_t h[5], const uint8_t *block)
{
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 |
               block[4 * i + 3];
    for (int i = 16; i < 80; i++)
        w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (int i = 0; i < 80; i++) {
        uint32_t f, k;
        if (i < 20)
            f = (b & c) | (~b & d), k = 0x5A827999;
        else if (i < 40)
            f = b ^ c ^ d, k = 0x6ED9EBA1;
        else if (i < 60)
            f = (b & c) | (b & d) | (c & d), k = 0x8F1BBCDC;
        else
            f = b ^ c ^ d, k = 0xCA62C1D6;
        uint32_t next = rotate(a, 5) + f + e + k + w[i];
        e = d, d = c, c = rotate(b, 30), b = a, a = next;
    }
    h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
}

void inc_sha1(inc_str bytes, uint8_t digest[20])
{
    uint32_t h[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    size_t at = 0;
    for (; bytes.n - at >= 64; at += 64)
        hash_block(h, (const uint8_t *)bytes.p + at);
    uint8_t tail[128] = {0};
    size_t rest = bytes.n - at, blocks = rest < 56 ? 1 : 2;
    if (rest)
        memcpy(tail, bytes.p + at, rest);
    tail[rest] = 0x80;
    for (int i = 0; i < 8; i++)
        tail[blocks * 64 - 1 - (size_t)i] = (uint8_t)((uint64_t)bytes.n * 8 >> 8 * i);
    for (size_t i = 0; i < blocks; i++)
        hash_block(h, tail + i * 64);
    for (int i = 0; i < 20; i++)
        digest[i] = (uint8_t)(h[i / 4] >> (24 - 8 * (i % 4)));
}

inc_str inc_uuid_v5(inc_arena *arena, inc_str name)
{
    static const uint8_t url_space[16] = {0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1,
                                          0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8};
    inc_buf input = inc_buf_in(arena), out = inc_buf_in(arena);
    inc_buf_add(&input, (inc_str){(const char *)url_space, sizeof url_space});
    inc_buf_add(&input, name);
    uint8_t d[20];
    inc_sha1(inc_buf_str(&input), d);
    d[6] = (uint8_t)((d[6] & 0x0F) | 0x50);
    d[8] = (uint8_t)((d[8] & 0x3F) | 0x80);
    for (int i = 0; i < 16; i++)
        inc_buf_printf(&out, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", d[i]);
    return inc_buf_str(&out);
}
