/* See near.h. */
#include "geo/near.h"

#include <math.h>
#include <string.h>

#define FAN 8
#define LEVELS 12
#define RADIUS_LEAST 6335439.0
#define RADIUS_MOST 6399594.0
#define SLACK 5.0 /* metres between a piece and its chord, at most (to 80 degrees of latitude) */
#define DEGREE (M_PI / 180.0)

struct vec {
    double x, y, z;
};

struct piece {
    struct vec a, b;
    double lon1, lat1, lon2, lat2;
};

struct box {
    double low[3], high[3];
};

struct near {
    struct arena *arena;
    struct geod_geodesic earth;
    struct piece *pieces;
    size_t n, cap;
    struct box *level[LEVELS]; /* level 0: one box for FAN pieces */
    size_t count[LEVELS];
    int levels;
};

void near_earth(struct geod_geodesic *g)
{
    geod_init(g, 6378137.0, 1 / 298.257223563);
}

static struct vec unit(double lon, double lat)
{
    double c = cos(lat * DEGREE);
    return (struct vec){c * cos(lon * DEGREE), c * sin(lon * DEGREE), sin(lat * DEGREE)};
}

static struct vec minus(struct vec a, struct vec b)
{
    return (struct vec){a.x - b.x, a.y - b.y, a.z - b.z};
}

static double dot(struct vec a, struct vec b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

struct near *near_new(struct arena *a)
{
    struct near *s = arena_alloc(a, sizeof(*s));
    if (!s) return NULL;
    s->arena = a;
    near_earth(&s->earth);
    return s;
}

static bool add_piece(struct near *s, double lon1, double lat1, double lon2, double lat2)
{
    struct piece *moved = arena_grow(s->arena, s->pieces, s->n, &s->cap, sizeof(*moved));
    if (!moved) return false;
    s->pieces = moved;
    s->pieces[s->n++] = (struct piece){unit(lon1, lat1), unit(lon2, lat2), lon1, lat1, lon2, lat2};
    return true;
}

bool near_add(struct near *s, const double *x, size_t n)
{
    if (n == 1) return add_piece(s, x[0], x[1], x[0], x[1]);
    for (size_t i = 0; i + 1 < n; i++) {
        const double *p = x + 2 * i, *q = p + 2;
        double dx = q[0] - p[0], dy = q[1] - p[1];
        double metres = hypot(dx * cos((p[1] + q[1]) / 2 * DEGREE), dy) * 111320.0;
        size_t parts = 1 + (size_t)(metres / NEAR_PIECE);
        for (size_t k = 0; k < parts; k++) {
            double t = (double)k / (double)parts, u = (double)(k + 1) / (double)parts;
            double end_lon = k + 1 == parts ? q[0] : p[0] + u * dx;
            double end_lat = k + 1 == parts ? q[1] : p[1] + u * dy;
            if (!add_piece(s, p[0] + t * dx, p[1] + t * dy, end_lon, end_lat)) return false;
        }
    }
    return true;
}

static struct box box_none(void)
{
    return (struct box){{INFINITY, INFINITY, INFINITY}, {-INFINITY, -INFINITY, -INFINITY}};
}

static void box_take(struct box *b, const double *low, const double *high)
{
    for (int i = 0; i < 3; i++) {
        b->low[i] = fmin(b->low[i], low[i]);
        b->high[i] = fmax(b->high[i], high[i]);
    }
}

bool near_seal(struct near *s)
{
    size_t below = s->n;
    for (int l = 0; l < LEVELS && below > 0; l++) {
        size_t n = (below + FAN - 1) / FAN;
        s->level[l] = arena_array(s->arena, n, sizeof(struct box));
        if (!s->level[l]) return false;
        for (size_t i = 0; i < n; i++) {
            struct box b = box_none();
            for (size_t k = i * FAN; k < below && k < (i + 1) * FAN; k++) {
                if (l > 0) {
                    box_take(&b, s->level[l - 1][k].low, s->level[l - 1][k].high);
                    continue;
                }
                const struct piece *p = &s->pieces[k];
                box_take(&b, (double[]){p->a.x, p->a.y, p->a.z},
                         (double[]){p->a.x, p->a.y, p->a.z});
                box_take(&b, (double[]){p->b.x, p->b.y, p->b.z},
                         (double[]){p->b.x, p->b.y, p->b.z});
            }
            s->level[l][i] = b;
        }
        s->count[l] = n;
        s->levels = l + 1;
        if (n == 1) return true;
        below = n;
    }
    return s->n == 0 || s->count[s->levels - 1] == 1;
}

/* Squared chord from p to a box or a piece. */
static double box_chord2(const struct box *b, struct vec p)
{
    const double x[3] = {p.x, p.y, p.z};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double d = fmax(fmax(b->low[i] - x[i], x[i] - b->high[i]), 0);
        sum += d * d;
    }
    return sum;
}

static double piece_chord2(const struct piece *s, struct vec p, double *at)
{
    struct vec ab = minus(s->b, s->a), ap = minus(p, s->a);
    double length2 = dot(ab, ab);
    double t = length2 > 0 ? dot(ap, ab) / length2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    if (at) *at = t;
    struct vec d = {ap.x - t * ab.x, ap.y - t * ab.y, ap.z - t * ab.z};
    return dot(d, d);
}

static double angle(double chord)
{
    return 2 * asin(fmin(chord / 2, 1));
}

/* Distances that a chord allows. */
static double least(double chord)
{
    return RADIUS_LEAST * angle(chord) - SLACK;
}

static double most(double chord)
{
    return RADIUS_MOST * angle(chord) + SLACK;
}

static double geodesic(const struct near *s, double lon1, double lat1, double lon2, double lat2)
{
    double metres;
    geod_inverse(&s->earth, lat1, lon1, lat2, lon2, &metres, NULL, NULL);
    return metres;
}

/* The geodesic distance to a piece.  Its square is close to a parabola in the position along the
 * piece, so that a few steps to the parabola's foot find the least. */
static double piece_distance(const struct near *s, const struct piece *p, double lon, double lat,
                             double t)
{
    double dx = p->lon2 - p->lon1, dy = p->lat2 - p->lat1;
    double best = INFINITY;
    double h = 0.1;
    for (int step = 0; step < 4; step++) {
        double f[3];
        double middle = fmin(fmax(t, h), 1 - h);
        for (int i = 0; i < 3; i++) {
            double u = middle + (i - 1) * h;
            double d = geodesic(s, lon, lat, p->lon1 + u * dx, p->lat1 + u * dy);
            if (d < best) best = d;
            f[i] = d * d;
        }
        double curve = f[0] - 2 * f[1] + f[2];
        if (!(curve > 0)) break;
        t = fmin(fmax(middle + h * (f[0] - f[2]) / (2 * curve), 0), 1);
        double d = geodesic(s, lon, lat, p->lon1 + t * dx, p->lat1 + t * dy);
        if (d < best) best = d;
        h /= 8;
    }
    return best;
}

struct search {
    const struct near *set;
    struct vec p;
    double lon, lat;
    double bound2; /* squared chord beyond which nothing matters */
    double best;   /* exact only: the least distance so far */
    bool exact;
};

static void visit_piece(struct search *q, const struct piece *p)
{
    double t, c2 = piece_chord2(p, q->p, &t);
    if (!q->exact) {
        if (c2 < q->bound2) q->bound2 = c2;
    } else if (c2 <= q->bound2) {
        q->best = fmin(q->best, piece_distance(q->set, p, q->lon, q->lat, t));
    }
}

static void visit(struct search *q, int level, size_t i)
{
    const struct near *s = q->set;
    size_t below = level ? s->count[level - 1] : s->n;
    for (size_t k = i * FAN; k < below && k < (i + 1) * FAN; k++) {
        if (level == 0)
            visit_piece(q, &s->pieces[k]);
        else if (box_chord2(&s->level[level - 1][k], q->p) <= q->bound2)
            visit(q, level - 1, k);
    }
}

/* The least chord to a piece that is not longer than `bound`; more than `bound` when there is none.
 */
static double least_chord(const struct near *s, double lon, double lat, double bound)
{
    struct search q = {.set = s, .p = unit(lon, lat), .bound2 = bound * bound};
    double before = q.bound2 = nextafter(q.bound2, INFINITY);
    if (s->levels && box_chord2(&s->level[s->levels - 1][0], q.p) <= q.bound2)
        visit(&q, s->levels - 1, 0);
    return q.bound2 < before ? sqrt(q.bound2) : INFINITY;
}

static double chord_of(double radians)
{
    return 2 * sin(fmin(radians, M_PI) / 2);
}

static double exact_distance(const struct near *s, double lon, double lat, double chord)
{
    double reach = chord_of((most(chord) + SLACK) / RADIUS_LEAST);
    struct search q = {.set = s,
                       .p = unit(lon, lat),
                       .lon = lon,
                       .lat = lat,
                       .bound2 = reach * reach,
                       .best = INFINITY,
                       .exact = true};
    visit(&q, s->levels - 1, 0);
    return q.best;
}

bool near_within(const struct near *s, double lon, double lat, double metres)
{
    double chord = least_chord(s, lon, lat, chord_of((metres + SLACK) / RADIUS_LEAST));
    if (isinf(chord) || least(chord) > metres) return false;
    if (most(chord) <= metres) return true;
    return exact_distance(s, lon, lat, chord) <= metres;
}

double near_distance(const struct near *s, double lon, double lat)
{
    double chord = least_chord(s, lon, lat, 2.0);
    return isinf(chord) ? INFINITY : exact_distance(s, lon, lat, chord);
}
