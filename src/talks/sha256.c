/* See sha256.h (libsodium's crypto_hash_sha256, FIPS 180-4). */
#include "talks/sha256.h"

#include <sodium.h>

struct str sha256_hex(struct arena *a, struct str bytes)
{
    unsigned char sum[crypto_hash_sha256_BYTES];
    char *hex = arena_alloc(a, sizeof sum * 2 + 1);
    if (!hex) return (struct str){NULL, 0};
    crypto_hash_sha256(sum, (const unsigned char *)bytes.p, bytes.n);
    sodium_bin2hex(hex, sizeof sum * 2 + 1, sum, sizeof sum);
    return (struct str){hex, sizeof sum * 2};
}
