/* What only the whole file can tell: supersession, words without a source, positions taken over
 * from the statement that is answered, issues whose options contradict their own dependencies. */
#include "talks/parse.h"

/* --- words and where they come from ---------------------------------------------------------- */

static bool has_words(const struct statement *s)
{
    return s->original.words.p || s->n_translations || s->indirect.words.p;
}

static void check_words(struct parser *p, const struct statement *s)
{
    if (s->origin != ORIGIN_SAID && s->origin != ORIGIN_PROPOSED) return;
    bool sourced = s->outlet.n || s->source != TALKS_NONE;
    if (has_words(s) && !sourced) {
        struct place at = s->original.words.p   ? s->original.at
                          : s->indirect.words.p ? s->indirect.at
                                                : s->translations[0].at;
        diag_fix(p->d,
                 diag_add(p->d, SEVERITY_ERROR, "quotation-without-source", at,
                          "the statement %.*s gives words and no source, so nobody can find them "
                          "again",
                          STR_ARG(s->name)),
                 "; in \"outlet\", or ; from a declared source");
    }
    if (s->origin != ORIGIN_SAID || s->act == ACT_SAID) return;
    if (!has_words(s) && !s->original_missing)
        diag_fix(p->d,
                 diag_add(p->d, SEVERITY_WARNING, "no-words", s->name_at,
                          "the statement %.*s gives no words, and does not say that there are none",
                          STR_ARG(s->name)),
                 "; original \"…\" in …, ; indirect \"…\" in …, or ; original not available");
    if (s->said != DAY_UNKNOWN && s->published != DAY_UNKNOWN && s->published < s->said)
        diag_add(p->d, SEVERITY_ERROR, "published-before-said", s->name_at,
                 "the statement %.*s is published before it is said", STR_ARG(s->name));
}

/* --- supersession ---------------------------------------------------------------------------- */

static void cycle_message(struct parser *p, uint32_t from)
{
    struct talks *t = p->t;
    struct buf path;
    buf_init(&path);
    uint32_t i = from;
    do {
        buf_fmt(&path, "%.*s supersedes ", STR_ARG(t->statements[i].name));
        i = t->statements[i].supersedes;
    } while (i != from);
    buf_fmt(&path, "%.*s", STR_ARG(t->statements[from].name));
    diag_fix(p->d,
             diag_add(p->d, SEVERITY_ERROR, "circular-supersession", t->statements[from].name_at,
                      "these statements supersede each other in a circle: %.*s",
                      STR_ARG(buf_str(&path))),
             "let only the later one supersede the earlier");
    buf_free(&path);
}

/* Each chain is walked once: `mark` holds the walk that saw a statement. */
static void check_circles(struct parser *p)
{
    struct talks *t = p->t;
    uint32_t *mark = arena_array(p->arena, t->n_statements, sizeof *mark);
    if (!mark) {
        p->failed = true;
        return;
    }
    for (uint32_t i = 0; i < t->n_statements; i++) {
        uint32_t k = i;
        while (k != TALKS_NONE && mark[k] == 0) {
            mark[k] = i + 1;
            k = t->statements[k].supersedes;
        }
        if (k == TALKS_NONE || mark[k] != i + 1) continue;
        cycle_message(p, k);
        uint32_t end = k;
        do { /* break it, so that views do not run in it */
            uint32_t next = t->statements[k].supersedes;
            t->statements[k].supersedes = TALKS_NONE;
            k = next;
        } while (k != end);
    }
}

static void check_supersession(struct parser *p)
{
    struct talks *t = p->t;
    check_circles(p);
    for (uint32_t i = 0; i < t->n_statements; i++) {
        struct statement *s = &t->statements[i];
        if (s->supersedes == TALKS_NONE) continue;
        struct statement *old = &t->statements[s->supersedes];
        uint32_t mine = statement_side(t, s), its = statement_side(t, old);
        if (s->origin == ORIGIN_SAID && s->speaker != old->speaker &&
            (mine != its || mine == TALKS_NONE)) {
            diag_add(p->d, SEVERITY_ERROR, "supersedes-another", s->name_at,
                     "the statement %.*s supersedes %.*s, which another side made; nobody takes "
                     "back another's words",
                     STR_ARG(s->name), STR_ARG(old->name));
            continue;
        }
        if (old->superseded_by != TALKS_NONE && s->origin != ORIGIN_PROPOSED) {
            diag_add(p->d, SEVERITY_ERROR, "superseded-twice", s->name_at,
                     "the statement %.*s is superseded by %.*s already", STR_ARG(old->name),
                     STR_ARG(t->statements[old->superseded_by].name));
            continue;
        }
        int32_t now = statement_day(s), then = statement_day(old);
        if (now != DAY_UNKNOWN && then != DAY_UNKNOWN && now < then)
            diag_add(p->d, SEVERITY_ERROR, "supersedes-later", s->name_at,
                     "the statement %.*s is older than %.*s, which it supersedes", STR_ARG(s->name),
                     STR_ARG(old->name));
        if (s->origin != ORIGIN_PROPOSED) old->superseded_by = i;
    }
}

/* --- answers to statements ------------------------------------------------------------------- */

/* The position that statement i takes over, through a chain of answers; NULL on a circle. */
static const struct position *answered(struct parser *p, uint32_t i)
{
    struct talks *t = p->t;
    uint32_t k = t->statements[i].refers;
    for (uint32_t steps = 0; steps <= t->n_statements; steps++) {
        if (k == i) break;
        if (t->statements[k].refers == TALKS_NONE) return &t->statements[k].p;
        k = t->statements[k].refers;
    }
    diag_add(p->d, SEVERITY_ERROR, "accepts-itself", t->statements[i].name_at,
             "the statement %.*s answers itself by way of %.*s", STR_ARG(t->statements[i].name),
             STR_ARG(t->statements[t->statements[i].refers].name));
    return NULL;
}

static void check_answers(struct parser *p)
{
    struct talks *t = p->t;
    for (uint32_t i = 0; i < t->n_statements; i++) {
        struct statement *s = &t->statements[i];
        if (s->refers == TALKS_NONE) continue;
        const struct position *other = answered(p, i);
        if (!other) {
            s->origin = ORIGIN_PROPOSED;
            continue;
        }
        if (!other->n && t->statements[s->refers].origin != ORIGIN_PROPOSED) {
            diag_add(p->d, SEVERITY_ERROR, "nothing-to-answer", s->name_at,
                     "the statement %.*s takes no position that could be %s",
                     STR_ARG(t->statements[s->refers].name),
                     s->act == ACT_ACCEPT ? "accepted" : "refused");
            continue;
        }
        s->p = *other;
    }
}

/* --- proposed statements --------------------------------------------------------------------- */

static void count_proposed(struct parser *p)
{
    struct talks *t = p->t;
    size_t n = 0;
    struct place first = place_none();
    for (uint32_t i = 0; i < t->n_statements; i++) {
        const struct statement *s = &t->statements[i];
        if (s->origin != ORIGIN_PROPOSED || s->act != ACT_SAID || !s->at.source) continue;
        if (n++ == 0) first = s->name_at;
    }
    if (n)
        diag_fix(p->d,
                 diag_add(p->d, SEVERITY_NOTE, "not-confirmed", first,
                          "%zu proposed statement%s not confirmed and count%s for nothing", n,
                          n == 1 ? " is" : "s are", n == 1 ? "s" : ""),
                 "write `statement` and what the speaker did, once a person has checked it");
}

void t_check_references(struct parser *p)
{
    for (uint32_t i = 0; i < p->t->n_statements; i++) check_words(p, &p->t->statements[i]);
    check_supersession(p);
    if (p->failed) return;
    check_answers(p);
    count_proposed(p);
}
