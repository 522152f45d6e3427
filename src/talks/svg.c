/* The graph of preconditions as SVG: steps on an ellipse, an arrow from what must come first to what
 * waits for it. */
#include "talks/letters.h"
#include "talks/page.h"

#include <math.h>

#define WIDTH 980.0
#define HEIGHT 520.0
#define BOX_W 196.0
#define BOX_H 34.0
#define MAX_NODES 36

void page_text(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t c = char_at(s, i, &i);
        if (c == '&')
            buf_puts(out, "&amp;");
        else if (c == '<')
            buf_puts(out, "&lt;");
        else if (c == '>')
            buf_puts(out, "&gt;");
        else if (c == '"')
            buf_puts(out, "&quot;");
        else if (c == '\'')
            buf_puts(out, "&#39;");
        else if (c < 0x20 && c != '\n' && c != '\t')
            buf_puts(out, "\xEF\xBF\xBD");
        else
            buf_add_char(out, c);
    }
}

struct spot {
    double x, y;
};

static struct spot spot_of(uint32_t i, uint32_t n)
{
    double angle = 6.283185307179586 * i / n - 1.5707963267948966;
    return (struct spot){WIDTH / 2 + (WIDTH / 2 - BOX_W / 2 - 12) * cos(angle),
                         HEIGHT / 2 + (HEIGHT / 2 - BOX_H / 2 - 14) * sin(angle)};
}

/* Where the line from the middle of a box towards another spot leaves the box. */
static struct spot edge_of(struct spot box, struct spot towards)
{
    double dx = towards.x - box.x, dy = towards.y - box.y;
    double sx = dx != 0 ? (BOX_W / 2 + 5) / fabs(dx) : 1e9,
           sy = dy != 0 ? (BOX_H / 2 + 5) / fabs(dy) : 1e9;
    double s = sx < sy ? sx : sy;
    return s > 1 ? towards : (struct spot){box.x + dx * s, box.y + dy * s};
}

static bool in_deadlock(const struct sequence *s, uint32_t link)
{
    for (size_t i = 0; i < s->n_deadlocks; i++)
        for (uint32_t k = 0; k < s->deadlocks[i].n; k++)
            if (s->deadlocks[i].statements[k] == s->graph.links[link].statement) return true;
    return false;
}

static void draw_edge(const struct sequence *s, const struct edge *e, unsigned number,
                      struct buf *out)
{
    const struct graph *g = &s->graph;
    const struct statement *x = &g->t->statements[g->links[e->link].statement];
    struct spot a = spot_of(e->from, g->n_nodes), b = spot_of(e->to, g->n_nodes);
    struct spot from = edge_of(a, b), to = edge_of(b, a);
    bool knot = in_deadlock(s, e->link);
    double bend = 0.08;
    buf_fmt(out,
            "<path class=\"%s%s\" marker-end=\"url(#%c%u)\" d=\"M%.1f %.1f Q%.1f %.1f %.1f "
            "%.1f\"><title>",
            knot ? "knot" : "", x->origin == ORIGIN_ASSUMED ? " dash" : "", knot ? 'k' : 'm',
            number, from.x, from.y, (from.x + to.x) / 2 + (to.y - from.y) * bend,
            (from.y + to.y) / 2 - (to.x - from.x) * bend, to.x, to.y);
    page_text(out, x->name);
    buf_puts(out,
             x->origin == ORIGIN_ASSUMED ? " (an assumption)</title></path>" : "</title></path>");
}

static void markers(unsigned number, struct buf *out)
{
    for (int k = 0; k < 2; k++)
        buf_fmt(out,
                "<marker id=\"%c%u\"%s viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" "
                "markerHeight=\"7\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0 "
                "L8 4 L0 8 Z\"/></marker>",
                k ? 'k' : 'm', number, k ? " class=\"k\"" : "");
}

void svg_graph(const struct sequence *s, unsigned number, struct buf *out)
{
    const struct graph *g = &s->graph;
    if (g->n_nodes == 0) {
        buf_puts(out, "<p>Nothing waits for anything.</p>");
        return;
    }
    if (g->n_nodes > MAX_NODES) {
        buf_fmt(out, "<p>%u steps are too many to draw; they are listed below.</p>", g->n_nodes);
        return;
    }
    buf_fmt(
        out,
        "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"Graph of preconditions: an arrow "
        "leads from what must come first to what waits for it\"><defs>",
        WIDTH, HEIGHT);
    markers(number, out);
    buf_puts(out, "</defs>");
    for (size_t i = 0; i < g->n_edges; i++) draw_edge(s, &g->edges[i], number, out);
    for (uint32_t i = 0; i < g->n_nodes; i++) {
        struct spot p = spot_of(i, g->n_nodes);
        struct buf label;
        buf_init(&label);
        node_print(g, i, &label);
        struct str text = buf_str(&label);
        buf_fmt(
            out,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.0f\" height=\"%.0f\" rx=\"6\"/><text x=\"%.1f\" "
            "y=\"%.1f\" text-anchor=\"middle\"%s>",
            p.x - BOX_W / 2, p.y - BOX_H / 2, BOX_W, BOX_H, p.x, p.y + 4.5,
            utf8_width(text) > 27 ? " textLength=\"186\" lengthAdjust=\"spacingAndGlyphs\"" : "");
        page_text(out, text);
        buf_puts(out, "</text>");
        buf_free(&label);
    }
    buf_puts(out, "</svg>");
}
