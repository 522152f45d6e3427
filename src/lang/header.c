/* The head of an agreement: its title, when it was signed, when it is in force, its time zone, day 1,
 * languages, holidays.  Each part may stand in the first sentence, parted by `;` or `,`, or in a
 * sentence of its own. */
#include "lang/parse.h"

#include <stdlib.h>

static bool once(struct parser *p, bool *has, const char *what)
{
    if (*has) {
        refuse(p, "twice", place_last(p), "%s is stated twice", what);
        return false;
    }
    *has = true;
    return true;
}

static bool read_signed(struct parser *p)
{
    if (!once(p, &p->header.has_signed, "the signature")) return false;
    if (!eat(p, "on")) eat(p, "at");
    if (token_now(p)->kind != TOKEN_DATE && !look_point(p))
        return expected(p, "a date", "write: signed 2015-02-12");
    return read_point(p, &p->header.signed_);
}

static bool read_until(struct parser *p)
{
    if (!once(p, &p->has_until, "the end of the term")) return false;
    bool good = read_point(p, &p->in_force_until);
    p->until_at = p->in_force_until.at;
    return good;
}

static bool read_in_force(struct parser *p)
{
    if (!once(p, &p->has_from, "entry into force")) return false;
    if (!eat(p, "from") && !eat(p, "on")) eat(p, "at");
    if (look(p, "when")) {
        struct diag *x = refuse(p, "entry-by-condition", place_now(p),
                                "an entry into force by a condition is a sentence of its own");
        diag_fix(p->d, x, "write: agreement is in force from when each party has signed.");
        return false;
    }
    if (!look_point(p))
        return expected(p, "a point of time", "write: in force from 2015-02-15 00:00");
    if (!read_point(p, &p->in_force_from)) return false;
    if (eat(p, "until")) return read_until(p);
    if (!eat(p, "for")) return true;
    p->has_length = true;
    return read_duration(p, &p->term_length);
}

/* "for 30 days", where entry into force is a sentence of its own. */
static bool read_length(struct parser *p)
{
    if (!once(p, &p->has_length, "the length of the term")) return false;
    size_t first = p->at;
    bool good = read_duration(p, &p->term_length);
    p->until_at = place_join(p->tokens.v[first].at, place_last(p));
    return good;
}

static bool read_zone_name(struct parser *p)
{
    const struct token *t = token_now(p);
    if (t->kind != TOKEN_WORD && t->kind != TOKEN_STRING)
        return expected(p, "the name of a time zone", "write: time zone Europe/Kyiv");
    p->at++; /* loaded in the first pass */
    return true;
}

static bool read_day_is(struct parser *p)
{
    if (!once(p, &p->header.has_day_one, "day 1")) return false;
    if (!look_point(p)) return expected(p, "a date", "write: day 1 is 2015-02-15");
    return read_point(p, &p->header.day_one);
}

static bool read_languages(struct parser *p)
{
    struct vec list = {0};
    if (!eat_punct(p, ':')) eat(p, "in");
    do {
        const struct token *t = token_now(p);
        if (t->kind != TOKEN_WORD && t->kind != TOKEN_STRING)
            return expected(p, "a language", "write: authentic in English and French");
        struct str *x = vec_add(p, &list, sizeof *x);
        if (!x) return false;
        *x = t->text;
        p->at++;
    } while ((eat_punct(p, ',') && (eat(p, "and") || true)) || eat(p, "and"));
    p->header.languages = list.v;
    p->header.n_languages = (uint32_t)list.n;
    return true;
}

static bool read_holidays(struct parser *p)
{
    p->has_work = true;
    if (!eat(p, "are")) eat_punct(p, ':');
    if (eat(p, "none")) return true;
    do {
        const struct token *t = token_now(p);
        if (t->kind != TOKEN_DATE)
            return expected(p, "a date", "write: holidays 2015-01-01, 2015-03-08");
        int64_t *day = vec_add(p, &p->holidays, sizeof *day);
        if (!day) return false;
        *day = civil_to_days(t->time.civil.year, t->time.civil.month, t->time.civil.day);
        p->at++;
        if (token_now(p)->kind == TOKEN_STRING) p->at++; /* its name, for the reader */
    } while ((eat_punct(p, ',') && (eat(p, "and") || true)) || eat(p, "and"));
    return true;
}

/* "weekend is Friday and Saturday" */
static bool read_weekend(struct parser *p)
{
    static const char *const days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};
    uint8_t none = 0;
    do {
        size_t i = 0;
        while (i < 7 && !eat(p, days[i])) i++;
        if (i == 7)
            return expected(p, "a day of the week", "write: weekend is Friday and Saturday");
        none |= (uint8_t)(1u << i);
    } while (eat_punct(p, ',') || eat(p, "and"));
    if (none == 0x7f) {
        refuse(p, "no-working-day", place_last(p), "no day of the week is left to work");
        return false;
    }
    p->weekend = none;
    return true;
}

static bool read_delay(struct parser *p)
{
    struct duration d;
    if (!read_duration(p, &d)) return false;
    p->header.reporting_delay =
        (uint64_t)d.seconds + (uint64_t)d.days * 86400u + (uint64_t)d.months * 31u * 86400u;
    return true;
}

static const struct {
    const char *words;
    bool (*read)(struct parser *p);
} parts[] = {
    {"signed", read_signed},
    {"in force", read_in_force},
    {"enters into force", read_in_force},
    {"until", read_until},
    {"for", read_length},
    {"expires on", read_until},
    {"expires at", read_until},
    {"expires", read_until},
    {"time zone", read_zone_name},
    {"day 1 is", read_day_is},
    {"authentic languages", read_languages},
    {"authentic", read_languages},
    {"holidays", read_holidays},
    {"weekend is", read_weekend},
    {"reports may be late by", read_delay},
};
#define HEADER_PARTS (sizeof parts / sizeof parts[0])

/* `day 1` holds a number, which eat does not match. */
static bool eat_part(struct parser *p, const char *words)
{
    if (!str_eq(str_of(words), STR("day 1 is"))) return eat(p, words);
    const struct token *t = token_ahead(p, 1);
    if (!look(p, "day") || t->kind != TOKEN_NUMBER || !str_eq(t->text, STR("1")) ||
        !look_ahead(p, 2, "is"))
        return false;
    p->at += 3;
    return true;
}

static bool load_zone(struct parser *p)
{
    const struct token *t = token_now(p);
    if (t->kind != TOKEN_WORD && t->kind != TOKEN_STRING) return true; /* told when it is read */
    if (p->has_zone) {
        refuse(p, "twice", t->at, "the time zone is stated twice");
        return false;
    }
    p->has_zone = true;
    p->zone_at = t->at;
    p->header.zone_name = t->text;
    p->header.zone = zone_load(p->arena, t->text, t->at, p->d);
    if (p->header.zone) return true;
    p->bad = true;
    return false;
}

bool enter_header(struct parser *p, struct sentence *s)
{
    (void)s;
    for (; !at_end(p); p->at++)
        if (eat(p, "time zone")) return load_zone(p);
    return true;
}

bool read_header(struct parser *p, struct sentence *s)
{
    p->doing = "the head of the agreement";
    if (eat(p, "agreement")) {
        if (p->has_header) {
            refuse(p, "twice", place_last(p), "there is a second agreement in this file");
            return false;
        }
        p->has_header = true;
        p->header.at = p->tokens.v[s->first].at;
        if (!read_string(p, "the title in quotation marks", &p->header.title)) return false;
    }
    while (!at_end(p)) {
        while (eat_punct(p, ';') || eat_punct(p, ',') || eat(p, "and")) {
        }
        if (at_end(p)) break;
        size_t i = 0;
        while (i < HEADER_PARTS && !eat_part(p, parts[i].words)) i++;
        if (i == HEADER_PARTS)
            return expected(p, "\"signed\", \"in force from\", \"time zone\", \"day 1 is\"",
                            "write: signed 2015-02-12; in force from 2015-02-15 00:00; time zone "
                            "Europe/Kyiv; day 1 is 2015-02-15");
        if (!parts[i].read(p)) return false;
    }
    return true;
}

bool read_note(struct parser *p, struct sentence *s)
{
    (void)s;
    p->doing = "a note";
    p->at++;
    struct str *x = vec_add(p, &p->notes, sizeof *x);
    return x && read_string(p, "a text in quotation marks", x) && expect_end(p);
}

bool read_pinned(struct parser *p, struct sentence *s)
{
    p->doing = "a pinned reading";
    if (p->last_provision == LANG_NONE) {
        refuse(p, "pinned-alone", p->tokens.v[s->first].at,
               "\"read as\" stands behind a provision; there is none before it");
        return false;
    }
    p->at += 2;
    eat_punct(p, ':');
    struct pinned *x = vec_add(p, &p->pinned, sizeof *x);
    if (!x) return false;
    x->provision = p->last_provision;
    x->at = token_now(p)->at;
    return read_string(p, "the reading in quotation marks", &x->text) && expect_end(p);
}

/* ---- the whole ---- */

static int by_day(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static bool make_workdays(struct parser *p)
{
    if (!p->has_work) return true;
    struct workdays *w = parse_alloc(p, sizeof *w);
    if (!w) return false;
    if (p->holidays.n) qsort(p->holidays.v, p->holidays.n, sizeof(int64_t), by_day);
    *w = (struct workdays){p->weekend ? p->weekend : WEEKEND_SATURDAY_SUNDAY, p->holidays.v,
                           p->holidays.n};
    p->header.work = w;
    return true;
}

static bool missing(struct parser *p, const char *code, const char *what, const char *fix)
{
    struct place at = p->has_header ? p->header.at : (struct place){p->source, 0, 0};
    struct diag *x = refuse(p, code, at, "%s", what);
    diag_fix(p->d, x, "%s", fix);
    return true;
}

/* `agreement is in force from when …`: read later, since it speaks of events. */
static bool says_entry(struct parser *p)
{
    struct parser q = *p;
    for (size_t i = 0; i < p->sentences.n; i++) {
        const struct sentence *s = VEC_AT(p->sentences, struct sentence, i);
        q.at = s->first;
        q.end = s->end;
        eat(&q, "the");
        if (eat(&q, "agreement is in force from when") || eat(&q, "agreement is in force when") ||
            eat(&q, "agreement is in force for"))
            return true;
    }
    return false;
}

bool check_header(struct parser *p)
{
    struct header *h = &p->header;
    if (!p->has_header && !p->d->errors) /* else it may be what was not understood */
        missing(p, "no-agreement", "the file does not say of which agreement it is",
                "write in a block: agreement \"Title\" signed 2015-02-12; in force from 2015-02-15 "
                "00:00; time zone Europe/Kyiv.");
    if (!h->zone) {
        if (p->has_header && !p->has_zone)
            missing(p, "no-time-zone",
                    "the agreement does not say in which time zone its dates are",
                    "write in its first sentence: time zone Europe/Kyiv");
        h->zone = zone_utc();
    }
    if (p->has_header && !p->has_from && !says_entry(p))
        missing(p, "no-entry-into-force", "the agreement does not say from when it is in force",
                "write in its first sentence: in force from 2015-02-15 00:00");
    h->from = INSTANT_MIN;
    h->until = h->expiry = INSTANT_MAX;
    return make_workdays(p);
}
