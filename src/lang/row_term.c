/* Row 14: when the agreement, an article or a provision is in force, beside its dates.
 *
 *     agreement is renewed for 5 years each time unless a party gives notice 6 months before expiry.
 *     article 2 is suspended while talks hold; its deadlines move by the time suspended.
 *
 * The word behind "is" chooses the rule: a table.  `resumed` is the end of the `suspended` of the
 * same subject; the two are joined when all was read. */
#include "lang/in_force.h"
#include "lang/refuse.h"

/* ---- the subject ---- */

bool heading_is(struct str title, struct str wanted)
{
    if (!str_starts(title, wanted)) return false;
    if (title.n == wanted.n) return true;
    char next = title.p[wanted.n];
    return !(next >= '0' && next <= '9') && !(next >= 'a' && next <= 'z');
}

bool read_article(struct parser *p, uint32_t *clause)
{
    const struct token *t = token_ahead(p, 1);
    struct str title = t->text;
    if (t->kind == TOKEN_NUMBER) title = str_fmt(p->arena, "Article %.*s", STR_ARG(t->text));
    if (t->kind != TOKEN_NUMBER && t->kind != TOKEN_STRING) {
        p->at++;
        return expected(p, "an article's number, or a heading in quotation marks",
                        "write: article 2 is suspended while …");
    }
    p->at += 2;
    for (size_t i = 0; i < p->clauses.n; i++) {
        *clause = (uint32_t)i;
        if (heading_is(VEC_AT(p->clauses, struct clause, i)->title, title)) return true;
    }
    struct diag *x =
        refuse(p, "unknown-article", t->at, "no heading begins with \"%.*s\"", STR_ARG(title));
    diag_fix(p->d, x, "write the heading's first words, as in: article \"Annex B\" is …");
    return false;
}

bool read_force_subject(struct parser *p, struct force_rule *r)
{
    if (look(p, "article")) {
        r->subject = FORCE_CLAUSE;
        return read_article(p, &r->index);
    }
    if (eat(p, "the agreement") || eat(p, "agreement")) return true;
    r->subject = FORCE_PROVISION;
    return name_read(p, SORT_PROVISION, "a provision", &r->index);
}

bool look_force(const struct parser *p)
{
    struct symbol s;
    size_t n = name_match(p, p->at, &s);
    return n && s.sort == SORT_PROVISION && look_ahead(p, n, "is") &&
           !look_ahead(p, n, "is read") && !look_ahead(p, n, "is repealed");
}

/* ---- conditions ---- */

/* "6 months before expiry" behind the condition: what happened did so at least so long ago. */
static bool put_ahead(const struct condition *c, struct duration d)
{
    bool good = c->op == COND_HAPPENED && duration_none(&c->window);
    for (uint32_t i = 0; i < c->n_sub; i++)
        if (c->op == COND_ANY || c->op == COND_ALL) good = put_ahead(c->sub[i], d);
    if (good) ((struct condition *)c)->ahead = d; /* just made by the parser, in its arena */
    return good;
}

static bool read_ahead(struct parser *p, const struct condition *c)
{
    struct duration d;
    size_t first = p->at;
    eat(p, "at least");
    if (!look_duration(p)) return true;
    if (!read_duration(p, &d)) return false;
    if (!eat(p, "before the end of the term") &&
        !expect(p, "before expiry", "write: … unless a party gives notice 6 months before expiry"))
        return false;
    if (put_ahead(c, d)) return true;
    refuse(p, "ahead-of-expiry", place_join(p->tokens.v[first].at, place_last(p)),
           "only what happens, such as a notice, happens so long before expiry");
    return false;
}

/* A point as a condition: it has come. */
static bool read_come(struct parser *p, const struct condition **out)
{
    struct condition *c = parse_alloc(p, sizeof *c);
    if (!c || !read_point(p, &c->point)) return false;
    c->op = COND_FROM;
    c->phrase.kind = c->phrase.zone = c->since.kind = c->since.zone = c->provision = LANG_NONE;
    c->at = c->point.at;
    *out = c;
    return true;
}

static bool read_when(struct parser *p, struct force_rule *r, const char *fix)
{
    if (look(p, "from when")) p->at++;
    if (eat(p, "when") || eat(p, "if")) return read_condition(p, &r->when);
    if (eat(p, "from") || eat(p, "on")) return read_come(p, &r->when);
    return expected(p, "\"when\"", fix);
}

/* ---- one for each word ---- */

static bool read_in_force(struct parser *p, struct force_rule *r)
{
    r->op = FORCE_STARTS;
    if (eat(p, "for") && !read_duration(p, &r->period)) return false;
    if (!look(p, "while") || !duration_none(&r->period))
        return read_when(p, r, "write: is in force from when each party has signed");
    p->at++;
    r->op = FORCE_WHILE;
    return read_condition(p, &r->when);
}

/* "; its deadlines move by the time suspended" or "; its deadlines stay" */
bool read_force_deadlines(struct parser *p, struct force_rule *r)
{
    size_t back = p->at;
    if (!eat_punct(p, ';')) eat_punct(p, ',');
    r->moves = eat(p, "its deadlines move by the time suspended");
    r->stays = !r->moves && eat(p, "its deadlines stay");
    if (r->moves || r->stays) return true;
    if (p->at > back)
        return expected(p, "what becomes of its deadlines",
                        "write: its deadlines move by the time suspended, or: its deadlines stay");
    return true;
}

static bool read_suspended(struct parser *p, struct force_rule *r)
{
    r->op = FORCE_SUSPENDED;
    if (eat(p, "for") && !read_duration(p, &r->period)) return false;
    r->begins = !look(p, "while");
    if (!r->begins) {
        p->at++;
        return read_condition(p, &r->when) && read_force_deadlines(p, r);
    }
    if (!read_when(p, r, "write: is suspended while …, or: is suspended when … until …"))
        return false;
    eat_punct(p, ',');
    if (eat(p, "until")) {
        eat(p, "when");
        if (look_point(p) ? !read_come(p, &r->until) : !read_condition(p, &r->until)) return false;
    }
    return read_force_deadlines(p, r);
}

static bool read_resumed(struct parser *p, struct force_rule *r)
{
    r->op = FORCE_SUSPENDED;
    r->resumed = true;
    return read_when(p, r, "write: is resumed when …");
}

static bool read_continued(struct parser *p, struct force_rule *r)
{
    r->op = FORCE_CONTINUED;
    if (r->subject != FORCE_AGREEMENT) {
        struct diag *x = refuse(p, "continue-what", place_last(p),
                                "only the agreement has an expiry to be prolonged");
        diag_fix(p->d, x, "write: agreement is %.*s …, or a frame: until …", STR_ARG(r->word));
        return false;
    }
    if (!eat(p, "for")) eat(p, "by");
    if (!look_duration(p))
        return expected(p, "a duration", "write: agreement is renewed for 5 years unless …");
    if (!read_duration(p, &r->period)) return false;
    r->again = eat(p, "each time");
    if (!r->again) eat(p, "once");
    r->unless = look(p, "unless");
    if (!eat(p, "unless") && !eat(p, "when") && !eat(p, "if"))
        return expected(p, "\"unless\" or \"when\"",
                        "write: unless a party gives notice 6 months before expiry");
    return read_condition(p, &r->when) && read_ahead(p, r->when);
}

static bool read_terminated(struct parser *p, struct force_rule *r)
{
    r->op = FORCE_ENDED;
    if (look_duration(p)) {
        if (!read_duration(p, &r->period)) return false;
        if (!expect(p, "after", "write: is terminated 3 months after a party has given notice"))
            return false;
        return read_condition(p, &r->when);
    }
    return read_when(p, r, "write: is terminated when …, or: 3 months after …");
}

static bool read_replaced(struct parser *p, struct force_rule *r)
{
    r->op = FORCE_REPLACED;
    if (r->subject != FORCE_PROVISION) {
        struct diag *x = refuse(p, "replace-what", place_last(p),
                                "a provision is replaced by another, one for one");
        diag_fix(p->d, x, "write: ceasefire is replaced by new_ceasefire when …");
        return false;
    }
    if (!expect(p, "by", "write: is replaced by …") ||
        !name_read(p, SORT_PROVISION, "the provision that replaces the other", &r->by))
        return false;
    return read_when(p, r, "write: is replaced by … when …, or: from 2015-03-01");
}

static const struct force_word {
    const char *word;
    bool (*read)(struct parser *p, struct force_rule *r);
} force_words[] = {
    {"in force", read_in_force}, {"suspended", read_suspended}, {"resumed", read_resumed},
    {"renewed", read_continued}, {"extended", read_continued},  {"terminated", read_terminated},
    {"replaced", read_replaced},
};
#define FORCE_WORDS (sizeof force_words / sizeof force_words[0])

bool read_force(struct parser *p, struct sentence *s)
{
    struct force_rule r = {.clause = p->clause, .index = LANG_NONE, .by = LANG_NONE};
    p->doing = "a sentence on what is in force";
    if (!refuse_words(p)) return false;
    if (!read_force_subject(p, &r)) return false;
    if (!expect(p, "is", "write: agreement is renewed for 5 years unless …")) return false;
    size_t i = 0;
    while (i < FORCE_WORDS && !look(p, force_words[i].word)) i++;
    if (i == FORCE_WORDS)
        return expected(p,
                        "\"in force\", \"suspended\", \"renewed\", \"terminated\" or \"replaced\"",
                        "write: is suspended while …, is terminated when …");
    size_t word = p->at;
    eat(p, force_words[i].word);
    r.word = words_text(p, word, p->at);
    if (!force_words[i].read(p, &r) || !expect_end(p)) return false;
    r.at = place_join(p->tokens.v[s->first].at, place_last(p));
    r.sentence = words_text(p, s->first, s->end);
    struct force_rule *slot = vec_add(p, &p->force, sizeof *slot);
    if (slot) *slot = r;
    return slot != NULL;
}

/* ---- all of them together ---- */

static struct force_rule *rule(struct parser *p, size_t i)
{
    return VEC_AT(p->force, struct force_rule, i);
}

/* The suspension that a resumption ends. */
static struct force_rule *suspension(struct parser *p, const struct force_rule *resumed)
{
    for (size_t i = 0; i < p->force.n; i++) {
        struct force_rule *r = rule(p, i);
        if (r->op == FORCE_SUSPENDED && r->begins && !r->resumed &&
            r->subject == resumed->subject && r->index == resumed->index &&
            duration_none(&r->period))
            return r;
    }
    struct diag *x = refuse(p, "resume-what", resumed->at, "what is resumed was never suspended");
    diag_fix(p->d, x, "write before it: … is suspended when …");
    return NULL;
}

static bool join_until(struct parser *p, struct force_rule *r, const struct condition *also)
{
    if (!r->until) {
        r->until = also;
        return true;
    }
    struct condition *c = parse_alloc(p, sizeof *c);
    struct condition **sub = parse_alloc(p, 2 * sizeof(struct condition *));
    if (!c || !sub) return false;
    sub[0] = (struct condition *)r->until;
    sub[1] = (struct condition *)also;
    *c = (struct condition){.op = COND_ANY, .sub = sub, .n_sub = 2, .at = also->at};
    c->phrase.kind = c->phrase.zone = c->since.kind = c->since.zone = c->provision = LANG_NONE;
    r->until = c;
    return true;
}

static bool stated_twice(struct parser *p, const struct force_rule *r, const char *what)
{
    refuse(p, "twice", r->at, "%s is stated twice", what);
    return false;
}

/* "for 30 days" of the head belongs to the sentence that says when it begins. */
static bool take_length(struct parser *p, struct force_rule *r)
{
    if (!p->has_length) return true;
    if (!duration_none(&r->period)) return stated_twice(p, r, "the length of the term");
    r->period = p->term_length;
    return true;
}

bool check_force(struct parser *p, struct agreement *g)
{
    size_t kept = 0;
    bool starts = p->has_from, continued = false;
    for (size_t i = 0; i < p->force.n; i++) {
        struct force_rule *r = rule(p, i), *s;
        bool whole = r->subject == FORCE_AGREEMENT;
        if (r->resumed && (!(s = suspension(p, r)) || !join_until(p, s, r->when))) return false;
        if (r->op == FORCE_STARTS && whole && starts) return stated_twice(p, r, "entry into force");
        if (r->op == FORCE_CONTINUED && continued) return stated_twice(p, r, "its prolongation");
        if (r->op == FORCE_STARTS && whole && !take_length(p, r)) return false;
        starts = starts || (r->op == FORCE_STARTS && whole);
        continued = continued || r->op == FORCE_CONTINUED;
    }
    for (size_t i = 0; i < p->force.n; i++)
        if (!rule(p, i)->resumed) *rule(p, kept++) = *rule(p, i);
    p->force.n = kept;
    g->force = p->force.v;
    g->n_force = (uint32_t)kept;
    return true;
}

static bool falls_due(const struct provision *pv)
{
    return pv->deadline.op != DEADLINE_NONE && pv->deadline.op != DEADLINE_AHEAD;
}

static bool falls_due_on_a_date(const struct provision *pv)
{
    return pv->deadline.op == DEADLINE_BY ||
           (pv->deadline.op == DEADLINE_WITHIN && pv->trigger.op == TRIGGER_POINT);
}

bool check_suspended_deadlines(struct parser *p, const struct agreement *g)
{
    for (uint32_t i = 0; i < g->n_force; i++) {
        const struct force_rule *r = &g->force[i];
        if (r->op != FORCE_SUSPENDED) continue;
        for (uint32_t k = 0; k < g->n_provisions; k++) {
            const struct provision *pv = &g->provisions[k];
            if (!force_covers(g, r, k) || (!falls_due(pv) && !pv->n_steps)) continue;
            if (!r->moves && !r->stays) {
                struct diag *x = refuse(p, "deadlines-unsaid", r->at,
                                        "\"%.*s\" has a deadline: does the time suspended count?",
                                        STR_ARG(pv->name));
                diag_fix(p->d, x,
                         r->of_power ? "write behind it: ; %.*s then resumes with its unexpired "
                                       "time; or: ; its deadlines stay"
                                     : "write behind it: ; its deadlines move by the time "
                                       "suspended; or: ; its deadlines stay",
                         STR_ARG(pv->name));
                return false;
            }
            if (!r->moves || (falls_due_on_a_date(pv) && !pv->n_steps)) continue;
            struct diag *x = refuse(p, "deadline-cannot-move", r->at,
                                    "the deadline of \"%.*s\" is no date and cannot be moved",
                                    STR_ARG(pv->name));
            diag_fix(p->d, x, "suspend only what is due by a date, or write: ; its deadlines stay");
            return false;
        }
    }
    return true;
}
