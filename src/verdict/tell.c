/* Steps of the chain about facts, reports and coverage. */
#include "verdict/tell.h"

/* At most so many facts, reports or coverage records are told one by one. */
#define MAX_TOLD 12

struct why_step *tell(struct telling *t, enum why_kind kind, int depth)
{
    struct why_step *steps = arena_grow(t->arena, t->steps, t->n, &t->cap, sizeof(*steps));
    struct str text = str_dup(t->arena, buf_str(&t->text));
    if (!steps || !text.p || t->text.failed) {
        t->failed = true;
        return NULL;
    }
    t->steps = steps;
    buf_clear(&t->text);
    steps[t->n] = (struct why_step){.kind = kind,
                                    .depth = depth,
                                    .text = text,
                                    .at = place_none(),
                                    .fact = FACTS_NONE,
                                    .report = FACTS_NONE,
                                    .coverage = FACTS_NONE,
                                    .from = INSTANT_MIN,
                                    .to = INSTANT_MAX};
    return &steps[t->n++];
}

void tell_time(struct telling *t, instant at)
{
    zone_format(t->g->header.zone, &t->text, at);
}

void tell_span(struct telling *t, instant from, instant to)
{
    if (from == to) {
        buf_puts(&t->text, "at ");
        tell_time(t, from);
        return;
    }
    if (from == INSTANT_MIN) {
        buf_puts(&t->text, "until ");
        tell_time(t, to);
        return;
    }
    buf_puts(&t->text, "from ");
    tell_time(t, from);
    if (to == INSTANT_MAX) {
        buf_puts(&t->text, " on");
        return;
    }
    buf_puts(&t->text, " to ");
    tell_time(t, to);
}

static void tell_actor(struct telling *t, uint32_t actor)
{
    if (actor < t->g->n_actors)
        buf_add(&t->text, t->g->actors[actor].name);
    else
        buf_puts(&t->text, "another actor");
}

/* Append the actors of an alternative: "north", "north or south", "an unknown actor". */
static void tell_actors(struct telling *t, uint32_t fact, const struct alternative *a)
{
    size_t n;
    const uint32_t *actors = view_actors(t->relations->view, fact, a, &n);
    for (size_t i = 0; i < n; i++) {
        if (i) buf_puts(&t->text, " or ");
        tell_actor(t, actors[i]);
    }
    if (!n) buf_puts(&t->text, "an unknown actor");
}

static void tell_reports(struct telling *t, uint32_t fact, uint32_t alternative, int depth)
{
    const struct facts *f = t->facts;
    size_t told = 0, more = 0;
    for (uint32_t i = f->facts[fact].first_report; i != FACTS_NONE; i = f->reports[i].next) {
        const struct report *r = &f->reports[i];
        if (r->alternative != alternative || !view_knows(t->relations->view, r)) continue;
        if (told++ >= MAX_TOLD) {
            more++;
            continue;
        }
        struct str id = intern_str(&f->texts, r->id);
        buf_fmt(&t->text, "report %.*s, %s", STR_ARG(id), grade_name(r->grade));
        for (uint32_t k = 0; k < r->n_sources; k++) {
            struct str source = intern_str(&f->texts, f->source_pool[r->sources + k]);
            buf_fmt(&t->text, "%s%.*s", k ? ", " : ", by ", STR_ARG(source));
        }
        if (r->file < f->n_files)
            buf_fmt(&t->text, " (%.*s:%u)", STR_ARG(f->files[r->file]), r->line);
        if (r->shown.n) buf_fmt(&t->text, ": %.*s", STR_ARG(r->shown));
        struct why_step *s = tell(t, WHY_REPORT, depth);
        if (!s) return;
        s->report = i;
        s->fact = fact;
    }
    if (more) {
        buf_fmt(&t->text, "and %zu more reports", more);
        tell(t, WHY_REPORT, depth);
    }
}

static void tell_findings(struct telling *t, uint32_t fact, int depth)
{
    static const char *const words[] = {[FINDING_NOT_ATTRIBUTABLE] = ": not attributable",
                                        [FINDING_EXCUSED] = ": excused",
                                        [FINDING_REOPENED] = ": reopened"};
    const struct facts *f = t->facts;
    for (size_t i = 0; i < f->n_findings; i++) {
        const struct finding *x = &f->findings[i];
        if (x->fact != fact || x->recorded > t->v->options.as_of) continue;
        buf_puts(&t->text, "finding of ");
        tell_actor(t, x->body);
        if (x->says == FINDING_ATTRIBUTED) {
            buf_puts(&t->text, ": attributed to ");
            tell_actor(t, x->actor);
        } else {
            buf_puts(&t->text, words[x->says]);
        }
        if (!view_empowered(t->relations->view, x, t->violation->provision))
            buf_puts(&t->text, " (not a body that the agreement empowers)");
        struct why_step *s = tell(t, WHY_FINDING, depth);
        if (s) s->fact = fact;
    }
}

static void tell_alternative(struct telling *t, uint32_t fact, const struct alternative *a)
{
    const struct kind *k = &t->g->kinds[t->facts->facts[fact].kind];
    if (k->actor != LANG_NONE) {
        buf_puts(&t->text, k->is_state ? " of " : " by ");
        tell_actors(t, fact, a);
    }
    buf_puts(&t->text, k->is_state ? ", " : ", once, ");
    tell_span(t, a->start_lo, k->is_state ? a->end_hi : a->start_hi);
    if (k->is_state && (a->start_lo != a->start_hi || a->end_lo != a->end_hi)) {
        buf_puts(&t->text, ", certainly ");
        if (a->start_hi <= a->end_lo)
            tell_span(t, a->start_hi, a->end_lo);
        else
            buf_puts(&t->text, "at no single second");
    }
}

static void tell_case(struct telling *t, const struct evidence_case *c)
{
    static const char *const words[GRADES] = {"seen", "sensor", "corroborated", "reported",
                                              "alleged"};
    const char *with = "";
    buf_fmt(&t->text, "%u source%s (", c->sources, c->sources == 1 ? "" : "s");
    for (unsigned k = 0; k < GRADES; k++) {
        if (!(c->grades & 1U << k)) continue;
        buf_fmt(&t->text, "%s%s", with, words[k]);
        with = ", ";
    }
    buf_putc(&t->text, ')');
    if (c->by != LANG_NONE) {
        buf_puts(&t->text, " by ");
        tell_actor(t, c->by);
    }
}

/* The evidence rule for the kind of a fact, and whether the fact meets it. */
static void tell_rule(struct telling *t, uint32_t fact, int depth)
{
    const struct fact *x = &t->facts->facts[fact];
    const struct evidence_case *cases;
    uint32_t n;
    agreement_evidence(t->g, x->kind, t->violation->reading, &cases, &n);
    bool met = view_established(t->relations->view, x, cases, n);
    buf_fmt(&t->text, "%s the evidence rule: ", met ? "meets" : "does not meet");
    for (uint32_t i = 0; i < n; i++) {
        if (i) buf_puts(&t->text, ", or ");
        tell_case(t, &cases[i]);
    }
    struct why_step *s = tell(t, WHY_RULE, depth);
    if (s) s->fact = fact;
}

void tell_fact(struct telling *t, uint32_t fact, int depth)
{
    const struct facts *f = t->facts;
    const struct fact *x = &f->facts[fact];
    size_t told = 0;
    for (uint32_t i = x->first_alternative; i != FACTS_NONE; i = f->alternatives[i].next) {
        if (!view_knows_alternative(t->relations->view, x, i) || told++ >= MAX_TOLD) continue;
        if (told > 1) buf_puts(&t->text, "or, as others report it: ");
        struct str id = intern_str(&f->texts, x->identity);
        buf_fmt(&t->text, "%.*s %.*s", STR_ARG(t->g->kinds[x->kind].name), STR_ARG(id));
        tell_alternative(t, fact, &f->alternatives[i]);
        struct why_step *s = tell(t, WHY_FACT, depth);
        if (!s) return;
        s->fact = fact;
        s->from = f->alternatives[i].start_lo;
        s->to = f->alternatives[i].end_hi;
        tell_reports(t, fact, i, depth + 1);
    }
    tell_rule(t, fact, depth + 1);
    tell_findings(t, fact, depth + 1);
}

void tell_coverage(struct telling *t, uint32_t pred, instant from, instant to, int depth)
{
    const struct relation *r = &t->relations->items[pred];
    const struct selector *s = &t->violation->preds[pred].selector;
    if (s->filed) {
        buf_puts(&t->text, "it is filed: it exists only if it was recorded");
        tell(t, WHY_COVERAGE, depth);
        return;
    }
    uint32_t *list;
    size_t n;
    if (cover_records(t->relations->view, s, from, to, t->arena, &list, &n) != STATUS_OK) {
        t->failed = true;
        return;
    }
    double share = cover_share(&r->covered, from, to);
    if (from == INSTANT_MIN && share < 1)
        buf_puts(&t->text, "this time has no beginning, and not all of it was covered");
    else
        buf_fmt(&t->text, "%.0f %% of this time was covered", 100 * share);
    if (!n) buf_puts(&t->text, ": no coverage is on record");
    tell(t, WHY_COVERAGE, depth);
    for (size_t i = 0; i < n && i < MAX_TOLD; i++) {
        const struct coverage *c = &t->facts->coverage[list[i]];
        buf_puts(&t->text, c->gap ? "gap " : "covered ");
        tell_span(t, c->from, c->to);
        if (c->by != FACTS_NONE) {
            buf_puts(&t->text, ", ");
            tell_actor(t, c->by);
        }
        struct str more = c->gap ? c->cause : c->means;
        if (more.n) buf_fmt(&t->text, ": %.*s", STR_ARG(more));
        struct why_step *step = tell(t, c->gap ? WHY_GAP : WHY_COVERAGE, depth + 1);
        if (!step) return;
        step->coverage = list[i];
        step->from = c->from;
        step->to = c->to;
    }
}

void tell_search(struct telling *t, uint32_t pred, instant from, instant to, int depth)
{
    const struct picks *picks = &t->relations->items[pred].picks;
    const struct selector *s = &t->violation->preds[pred].selector;
    size_t found = 0;
    uint32_t last = FACTS_NONE;
    for (size_t i = 0; i < picks->n; i++) {
        const struct pick *p = &picks->items[i];
        const struct alternative *a = &t->facts->alternatives[p->alternative];
        if (a->end_hi < from || a->start_lo > to || p->fact == last) continue;
        last = p->fact;
        if (found++ < MAX_TOLD) tell_fact(t, p->fact, depth + 1);
    }
    if (!found) {
        buf_fmt(&t->text, "no %.*s was reported ", STR_ARG(s->words));
        tell_span(t, from, to);
        struct why_step *step = tell(t, WHY_ABSENCE, depth);
        if (step) {
            step->from = from;
            step->to = to;
        }
    } else if (found > MAX_TOLD) {
        buf_fmt(&t->text, "and %zu more", found - MAX_TOLD);
        tell(t, WHY_FACT, depth + 1);
    }
    tell_coverage(t, pred, from, to, depth + 1);
}
