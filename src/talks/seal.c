/* See seal.h.  Layout: magic (16 bytes), cost of Argon2id (operations as 8 bytes, memory as 8 bytes,
 * little end first), salt, stream header; then records. */
#include "talks/seal.h"

#include <sodium.h>
#include <string.h>

#define CHUNK 65536U
#define RECORD (CHUNK + crypto_secretstream_xchacha20poly1305_ABYTES)
#define HEADER crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define KEY crypto_secretstream_xchacha20poly1305_KEYBYTES
#define SALT crypto_pwhash_SALTBYTES
#define MAX_MEMORY (1ULL << 30)

static const char magic[16] = "truce sealed 1\n";

struct head {
    unsigned char magic[16], operations[8], memory[8], salt[SALT], header[HEADER];
};

static void put64(unsigned char *p, unsigned long long v)
{
    for (int i = 0; i < 8; i++) p[i] = (unsigned char)(v >> 8 * i);
}

static unsigned long long get64(const unsigned char *p)
{
    unsigned long long v = 0;
    for (int i = 7; i >= 0; i--) v = v << 8 | p[i];
    return v;
}

static bool make_key(const struct head *h, struct str passphrase, unsigned char *key)
{
    return crypto_pwhash(key, KEY, passphrase.n ? passphrase.p : "", passphrase.n, h->salt,
                         get64(h->operations), (size_t)get64(h->memory),
                         crypto_pwhash_ALG_ARGON2ID13) == 0;
}

static bool seal_records(crypto_secretstream_xchacha20poly1305_state *state, const struct head *h,
                         struct str plain, struct buf *out)
{
    static unsigned char const none[1] = {0};
    unsigned char record[RECORD];
    size_t at = 0;
    bool last;
    do {
        size_t n = plain.n - at < CHUNK ? plain.n - at : CHUNK;
        unsigned long long length = 0;
        last = at + n == plain.n;
        const unsigned char *text = n ? (const unsigned char *)plain.p + at : none;
        if (crypto_secretstream_xchacha20poly1305_push(
                state, record, &length, text, n, at == 0 ? (const unsigned char *)h : NULL,
                at == 0 ? sizeof *h : 0,
                last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0))
            return false;
        buf_add(out, (struct str){(const char *)record, (size_t)length});
        at += n;
    } while (!last);
    return !out->failed;
}

bool seal_bytes(struct str plain, struct str passphrase, struct buf *out)
{
    struct head h;
    unsigned char key[KEY];
    crypto_secretstream_xchacha20poly1305_state state;
    if (sodium_init() < 0) return false;
    memcpy(h.magic, magic, sizeof magic);
    put64(h.operations, crypto_pwhash_OPSLIMIT_MODERATE);
    put64(h.memory, crypto_pwhash_MEMLIMIT_MODERATE);
    randombytes_buf(h.salt, sizeof h.salt);
    bool good = make_key(&h, passphrase, key) &&
                crypto_secretstream_xchacha20poly1305_init_push(&state, h.header, key) == 0;
    sodium_memzero(key, sizeof key);
    if (!good) return false;
    buf_add(out, (struct str){(const char *)&h, sizeof h});
    good = seal_records(&state, &h, plain, out);
    sodium_memzero(&state, sizeof state);
    return good;
}

static enum unseal_result unseal_records(crypto_secretstream_xchacha20poly1305_state *state,
                                         const struct head *h, struct str sealed, struct buf *out)
{
    unsigned char text[CHUNK];
    size_t at = sizeof *h;
    for (;;) {
        size_t n = sealed.n - at < RECORD ? sealed.n - at : RECORD;
        unsigned long long length = 0;
        unsigned char tag = 0;
        bool first = at == sizeof *h;
        if (n < crypto_secretstream_xchacha20poly1305_ABYTES) return UNSEAL_TRUNCATED;
        if (crypto_secretstream_xchacha20poly1305_pull(
                state, text, &length, &tag, (const unsigned char *)sealed.p + at, n,
                first ? (const unsigned char *)h : NULL, first ? sizeof *h : 0)) {
            if (first) return UNSEAL_REFUSED;
            return n < RECORD ? UNSEAL_TRUNCATED : UNSEAL_ALTERED;
        }
        buf_add(out, (struct str){(const char *)text, (size_t)length});
        at += n;
        if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) break;
    }
    sodium_memzero(text, sizeof text);
    if (at != sealed.n) return UNSEAL_TRUNCATED;
    return out->failed ? UNSEAL_FAULT : UNSEAL_OK;
}

enum unseal_result unseal_bytes(struct str sealed, struct str passphrase, struct buf *out)
{
    struct head h;
    unsigned char key[KEY];
    crypto_secretstream_xchacha20poly1305_state state;
    if (sodium_init() < 0) return UNSEAL_FAULT;
    if (sealed.n < sizeof magic || memcmp(sealed.p, magic, sizeof magic) != 0)
        return UNSEAL_NOT_SEALED;
    if (sealed.n < sizeof h) return UNSEAL_TRUNCATED;
    memcpy(&h, sealed.p, sizeof h);
    unsigned long long operations = get64(h.operations), memory = get64(h.memory);
    if (operations < crypto_pwhash_OPSLIMIT_MIN || operations > 64 || memory > MAX_MEMORY ||
        memory < crypto_pwhash_MEMLIMIT_MIN)
        return UNSEAL_REFUSED; /* nobody sealed so: the head is altered */
    if (!make_key(&h, passphrase, key)) return UNSEAL_FAULT;
    bool good = crypto_secretstream_xchacha20poly1305_init_pull(&state, h.header, key) == 0;
    sodium_memzero(key, sizeof key);
    enum unseal_result result = good ? unseal_records(&state, &h, sealed, out) : UNSEAL_REFUSED;
    sodium_memzero(&state, sizeof state);
    if (result != UNSEAL_OK && out->n) {
        sodium_memzero(out->p, out->n);
        buf_clear(out);
    }
    return result;
}
