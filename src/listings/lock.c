/* lock.c - which listings, by the SHA-256 of their bytes, were the ones that last passed. The format is that of sha256sum. */
#include <nettle/sha2.h>

#include "base/files.h"
#include "listings/internal.h"

static void add_sum(inc_buf *out, inc_str bytes, inc_str path)
{
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, bytes.n, (const uint8_t *)bytes.p);
    sha256_digest(&context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        inc_buf_printf(out, "%02x", digest[i]);
    inc_buf_printf(out, "  %.*s\n", INC_STR_ARG(path));
}

/* The lines of one listing: itself, and what is recorded of it. */
static inc_str lines_of(const inc_listing *listing, inc_arena *arena)
{
    inc_buf out = inc_buf_in(arena);
    inc_str bytes = listing->text;
    if (!listing->text.n && inc_file_read(arena, listing->file, INC_LISTING_SIZE_MAX, &bytes) != 0)
        return INC_STR("");
    add_sum(&out, bytes, listing->path);
    if (listing->golden.n && inc_file_read(arena, listing->golden, INC_LISTING_SIZE_MAX, &bytes) == 0)
        add_sum(&out, bytes, inc_listings_golden_path(arena, listing));
    return inc_buf_str(&out);
}

static bool has_lines(inc_str lock, inc_str lines)
{
    while (lines.n) {
        size_t end = inc_str_find_char(lines, '\n') + 1;
        inc_str line = inc_str_slice(lines, 0, end);
        size_t at = inc_str_find(lock, line);
        if (at == INC_NPOS || (at > 0 && lock.p[at - 1] != '\n'))
            return false;
        lines = inc_str_slice(lines, end, lines.n);
    }
    return true;
}

/* The line that the lock has for that path, whatever the sum. */
static void add_old_line(inc_buf *out, inc_str lock, inc_str path)
{
    inc_str wanted = inc_strf(out->arena, "  %.*s", INC_STR_ARG(path));
    while (lock.n) {
        inc_str line = inc_str_cut(&lock, '\n');
        if (inc_str_ends(line, wanted) && line.n == 2 * SHA256_DIGEST_SIZE + wanted.n) {
            inc_buf_add(out, line);
            inc_buf_byte(out, '\n');
        }
    }
}

inc_str inc_listings_lock(const inc_listings *listings, inc_str old, inc_arena *arena)
{
    inc_buf out = inc_buf_in(arena);
    for (size_t i = 0; i < listings->n; i++) {
        const inc_listing *listing = &listings->v[i];
        if (listing->text.n) /* fences are part of the chapters */
            continue;
        if (listing->left_out) {
            add_old_line(&out, old, listing->path);
            if (listing->golden.n)
                add_old_line(&out, old, inc_listings_golden_path(arena, listing));
            continue;
        }
        inc_str lines = lines_of(listing, arena);
        if (listing->verdict != INC_LISTING_SKIP || has_lines(old, lines))
            inc_buf_add(&out, lines);
    }
    return inc_buf_str(&out);
}

/* What the machine could not try, or the listing said that it cannot: whether the lock has it as it is now. If not, nobody knows whether it ever
 * passed: what is published without a reader in between (frozen: in CI) must not go out like that. */
static void tell_of_skipped(inc_listing *listing, inc_str lock, bool frozen, inc_arena *arena)
{
    inc_str lines = lines_of(listing, arena);
    bool known = lines.n && has_lines(lock, lines);
    listing->reason = inc_strf(arena, "%s%.*s%s", frozen && !known ? "cannot be tried here: " : "", INC_STR_ARG(listing->reason),
        known ? "; unchanged since it last passed" : "; the lock does not have it as it is now");
    if (frozen && !known)
        listing->verdict = INC_LISTING_FAIL;
}

void inc_listings_apply_lock(inc_listings *listings, inc_str lock, bool frozen, inc_arena *arena)
{
    for (size_t i = 0; i < listings->n; i++) {
        inc_listing *listing = &listings->v[i];
        const inc_compiler *compiler = inc_listings_compiler(listings, listing->language);
        bool fence = listing->text.n > 0;
        if (listing->broken || listing->left_out)
            continue;
        if (compiler->version.n) {
            if (listing->verdict == INC_LISTING_SKIP && !fence)
                tell_of_skipped(listing, lock, frozen, arena);
            continue;
        }
        inc_str lines = lines_of(listing, arena);
        bool same = !fence && lines.n && has_lines(lock, lines);
        listing->verdict = same || fence ? INC_LISTING_SKIP : INC_LISTING_FAIL;
        listing->reason = fence  ? compiler->reason
                          : same ? inc_strf(arena, "%.*s; unchanged since it last passed", INC_STR_ARG(compiler->reason))
                                 : inc_strf(arena, "%.*s, and the lock does not have it as it is now", INC_STR_ARG(compiler->reason));
    }
}
