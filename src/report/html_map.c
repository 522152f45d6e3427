/* The map: zones and lines as supplied, incidents as circles.  No boundary and no name is drawn but
 * those that the agreement's files hold.
 *
 * Plate carrée, squeezed by the cosine of the middle latitude, 1000 units wide.  Incidents that
 * fall into one small cell are one circle with their number; when that leaves too many circles the
 * cells grow.  So the drawing's size is bounded whatever the number of incidents. */
#include "report/html.h"
#include "report/words.h"

#include <math.h>

#define WIDTH 1000.0
#define TALLEST 760.0
#define CIRCLES 900 /* more than these, and cells grow */
#define SPANS 200   /* uncertain places drawn with their radius */
#define METRES_PER_DEGREE 111320.0

struct chart {
    double west, north, scale, squeeze, height; /* scale: units per degree of latitude */
};

enum mark { MARK_OTHER, MARK_MAY, MARK_CERTAIN };

/* Incidents in one cell. */
struct cluster {
    int64_t cell;
    double x, y; /* sums, then the mean */
    size_t n[3];
};

struct box {
    double west, east, south, north;
    bool some;
};

static void box_add(struct box *b, double lon, double lat, double radius)
{
    double up = radius / METRES_PER_DEGREE, across = up / fmax(0.2, cos(lat * 0.017453292519943));
    if (!b->some || lon - across < b->west) b->west = lon - across;
    if (!b->some || lon + across > b->east) b->east = lon + across;
    if (!b->some || lat - up < b->south) b->south = lat - up;
    if (!b->some || lat + up > b->north) b->north = lat + up;
    b->some = true;
}

static bool make_chart(const struct view *v, const uint8_t *marks, struct chart *c)
{
    struct box b = {0, 0, 0, 0, false};
    for (size_t i = 0; i < v->n_shapes; i++)
        for (size_t k = 0; k < v->shapes[i].n; k++)
            box_add(&b, v->shapes[i].xy[2 * k], v->shapes[i].xy[2 * k + 1], 0);
    for (size_t i = 0; i < v->n_incidents; i++) {
        const struct view_incident *x = &v->incidents[i];
        /* What matters to no verdict must not shrink the drawing of what does. */
        if (x->has_point && (marks[i] != MARK_OTHER || !v->n_shapes))
            box_add(&b, x->lon, x->lat, 0);
    }
    if (!b.some) return false;
    double pad = 0.04 * fmax(b.east - b.west, b.north - b.south) + 0.02;
    b.west -= pad, b.east += pad, b.south -= pad, b.north += pad;
    c->squeeze = fmax(0.2, cos((b.south + b.north) / 2 * 0.017453292519943));
    c->scale = WIDTH / ((b.east - b.west) * c->squeeze);
    c->west = b.west;
    c->north = b.north;
    c->height = (b.north - b.south) * c->scale;
    if (c->height > TALLEST) { /* tall and narrow: fit the height, centre the width */
        c->scale *= TALLEST / c->height;
        c->west -= (WIDTH / c->scale / c->squeeze - (b.east - b.west)) / 2;
        c->height = TALLEST;
    }
    return true;
}

static double chart_x(const struct chart *c, double lon)
{
    return (lon - c->west) * c->squeeze * c->scale;
}

static double chart_y(const struct chart *c, double lat)
{
    return (c->north - lat) * c->scale;
}

static bool on_chart(const struct chart *c, double x, double y)
{
    return x >= 0 && x <= WIDTH && y >= 0 && y <= c->height;
}

/* Most serious use that an `all` row makes of each incident. */
static void mark_incidents(const struct view *v, uint8_t *marks)
{
    for (size_t i = 0; i < v->n_rows; i++) {
        const struct view_row *r = &v->rows[i];
        if (!str_eq(r->subject, STR("all"))) continue;
        for (size_t k = 0; k < r->n_instances; k++) {
            const struct view_instance *x = &r->instances[k];
            if (x->incident >= v->n_incidents) continue;
            uint8_t mark = x->verdict == VERDICT_VIOLATED            ? MARK_CERTAIN
                           : x->verdict == VERDICT_POSSIBLY_VIOLATED ? MARK_MAY
                                                                     : MARK_OTHER;
            if (mark > marks[x->incident]) marks[x->incident] = mark;
        }
    }
}

static void put_grid(const struct html *h, const struct chart *c)
{
    static const double steps[] = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 45};
    double wide = WIDTH / c->scale / c->squeeze, step = 45;
    for (size_t i = sizeof steps / sizeof *steps; i-- > 0;)
        if (steps[i] >= wide / 8) step = steps[i];
    int digits = step < 0.1 ? 2 : step < 1 ? 1 : 0;
    for (int64_t k = (int64_t)ceil(c->west / step); chart_x(c, (double)k * step) < WIDTH; k++) {
        double lon = (double)k * step;
        buf_fmt(
            h->out,
            "<path class=\"grid\" d=\"M%.1f 0V%.0f\"/><text x=\"%.1f\" y=\"%.0f\">%.*f° %c</text>",
            chart_x(c, lon), c->height, chart_x(c, lon) + 3, c->height - 4, digits, fabs(lon),
            lon < 0 ? 'W' : 'E');
    }
    double south = c->north - c->height / c->scale;
    for (int64_t k = (int64_t)ceil(south / step); (double)k * step < c->north; k++) {
        double lat = (double)k * step;
        buf_fmt(h->out,
                "<path class=\"grid\" d=\"M0 %.1fH1000\"/><text x=\"4\" y=\"%.1f\">%.*f° %c</text>",
                chart_y(c, lat), chart_y(c, lat) - 3, digits, fabs(lat), lat < 0 ? 'S' : 'N');
    }
    buf_putc(h->out, '\n');
}

static void put_points(struct buf *out, const struct chart *c, const struct view_shape *s)
{
    double last_x = -1e9, last_y = -1e9;
    char pen = 'M';
    for (size_t k = 0; k < s->n; k++) {
        double x = chart_x(c, s->xy[2 * k]), y = chart_y(c, s->xy[2 * k + 1]);
        if (fabs(x - last_x) < 0.3 && fabs(y - last_y) < 0.3) continue;
        buf_fmt(out, "%c%.1f %.1f", pen, x, y);
        pen = 'L';
        last_x = x;
        last_y = y;
    }
    if (s->closed) buf_putc(out, 'Z');
}

/* All rings of one zone are one path, so that a hole is a hole. */
static void put_shapes(const struct html *h, const struct chart *c)
{
    const struct view *v = h->v;
    for (size_t i = 0; i < v->n_shapes;) {
        const struct view_shape *s = &v->shapes[i];
        size_t end = i;
        buf_fmt(h->out, "<path fill-rule=\"evenodd\" class=\"%s\" d=\"",
                s->closed ? "zone" : "line");
        while (end < v->n_shapes && v->shapes[end].closed == s->closed &&
               str_eq(v->shapes[end].name, s->name))
            put_points(h->out, c, &v->shapes[end++]);
        buf_puts(h->out, "\"><title>");
        html_text(h->out, s->name);
        buf_puts(h->out, "</title></path>\n");
        i = end;
    }
}

/* A name stands at its shape's northernmost point. */
static void put_names(const struct html *h, const struct chart *c)
{
    const struct view *v = h->v;
    for (size_t i = 0; i < v->n_shapes; i++) {
        const struct view_shape *s = &v->shapes[i];
        if (!s->n || (i && str_eq(s[-1].name, s->name))) continue;
        size_t top = 0;
        for (size_t k = 1; k < s->n; k++)
            if (s->xy[2 * k + 1] > s->xy[2 * top + 1]) top = k;
        double x = chart_x(c, s->xy[2 * top]), y = chart_y(c, s->xy[2 * top + 1]) - 5;
        buf_fmt(h->out, "<text class=\"name\" text-anchor=\"middle\" x=\"%.0f\" y=\"%.0f\">",
                fmin(fmax(x, 60), WIDTH - 60), fmax(y, 12));
        html_text(h->out, s->name);
        buf_puts(h->out, "</text>\n");
    }
}

/* Uncertain places at their true size, each once; the number not drawn. */
static size_t put_spans(const struct html *h, const struct chart *c, const uint8_t *marks)
{
    const struct view *v = h->v;
    struct {
        double x, y, r;
    } drawn[SPANS];
    size_t n = 0, left = 0;
    for (size_t i = 0; i < v->n_incidents; i++) {
        const struct view_incident *x = &v->incidents[i];
        if (!x->has_point || marks[i] == MARK_OTHER) continue;
        double r = x->radius / METRES_PER_DEGREE * c->scale;
        double px = chart_x(c, x->lon), py = chart_y(c, x->lat);
        if (r < 4 || !on_chart(c, px, py)) continue;
        bool seen = false;
        for (size_t k = 0; k < n && !seen; k++)
            seen =
                fabs(drawn[k].x - px) < 1 && fabs(drawn[k].y - py) < 1 && fabs(drawn[k].r - r) < 1;
        if (seen) continue;
        if (n == SPANS) {
            left++;
            continue;
        }
        drawn[n].x = px, drawn[n].y = py, drawn[n++].r = r;
        buf_fmt(h->out, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>",
                marks[i] == MARK_MAY ? "undecided" : "span", px, py, r);
    }
    buf_putc(h->out, '\n');
    return left;
}

/* Group the incidents on the chart into cells of `size` units; the number of cells, or SIZE_MAX
 * when more than `max`.  Cells are found by sorted insertion in an open table. */
static size_t group(const struct html *h, const struct chart *c, const uint8_t *marks, double size,
                    struct cluster *out, size_t max, int32_t *table, size_t mask)
{
    const struct view *v = h->v;
    size_t n = 0;
    for (size_t i = 0; i <= mask; i++) table[i] = -1;
    for (size_t i = 0; i < v->n_incidents; i++) {
        const struct view_incident *x = &v->incidents[i];
        double px = chart_x(c, x->lon), py = chart_y(c, x->lat);
        if (!x->has_point || !on_chart(c, px, py)) continue;
        int64_t cell = (int64_t)(px / size) << 32 | (int64_t)(py / size);
        size_t slot = (size_t)((uint64_t)cell * 0x9E3779B97F4A7C15U >> 32) & mask;
        while (table[slot] >= 0 && out[table[slot]].cell != cell) slot = (slot + 1) & mask;
        if (table[slot] < 0) {
            if (n == max) return SIZE_MAX;
            table[slot] = (int32_t)n;
            out[n++] = (struct cluster){.cell = cell};
        }
        struct cluster *k = &out[table[slot]];
        k->x += px;
        k->y += py;
        k->n[marks[i]]++;
    }
    return n;
}

static void put_cluster(const struct html *h, const struct cluster *k)
{
    static const char *const classes[] = {"other", "may", "certain"};
    size_t all = k->n[0] + k->n[1] + k->n[2];
    const char *class = k->n[MARK_CERTAIN] ? classes[2] : k->n[MARK_MAY] ? classes[1] : classes[0];
    buf_fmt(h->out, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>", class,
            k->x / (double)all, k->y / (double)all, fmin(24, 2.4 + 1.3 * sqrt((double)all)));
    words_count(h->out, (int64_t)all, "incident: ", "incidents: ");
    buf_fmt(h->out, "%zu certain, %zu possible, %zu other</title></circle>\n", k->n[2], k->n[1],
            k->n[0]);
}

static bool put_incidents(const struct html *h, const struct chart *c, const uint8_t *marks)
{
    struct cluster *clusters = arena_array(h->a, CIRCLES, sizeof *clusters);
    size_t mask = 4096 - 1, n;
    int32_t *table = arena_array(h->a, mask + 1, sizeof *table);
    if (!clusters || !table) return false;
    double size = 5;
    while ((n = group(h, c, marks, size, clusters, CIRCLES, table, mask)) == SIZE_MAX) size *= 1.5;
    for (size_t pass = 0; pass < 3; pass++) /* what is certain lies on top */
        for (size_t i = 0; i < n; i++) {
            size_t class = clusters[i].n[2] ? 2 : clusters[i].n[1] ? 1 : 0;
            if (class == pass) put_cluster(h, &clusters[i]);
        }
    return true;
}

static void put_scale(const struct html *h, const struct chart *c)
{
    static const double lengths[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000};
    double km = 1;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        if (lengths[i] * 1000 / METRES_PER_DEGREE * c->scale < WIDTH / 5) km = lengths[i];
    double length = km * 1000 / METRES_PER_DEGREE * c->scale;
    buf_fmt(h->out,
            "<path class=\"scale\" d=\"M%.1f 22v-6h%.1fv6\"/><text x=\"%.1f\" y=\"12\" "
            "text-anchor=\"end\">%.0f km</text>\n",
            WIDTH - 14 - length, length, WIDTH - 14, km);
}

static void put_key(const struct html *h)
{
    buf_puts(
        h->out,
        "<ul class=\"key\"><li><svg viewBox=\"0 0 16 16\"><circle class=\"certain\" cx=\"8\" "
        "cy=\"8\" r=\"6\"/></svg> a certain violation, or several</li>"
        "<li><svg viewBox=\"0 0 16 16\"><circle class=\"may\" cx=\"8\" cy=\"8\" r=\"6\"/></svg> "
        "possible violations only (undecided)</li>"
        "<li><svg viewBox=\"0 0 16 16\"><circle class=\"other\" cx=\"8\" cy=\"8\" r=\"6\"/>"
        "</svg> other incidents</li>"
        "<li><svg viewBox=\"0 0 16 16\"><circle class=\"span\" cx=\"8\" cy=\"8\" r=\"7\"/>"
        "</svg> somewhere in this circle</li>"
        "<li><svg viewBox=\"0 0 16 16\"><circle class=\"undecided\" cx=\"8\" cy=\"8\" "
        "r=\"7\"/></svg> the same, undecided</li></ul>\n");
}

static void put_omissions(const struct html *h, const struct chart *c, size_t spans_left)
{
    const struct view *v = h->v;
    size_t placeless = 0, beyond = 0;
    for (size_t i = 0; i < v->n_incidents; i++) {
        const struct view_incident *x = &v->incidents[i];
        if (!x->has_point) {
            placeless++;
        } else if (!on_chart(c, chart_x(c, x->lon), chart_y(c, x->lat))) {
            beyond++;
        }
    }
    buf_puts(h->out,
             "<p class=\"soft\">A circle's size goes with its number of incidents. No boundary "
             "and no name is drawn but those supplied with the agreement.");
    if (placeless) buf_fmt(h->out, " Not drawn, for they have no point: %zu incidents.", placeless);
    if (beyond) buf_fmt(h->out, " Beyond the edge of the map: %zu incidents.", beyond);
    if (spans_left) buf_fmt(h->out, " Circles of uncertainty left out: %zu.", spans_left);
    if (v->n_undrawn) buf_puts(h->out, " Zones compared by name, without a geometry to draw: ");
    for (size_t i = 0; i < v->n_undrawn; i++) {
        if (i) buf_puts(h->out, ", ");
        html_name(h->out, v->undrawn[i]);
    }
    buf_puts(h->out, v->n_undrawn ? ".</p>\n" : "</p>\n");
}

void html_map(const struct html *h)
{
    struct chart c;
    uint8_t *marks = arena_array(h->a, h->v->n_incidents + 1, 1);
    if (!marks) {
        h->out->failed = true;
        return;
    }
    mark_incidents(h->v, marks);
    buf_puts(h->out, "<section class=\"map\" aria-labelledby=\"map\"><h2 id=\"map\">Map</h2>\n");
    if (!make_chart(h->v, marks, &c)) {
        buf_puts(h->out, "<p>Nothing here has a place to draw.</p></section>\n");
        return;
    }
    put_key(h);
    buf_fmt(h->out,
            "<svg viewBox=\"0 0 1000 %.0f\" role=\"img\" aria-label=\"Zones, lines and incidents; "
            "the evidence of each provision lists them in words.\">\n",
            c.height);
    put_grid(h, &c);
    put_shapes(h, &c);
    size_t left = put_spans(h, &c, marks);
    if (!put_incidents(h, &c, marks)) h->out->failed = true;
    put_names(h, &c);
    put_scale(h, &c);
    buf_puts(h->out, "</svg>\n");
    put_omissions(h, &c, left);
    buf_puts(h->out, "</section>\n");
}
