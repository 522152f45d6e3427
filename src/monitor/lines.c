/* Verdict lines of a trace.  See lines.h.
 *
 * Walks the positions of a region, keeping the tuples that are live, in order.  Rows mostly hold at
 * one position; these are formatted straight into the output.  A row that holds longer is formatted
 * once, into the pool, and copied to each of its lines. */
#include "monitor/lines.h"

#include "monitor/because.h"

#include <stdlib.h>
#include <string.h>

struct live {
    int64_t to;
    uint32_t row;
    uint32_t length; /* of its text, at pool + text */
    size_t text;
};

void lines_init(struct lines *l, struct print_column *columns, uint32_t n, enum look look)
{
    *l = (struct lines){.all = look == LOOK_VERBOSE};
    tuples_init(&l->tuples, columns, n, look);
}

void lines_free(struct lines *l)
{
    free(l->live);
    free(l->fresh);
    free(l->order);
    free(l->scratch);
    free(l->pool);
}

/* ---- a line's frame ---- */

#define FRAME_MAX 128 /* most that a line has besides its tuples, with what put writes too much */
#define PIECE_MAX 16

/* A short text, copied as a block of fixed size, which costs less than a copy of its length. */
struct piece {
    char text[PIECE_MAX];
    size_t n;
};
#define PIECE(literal)                                                                             \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

static inline char *put(char *p, const struct piece *piece)
{
    memcpy(p, piece->text, PIECE_MAX);
    return p + piece->n;
}

/* What stands around the stamp, the position and the tuples; and for a formula without columns. */
static const struct frame {
    struct piece stamp, point, opens, before, between, after, yes, no;
} frames[] = {
    [LOOK_LINES] = {PIECE("@"), PIECE(" (time point "), PIECE("):"), PIECE(" "), PIECE(" "),
                    PIECE("\n"), PIECE(" true\n"), PIECE(" false\n")},
    [LOOK_VERBOSE] = {PIECE("@"), PIECE(" (time point "), PIECE("):"), PIECE(" ("), PIECE(","),
                      PIECE(")\n"), PIECE(" true\n"), PIECE(" false\n")},
    [LOOK_JSON] = {PIECE("{\"time\":"), PIECE(",\"point\":"), PIECE(","), PIECE("\"tuples\":["),
                   PIECE(","), PIECE("]}\n"), PIECE("\"holds\":true}\n"),
                   PIECE("\"holds\":false}\n")},
};

static char *begin_line(const struct frame *f, char *p, int64_t stamp, int64_t position)
{
    p = format_int(put(p, &f->stamp), stamp);
    p = format_int(put(p, &f->point), position);
    return put(p, &f->opens);
}

/* ---- arrays ---- */

static bool grow(void **items, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap) return true;
    size_t bigger = *cap ? *cap * 2 : 64;
    while (bigger < need) bigger *= 2;
    void *p = realloc(*items, bigger * size);
    if (!p) return false;
    *items = p;
    *cap = bigger;
    return true;
}

static bool reserve_order(struct lines *l, size_t n)
{
    size_t cap = l->cap_order;
    if (n <= cap) return true;
    if (!grow((void **)&l->order, &cap, n, sizeof *l->order)) return false;
    struct sort_item *scratch = realloc(l->scratch, cap * sizeof *scratch);
    if (!scratch) return false;
    l->scratch = scratch;
    l->cap_order = cap;
    return true;
}

/* ---- one time-point ---- */

struct point {
    const struct table *rows;
    size_t first, n; /* rows that begin here */
    int64_t stamp, position;
    bool longer; /* one of them holds beyond this position */
};

/* Nothing is live and nothing stays: the rows go straight to the output. */
static void print_points(struct lines *l, struct out *o, const struct point *pt)
{
    const struct frame *f = &frames[l->tuples.look];
    for (size_t i = 0; i < pt->n; i++) l->order[i].row = (uint32_t)(pt->first + i);
    tuple_sort(&l->tuples, pt->rows, l->order, l->scratch, pt->n);
    char *p = out_room(o, FRAME_MAX);
    if (!p) return;
    p = put(begin_line(f, p, pt->stamp, pt->position), &f->before);
    out_took(o, p);
    for (size_t i = 0; i < pt->n; i++) {
        size_t row = l->order[i].row;
        p = out_room(o, tuple_bound(&l->tuples, pt->rows, row) + FRAME_MAX);
        if (!p) return;
        if (i) p = put(p, &f->between);
        out_took(o, tuple_format(&l->tuples, p, pt->rows, row));
    }
    p = out_room(o, FRAME_MAX);
    if (p) out_took(o, put(p, &f->after));
    if (!l->because || !because_wants(l->because, pt->position, pt->position, pt->stamp)) return;
    for (size_t i = 0; i < pt->n; i++)
        because_line(l->because, o, pt->position, pt->position, &l->tuples, pt->rows,
                     l->order[i].row, pt->n == 1);
}

/* Merge the rows that begin here into the live, keeping both in order. */
static bool enliven(struct lines *l, const struct point *pt)
{
    if (!grow((void **)&l->live, &l->cap_live, l->n_live + pt->n, sizeof *l->live)) return false;
    for (size_t i = 0; i < pt->n; i++) l->order[i].row = (uint32_t)(pt->first + i);
    tuple_sort(&l->tuples, pt->rows, l->order, l->scratch, pt->n);
    size_t i = l->n_live, j = pt->n, k = i + j;
    l->n_live = k;
    while (j > 0) {
        size_t row = l->order[j - 1].row;
        if (i > 0 && tuple_cmp(&l->tuples, pt->rows, l->live[i - 1].row, pt->rows, row) > 0) {
            l->live[--k] = l->live[--i];
            continue;
        }
        size_t bound = tuple_bound(&l->tuples, pt->rows, row);
        if (!grow((void **)&l->pool, &l->pool_cap, l->pool_n + bound, 1)) return false;
        char *text = l->pool + l->pool_n;
        size_t length = (size_t)(tuple_format(&l->tuples, text, pt->rows, row) - text);
        l->live[--k] = (struct live){.to = pt->rows->to[row],
                                     .row = (uint32_t)row,
                                     .length = (uint32_t)length,
                                     .text = l->pool_n};
        l->pool_n += length;
        if (pt->rows->to[row] < l->first_end) l->first_end = pt->rows->to[row];
        j--;
    }
    return true;
}

static void print_live(struct lines *l, struct out *o, const struct point *pt)
{
    const struct frame *f = &frames[l->tuples.look];
    char *p = out_room(o, FRAME_MAX);
    if (!p) return;
    p = put(begin_line(f, p, pt->stamp, pt->position), &f->before);
    out_took(o, p);
    for (size_t i = 0; i < l->n_live; i++) {
        const struct live *x = &l->live[i];
        p = out_room(o, x->length + FRAME_MAX);
        if (!p) return;
        if (i) p = put(p, &f->between);
        memcpy(p, l->pool + x->text, x->length);
        out_took(o, p + x->length);
    }
    p = out_room(o, FRAME_MAX);
    if (p) out_took(o, put(p, &f->after));
    if (!l->because || !because_wants(l->because, pt->position, pt->position, pt->stamp)) return;
    for (size_t i = 0; i < l->n_live; i++)
        because_line(l->because, o, pt->position, pt->position, &l->tuples, pt->rows,
                     l->live[i].row, l->n_live == 1);
}

static void bury(struct lines *l, int64_t position)
{
    if (l->first_end > position) return;
    size_t kept = 0;
    l->first_end = INT64_MAX;
    for (size_t i = 0; i < l->n_live; i++) {
        if (l->live[i].to <= position) continue;
        if (l->live[i].to < l->first_end) l->first_end = l->live[i].to;
        l->live[kept++] = l->live[i];
    }
    l->n_live = kept;
    if (kept == 0) l->pool_n = 0;
}

/* A formula without columns: it holds or not. */
static void print_closed(struct lines *l, struct out *o, int64_t stamp, int64_t position,
                         bool holds)
{
    const struct frame *f = &frames[l->tuples.look];
    char *p = out_room(o, FRAME_MAX);
    if (p) out_took(o, put(begin_line(f, p, stamp, position), holds ? &f->yes : &f->no));
}

static void print_nothing(const struct lines *l, struct out *o, const struct point *pt)
{
    const struct frame *f = &frames[l->tuples.look];
    char *p = out_room(o, FRAME_MAX);
    if (!p) return;
    p = put(begin_line(f, p, pt->stamp, pt->position), &f->before);
    out_took(o, put(p, &f->after));
}

static bool print_point(struct lines *l, struct out *o, const struct point *pt)
{
    if (pt->n == 0 && l->n_live == 0) {
        if (l->all) print_nothing(l, o, pt);
        return true;
    }
    l->verdicts++;
    if (!reserve_order(l, pt->n)) return false;
    if (l->n_live == 0 && !pt->longer) {
        print_points(l, o, pt);
        return true;
    }
    if (pt->n && !enliven(l, pt)) return false;
    print_live(l, o, pt);
    bury(l, pt->position);
    return true;
}

/* ---- regions ---- */

struct region {
    const struct table *rows;
    int64_t lo, hi;
    int64_t (*stamp)(const void *ctx, int64_t position);
    const void *ctx;
};

static void print_closed_region(struct lines *l, struct out *o, const struct region *g)
{
    const struct table *rows = g->rows;
    size_t r = 0;
    for (int64_t pos = g->lo; pos <= g->hi && !o->error; pos++) {
        while (r < rows->n && rows->to[r] < pos) r++;
        bool holds = r < rows->n && rows->from[r] <= pos;
        l->verdicts += holds;
        if (holds || l->all) {
            int64_t stamp = g->stamp(g->ctx, pos);
            print_closed(l, o, stamp, pos, holds);
            if (holds && l->because && because_wants(l->because, pos, pos, stamp))
                because_line(l->because, o, pos, pos, &l->tuples, rows, r, true);
        } else {
            if (r == rows->n) return;
            pos = rows->from[r] - 1;
        }
    }
}

static void print_region(struct lines *l, struct out *o, const struct region *g)
{
    const struct table *rows = g->rows;
    size_t r = 0;
    for (int64_t pos = g->lo; pos <= g->hi && !l->failed && !o->error; pos++) {
        if (!l->all && l->n_live == 0) {
            if (r == rows->n) return;
            if (rows->from[r] > pos) pos = rows->from[r];
        }
        struct point pt = {
            .rows = rows, .first = r, .stamp = g->stamp(g->ctx, pos), .position = pos};
        for (; r < rows->n && rows->from[r] == pos; r++) pt.longer |= rows->to[r] > pos;
        pt.n = r - pt.first;
        if (!print_point(l, o, &pt)) l->failed = true;
    }
}

void lines_print(struct lines *l, struct out *o, const struct table *rows, int64_t lo, int64_t hi,
                 int64_t (*stamp)(const void *ctx, int64_t position), const void *ctx)
{
    struct region g = {rows, lo, hi, stamp, ctx};
    l->n_live = 0;
    l->pool_n = 0;
    l->first_end = INT64_MAX;
    (l->tuples.n ? print_region : print_closed_region)(l, o, &g);
}
