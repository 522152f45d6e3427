/* Reading again in a hurry: random logs, of which it is known what they say, in plain and in odd
 * spellings.  What is plain must be read; whatever is read must be right. */
#include "monitor/skim.h"
#include "tests/test.h"

#include "logic/parse.h"

#include <unistd.h>

enum { POINTS = 300, FACTS = 1200, BLOCK = 40, PREDS = 5, WIDEST = 3 };

static const char signature[] =
    "p(int)\nlonger_name(int, int, int)\ns(string, int)\nn()\nother(string, float)\n";

struct fact {
    uint32_t pred;
    int64_t at; /* the point's number */
    uint64_t words[WIDEST];
};

struct world {
    uint64_t seed;
    bool odd; /* some spellings are not plain */
    struct arena arena;
    struct intern strings;
    struct signature sig;
    struct buf text;
    size_t place[POINTS]; /* in the text */
    int64_t stamp[POINTS];
    struct fact facts[FACTS];
    size_t n;
};

static uint64_t below(struct world *w, uint64_t n)
{
    return test_below(&w->seed, n);
}

static bool odd(struct world *w)
{
    return w->odd && below(w, 400) == 0;
}

/* A small number, sometimes a large one, in one of the ways in which it can be written. */
static uint64_t int_value(struct world *w)
{
    static const int64_t large[] = {12345678, -12345678, 123456789, 999999999999999999, 44};
    int64_t v = below(w, 8) ? (int64_t)below(w, 6) - 1 : large[below(w, 5)];
    if (!odd(w)) {
        buf_fmt(&w->text, "%lld", (long long)v);
        return (uint64_t)v;
    }
    switch (v < 0 ? 3 : below(w, 4)) {
    case 0: buf_fmt(&w->text, "0x%llX", (long long)v); break;
    case 1: buf_fmt(&w->text, "00%lld", (long long)v); break;
    case 2: buf_fmt(&w->text, "0_%lld", (long long)v); break;
    default: buf_fmt(&w->text, "\"%lld\"", (long long)v); break;
    }
    return (uint64_t)v;
}

static uint64_t string_value(struct world *w)
{
    static const char *const plain[] = {"north", "\"south west\"", "a-b/c", "\"x(1),2)\"", "44"};
    static const char *const strange[] = {"\"q\\\"x\"", "\"a\nb\"", "\"@7\""};
    const char *text = odd(w) ? strange[below(w, 3)] : plain[below(w, 5)];
    struct str s = str_of(text);
    buf_add(&w->text, s);
    if (s.p[0] == '"') s = str_slice(s, 1, s.n - 1);
    return intern_add(&w->strings, s);
}

static void value(struct world *w, enum value_type type, uint64_t *word)
{
    if (type == VALUE_INT)
        *word = int_value(w);
    else if (type == VALUE_STRING)
        *word = string_value(w);
    else
        buf_puts(&w->text, "2.5");
}

/* Facts of `other`, with its floats, are never asked for and not noted. */
static void tuple(struct world *w, uint32_t pred, int64_t at)
{
    const struct predicate *p = &w->sig.preds[pred];
    struct fact *f = &w->facts[w->n];
    *f = (struct fact){.pred = pred, .at = at};
    buf_puts(&w->text, odd(w) ? " # here (9)\n (" : below(w, 4) ? " (" : "(");
    for (uint32_t k = 0; k < p->arity; k++) {
        if (k) buf_puts(&w->text, odd(w) ? "\t," : below(w, 4) ? "," : ", ");
        value(w, p->columns[k].type, &f->words[k]);
    }
    buf_puts(&w->text, ")");
    w->n += pred != 4;
}

static void world_init(struct world *w, uint64_t seed, bool is_odd)
{
    struct diags d;
    *w = (struct world){.seed = seed, .odd = is_odd};
    arena_init(&w->arena);
    intern_init(&w->strings);
    buf_init(&w->text);
    diags_init(&d, &w->arena);
    signature_init(&w->sig, &w->arena, &w->strings);
    const struct source *s = source_new(&w->arena, STR("sig"), str_of(signature));
    assert_int_equal(parse_signature(&w->sig, s, &d), STATUS_OK);
    int64_t stamp = -3;
    for (int64_t at = 0; at < POINTS; at++) {
        stamp += (int64_t)below(w, 3) * (below(w, 20) ? 1 : 1000000000);
        w->stamp[at] = stamp;
        w->place[at] = w->text.n;
        buf_fmt(&w->text, odd(w) ? "@ %lld" : "@%lld", (long long)stamp);
        for (uint64_t n = below(w, 4); n > 0 && w->n < FACTS - 2; n--) {
            uint32_t pred = (uint32_t)below(w, PREDS);
            buf_puts(&w->text, below(w, 9) ? " " : "\n");
            buf_add(&w->text, intern_str(&w->strings, w->sig.preds[pred].name));
            if (w->sig.preds[pred].arity == 0) {
                w->facts[w->n++] = (struct fact){.pred = pred, .at = at};
                continue;
            }
            for (uint64_t more = below(w, 4) ? 1 : 2; more > 0; more--) tuple(w, pred, at);
        }
        buf_puts(&w->text, below(w, 8) ? "\n" : odd(w) ? " # @8 p(1)\n" : " ; ");
    }
}

static void world_free(struct world *w)
{
    buf_free(&w->text);
    intern_free(&w->strings);
    arena_free(&w->arena);
}

static int written(const struct world *w)
{
    FILE *f = tmpfile();
    assert_non_null(f);
    assert_int_equal(fwrite(w->text.p, 1, w->text.n, f), w->text.n);
    assert_int_equal(fflush(f), 0);
    int fd = dup(fileno(f));
    fclose(f);
    assert_true(fd >= 0);
    return fd;
}

/* Of each predicate some columns with the values of one of its facts, or none. */
static void some_keys(struct world *w, struct fact_key *keys)
{
    for (uint32_t i = 0; i < PREDS; i++) keys[i] = (struct fact_key){0, NULL};
    for (unsigned k = 0; k < 20; k++) {
        const struct fact *f = &w->facts[below(w, w->n)];
        uint64_t mask = below(w, UINT64_C(1) << w->sig.preds[f->pred].arity);
        keys[f->pred] = (struct fact_key){mask, f->words};
    }
}

struct job {
    struct world *w;
    struct skim skim;
    size_t read, facts; /* blocks and facts that the skim read */
};

/* The block's facts, one after the other, are those of the world. */
static void compare(struct job *j, struct record *r, const struct block *b, const int64_t *stands)
{
    struct world *w = j->w;
    uint32_t seen[PREDS] = {0};
    for (size_t i = 0; i < w->n; i++) {
        const struct fact *f = &w->facts[i];
        int64_t at = r->clock ? stands[f->at] : f->at;
        if (at < b->first || at > b->last || !record_holds(r, f->pred, f->words)) continue;
        const struct kept *k = &b->kept[f->pred];
        uint32_t row = seen[f->pred]++, arity = w->sig.preds[f->pred].arity;
        assert_true(row < k->n);
        assert_int_equal(k->at[row], at);
        for (uint32_t c = 0; c < arity; c++)
            assert_int_equal(k->words[(size_t)row * arity + c], f->words[c]);
        j->facts++;
    }
    for (uint32_t i = 0; i < PREDS; i++) assert_int_equal(b->kept[i].n, seen[i]);
}

static bool load(void *ctx, struct record *r, const struct block *b)
{
    struct job *j = ctx;
    bool read = skim_facts(&j->skim, r, b, (int64_t)b->place);
    assert_true(read || j->w->odd);
    j->read += read;
    if (read)
        compare(j, r, b, j->w->stamp);
    else
        record_retract_facts(r);
    return true;
}

static bool load_stamps(void *ctx, struct record *r, const struct block *b)
{
    struct job *j = ctx;
    bool read = skim_stamps(&j->skim, r, b, (int64_t)b->place);
    assert_true(read || j->w->odd);
    if (!read) record_retract_stamps(r);
    for (int64_t at = b->first; !read && at <= b->last; at++) record_stamp_add(r, j->w->stamp[at]);
    return true;
}

static void announce(const struct world *w, struct record *r)
{
    if (r->clock) r->last = (r->first = w->stamp[0]) - 1;
    for (int64_t at = 0, last; at < POINTS; at = last + 1) {
        last = (at + BLOCK < POINTS ? at + BLOCK : POINTS) - 1;
        if (!r->clock) {
            record_announce(r, last, w->stamp[at], w->place[at]);
            continue;
        }
        while (last + 1 < POINTS && w->stamp[last + 1] == w->stamp[last])
            last++; /* of one second */
        record_announce(r, w->stamp[last], r->last + 1, w->place[at]);
    }
}

static void read_everything(struct job *j, bool clock)
{
    struct world *w = j->w;
    struct record r;
    struct fact_key keys[PREDS];
    some_keys(w, keys);
    record_init(&r, &w->sig, clock, 0);
    r.load = load;
    if (!clock) r.load_stamps = load_stamps;
    r.load_ctx = j;
    announce(w, &r);
    record_rekey(&r, below(w, 4) ? keys : NULL);
    for (uint32_t pred = 0; pred < PREDS; pred++) {
        struct scan s;
        int64_t at, to;
        scan_init(&s, &r, pred, 0, NULL, r.first, r.last, below(w, 2));
        while (scan_next(&s, &at, &to)) continue;
    }
    for (unsigned k = 0; !clock && k < 2 * POINTS; k++) {
        int64_t at = k < POINTS ? k : (int64_t)below(w, POINTS);
        assert_int_equal(record_stamp(&r, at), w->stamp[at]);
        int64_t from = record_from(&r, w->stamp[at]);
        assert_true(w->stamp[from] == w->stamp[at] && (!from || w->stamp[from - 1] < w->stamp[at]));
    }
    assert_false(r.failed || r.lost);
    record_free(&r);
}

static void some_logs(bool is_odd, size_t blocks, size_t facts)
{
    static const bool wanted[PREDS] = {true, true, true, true, false};
    struct job j = {0};
    for (uint64_t seed = 0; seed < 60; seed++) {
        struct world *w = calloc(1, sizeof *w);
        assert_non_null(w);
        world_init(w, 31 * seed + is_odd, is_odd);
        j.w = w;
        int log = written(w);
        assert_true(skim_init(&j.skim, log, &w->sig, &w->strings, wanted));
        read_everything(&j, false);
        read_everything(&j, true);
        skim_free(&j.skim);
        close(log);
        world_free(w);
        free(w);
    }
    assert_in_range(j.read, blocks, SIZE_MAX);
    assert_in_range(j.facts, facts, SIZE_MAX);
}

static void plain_logs(void **state)
{
    (void)state;
    some_logs(false, 900, 8000);
}

static void odd_logs(void **state)
{
    (void)state;
    some_logs(true, 100, 500);
}

/* A file that has become shorter, or another one, is not read. */
static void changed_logs(void **state)
{
    (void)state;
    static const bool wanted[PREDS] = {true, true, true, true, true};
    static const char *const texts[] = {"",
                                        "@1 p (1)\n",
                                        "@1 p (1)\n@2 p (2",
                                        "@1 q (1)\n@2\n@3\n",
                                        "@1 s (unheard_of,1)\n@2\n@3\n",
                                        "@1 p 1)\n@2\n@3\n"};
    struct block b = {.first = 0, .last = 2};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct world *w = calloc(1, sizeof *w);
        assert_non_null(w);
        world_init(w, 1, false);
        buf_clear(&w->text);
        buf_puts(&w->text, texts[i]);
        int log = written(w);
        struct skim skim;
        struct record r;
        record_init(&r, &w->sig, false, 0);
        assert_true(skim_init(&skim, log, &w->sig, &w->strings, wanted));
        record_point(&r, 1);
        assert_false(skim_facts(&skim, &r, &b, 0));
        record_free(&r);
        skim_free(&skim);
        close(log);
        world_free(w);
        free(w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_logs),
        cmocka_unit_test(odd_logs),
        cmocka_unit_test(changed_logs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
