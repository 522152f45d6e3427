/* Any bytes as a log: read whole and read in pieces of any size through a small buffer must give
 * the same rows and the same end.  The first byte chooses the pieces and the clock. */
#include <stdlib.h>
#include <string.h>

#include "logic/parse.h"
#include "monitor/log.h"

static const char signature[] = "p(int)\nr(int,int)\ns(string)\nf(float)\nn()\n";
enum { INPUTS = 5 };

struct bytes {
    struct str text;
    size_t at, piece;
};

static ssize_t read_bytes(void *ctx, char *to, size_t room)
{
    struct bytes *b = ctx;
    size_t n = b->text.n - b->at;
    if (n > room) n = room;
    if (b->piece && n > b->piece) n = b->piece;
    if (n) memcpy(to, b->text.p + b->at, n);
    b->at += n;
    return (ssize_t)n;
}

static bool always_ready(void *ctx, int wait)
{
    (void)ctx;
    (void)wait;
    return true;
}

/* What a reading gave, in a form that does not depend on where batches ended. */
struct reading {
    struct batch batches[2];
    size_t next;
    uint64_t points, rows, hash;
};

static void mix(struct reading *r, uint64_t x)
{
    r->hash = (r->hash ^ x) * UINT64_C(0x100000001B3);
}

static struct batch *fresh(void *ctx)
{
    struct reading *r = ctx;
    return &r->batches[r->next++ % 2];
}

static bool take(void *ctx, struct batch *b)
{
    struct reading *r = ctx;
    for (size_t i = 0; i < b->feed.n; i++) mix(r, (uint64_t)b->feed.stamps[i]);
    r->points += b->feed.n;
    for (size_t i = 0; i < INPUTS; i++) {
        const struct table *t = &b->feed.tables[i];
        if (t->unsorted || t->wide) abort();
        uint64_t sum = 0; /* inputs interleave in another way in other batches */
        for (size_t row = 0; row < t->n; row++) {
            uint64_t h = (uint64_t)t->from[row] * 31 + i;
            for (uint32_t k = 0; k < t->ncols; k++) h = (h ^ t->col[k][row]) * 1099511628211U;
            sum += h;
        }
        r->rows += sum;
    }
    return true;
}

static enum status read_log(struct str text, size_t piece, size_t buffer, bool clock,
                            struct reading *out)
{
    static const bool used[4] = {true, true, true, true};
    struct arena a;
    struct diags d;
    struct intern strings;
    struct signature sig;
    arena_init(&a);
    diags_init(&d, &a);
    intern_init(&strings);
    signature_init(&sig, &a, &strings);
    const struct source *source = source_new(&a, STR("sig"), str_of(signature));
    if (!source || parse_signature(&sig, source, &d) != STATUS_OK || sig.n != INPUTS) abort();
    struct plan_input inputs[INPUTS];
    struct table tables[2][INPUTS];
    *out = (struct reading){.hash = UINT64_C(0xCBF29CE484222325)};
    for (size_t i = 0; i < INPUTS; i++) {
        inputs[i] =
            (struct plan_input){.pred = (uint32_t)i, .arity = sig.preds[i].arity, .used = used};
        for (size_t b = 0; b < 2; b++) table_init(&tables[b][i], sig.preds[i].arity);
    }
    for (size_t b = 0; b < 2; b++) {
        out->batches[b].feed.tables = tables[b];
        out->batches[b].feed.n_tables = INPUTS;
    }
    struct bytes bytes = {text, 0, piece};
    struct log_config config = {.name = STR("log"),
                                .sig = &sig,
                                .strings = &strings,
                                .inputs = inputs,
                                .n_inputs = INPUTS,
                                .clock = clock,
                                .max_points = buffer ? 3 : 1000,
                                .max_rows = 1000,
                                .buffer = buffer};
    struct log_summary summary;
    struct log_input input = {&bytes, read_bytes, always_ready};
    enum status s = log_read(&config, input, (struct log_sink){out, fresh, take}, &d, &summary);
    if ((s == STATUS_INPUT) != (d.errors > 0)) abort();
    struct buf said;
    buf_init(&said);
    diags_render(&d, &said, true);
    buf_free(&said);
    for (size_t b = 0; b < 2; b++) {
        for (size_t i = 0; i < INPUTS; i++) table_free(&tables[b][i]);
        free(out->batches[b].feed.stamps);
        free(out->batches[b].strings);
    }
    intern_free(&strings);
    arena_free(&a);
    return s;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    struct str text = {(const char *)data + 1, size - 1};
    bool clock = data[0] & 1;
    struct reading whole, cut;
    enum status a = read_log(text, 0, 0, clock, &whole);
    enum status b = read_log(text, 1 + (data[0] >> 1) % 16, 1 + (data[0] >> 1), clock, &cut);
    if (a != b) abort();
    if (whole.points != cut.points || whole.hash != cut.hash || whole.rows != cut.rows) abort();
    return 0;
}
