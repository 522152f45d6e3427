/* The rules in a table, run one after another; then what the agreement silences is marked. */
#include "lint/private.h"

#include <stdlib.h>

static const struct row {
    void (*look)(struct lint *l); /* NULL: found when all others have looked */
    bool contradicts;
    const char *looks_for, *why;
} rows[DRAFTING_RULES] = {
    [RULE_NO_BEARER] = {rule_no_bearer, false,
                        "something must be done, and nobody is named who must",
                        "What everybody owes nobody does, and nobody can be asked why not."},
    [RULE_NO_DEADLINE] = {rule_no_deadline, false, "a duty whose time nobody can compute",
                          "Without a date nobody is ever late, and each side waits for the other."},
    [RULE_NO_REFERENCE_LINE] =
        {rule_no_reference_line, false,
         "a distance, or a withdrawal, and no line or place it is measured from",
         "Both sides will measure from the line that suits them."},
    [RULE_NO_UNIT] = {rule_no_unit, false, "a number without its unit",
                      "The same number is met in one unit and broken in another."},
    [RULE_NO_VERIFIER] = {rule_no_verifier, false, "something to observe, and nobody who does",
                          "Where nobody looks, each side's word stands against the other's."},
    [RULE_NO_CONSEQUENCE] = {rule_no_consequence, false,
                             "a provision whose violation has no consequence",
                             "The first violation will be answered by what nobody agreed to."},
    [RULE_UNDEFINED_TERM] =
        {rule_undefined_term, false, "a term of the text that is declared nowhere",
         "Each side reads into it what it needs, and finds out when it is applied."},
    [RULE_UNUSED_TERM] =
        {rule_unused_term, false, "a term that is defined and never used",
         "Somebody meant something by it; later they will argue that it was agreed."},
    [RULE_DEADLINE_BEFORE_TRIGGER] = {rule_deadline_before_trigger, true,
                                      "a deadline that passes before what it waits for is due",
                                      "One side is in breach before the other has to move."},
    [RULE_ZONE_NOBODY_COVERS] =
        {rule_zone_nobody_covers, false, "a zone with rules in it where nobody has to look",
         "There silence will be taken for compliance by one side and for hiding by the other."},
    [RULE_PERMISSION_MEETS_PROHIBITION] = {rule_permission_meets_prohibition, true,
                                           "a permission for what another provision forbids",
                                           "One side acts on the permission, the other records a "
                                           "violation, and both quote the text."},
    [RULE_DUTY_ON_CONSENT] =
        {rule_duty_on_consent, false, "a duty that cannot be met without another's consent",
         "Whoever withholds consent puts the other in breach, or frees it for ever."},
    [RULE_TEXT_WITHOUT_SENTENCE] =
        {rule_text_without_sentence, false,
         "the text binds somebody, and no formal sentence says so",
         "What no sentence states is not monitored, and its breach is never shown."},
    [RULE_TEXT_DIFFERS] =
        {rule_text_differs, true,
         "a number, a length of time or a date of the text that its sentences do not have",
         "Two numbers for one duty are two agreements, and each side signs another."},
    [RULE_PARTY_NOT_BOUND] = {rule_party_not_bound, true,
                              "the text binds one, the sentences beside it bind others",
                              "The one whom the text names will say that it was never bound."},
    [RULE_VAGUE_WORD] =
        {rule_vague_word, false, "a word of measure without a measure",
         "A word that can be read twice is read twice as soon as it costs something."},
    [RULE_WHAT_IS_ONE] =
        {rule_what_is_one, false, "events are counted, and nothing says what is one",
         "A burst is one violation to those who fired and fifty to those fired at."},
    [RULE_WHICH_DAYS] = {rule_which_days, false,
                         "days, where there are holidays, and not said which days",
                         "Around a holiday the two readings are days apart."},
    [RULE_DEADLINE_ON_HOLIDAY] =
        {rule_deadline_on_holiday, false, "a deadline on a day that is not worked",
         "Nobody is there to receive what falls due, and who was late is disputed."},
    [RULE_DOUBLE_NUMBER] = {rule_double_number, true, "two articles with one number",
                            "Whoever cites the number cites the article that helps."},
    [RULE_NOT_PLAIN] = {rule_not_plain, false, "a formula instead of a sentence",
                        "Who cannot read it signs what another says that it says."},
    [RULE_IDLE_SILENCE] = {NULL, true, "a sentence that silences nothing",
                           "A reader takes its reason for true of a text that has changed."},
};

const char *lint_why(enum drafting_rule r)
{
    return rows[r].why;
}

bool lint_contradicts(enum drafting_rule r)
{
    return rows[r].contradicts;
}

const char *lint_looks_for(enum drafting_rule r)
{
    return rows[r].looks_for;
}

/* ---- findings ---- */

static struct remark *add(struct lint *l, struct place at, uint32_t clause, const char *what,
                          va_list args)
{
    struct remarks *f = l->out;
    struct remark *v = arena_grow(l->a, f->v, f->n, &f->cap, sizeof *v);
    struct str text = str_vfmt(l->a, what, args);
    if (!v || !text.p) {
        l->failed = true;
        return NULL;
    }
    f->v = v;
    v[f->n] = (struct remark){
        .rule = l->rule, .at = at, .clause = clause, .provision = LANG_NONE, .what = text};
    return &v[f->n++];
}

struct remark *lint_find(struct lint *l, struct place at, uint32_t clause, const char *what, ...)
{
    va_list args;
    va_start(args, what);
    struct remark *f = add(l, at, clause, what, args);
    va_end(args);
    return f;
}

struct remark *lint_find_in(struct lint *l, uint32_t provision, struct place at, const char *what,
                            ...)
{
    const struct provision *pv = &l->g->provisions[provision];
    va_list args;
    va_start(args, what);
    struct remark *f = add(l, at.source ? at : pv->name_at, pv->clause, what, args);
    va_end(args);
    if (f) f->provision = provision;
    return f;
}

void lint_mend(struct lint *l, struct remark *f, const char *fix, ...)
{
    if (!f) return;
    va_list args;
    va_start(args, fix);
    f->fix = str_vfmt(l->a, fix, args);
    va_end(args);
    if (!f->fix.p) l->failed = true;
}

/* ---- silences ---- */

/* Names as they are compared: `_` and a blank alike, any case. */
static bool same_words(struct str a, struct str b)
{
    if (a.n != b.n || !a.n) return false;
    for (size_t i = 0; i < a.n; i++) {
        char x = a.p[i] == '_' ? ' ' : a.p[i], y = b.p[i] == '_' ? ' ' : b.p[i];
        if (x != y && !str_eq_nocase((struct str){&x, 1}, (struct str){&y, 1})) return false;
    }
    return true;
}

/* Beside the head of the agreement it reaches everything. */
static bool silences(const struct lint *l, const struct silence *s, const struct remark *f)
{
    const struct agreement *g = l->g;
    const struct passage *head = passage_of(&l->formal, g->header.at.from);
    if (s->rule != f->rule) return false;
    if (!s->about.n)
        return (head && head->clause == s->clause) || clause_within(g, f->clause, s->clause);
    return same_words(s->about, f->about) ||
           (f->provision != LANG_NONE && same_words(s->about, g->provisions[f->provision].name));
}

static void mark_silenced(struct lint *l)
{
    const struct agreement *g = l->g;
    size_t found = l->out->n;
    l->rule = RULE_IDLE_SILENCE;
    for (uint32_t i = 0; i < g->n_silences; i++) {
        const struct silence *s = &g->silences[i];
        bool idle = true;
        for (size_t k = 0; k < found; k++) {
            struct remark *f = &l->out->v[k];
            if (!silences(l, s, f)) continue;
            idle = false;
            l->out->silenced += !f->silenced;
            if (!f->silenced) f->silenced = s;
        }
        if (!idle) continue;
        struct remark *f =
            lint_find(l, s->at, s->clause, "nothing is found here that \"%s\" would silence",
                      drafting_rule_spoken(s->rule));
        lint_mend(
            l, f,
            "delete the sentence; or put it where the finding is, or behind \"of\" the name it is "
            "about");
    }
}

static int by_place(const void *x, const void *y)
{
    const struct remark *a = x, *b = y;
    if (a->at.from != b->at.from) return a->at.from < b->at.from ? -1 : 1;
    if (a->rule != b->rule) return a->rule < b->rule ? -1 : 1;
    return str_cmp(a->what, b->what);
}

bool lint_agreement(struct arena *a, const struct agreement *g, struct remarks *out)
{
    *out = (struct remarks){0};
    struct lint l = {.a = a, .g = g, .out = out};
    if (!lint_read(&l)) return false;
    for (int r = 0; r < DRAFTING_RULES && !l.failed; r++) {
        l.rule = (enum drafting_rule)r;
        if (rows[r].look) rows[r].look(&l);
    }
    if (!l.failed) mark_silenced(&l);
    if (out->n) qsort(out->v, out->n, sizeof *out->v, by_place);
    return !l.failed && !a->failed;
}
