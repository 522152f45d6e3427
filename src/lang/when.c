/* Numbers, durations, measures and points of time in sentences. */
#include "lang/parse.h"

bool look_number(const struct parser *p)
{
    int64_t n;
    const struct token *t = token_now(p);
    return t->kind == TOKEN_NUMBER || (t->kind == TOKEN_WORD && number_word(t->text, &n));
}

bool read_number(struct parser *p, int64_t *out)
{
    const struct token *t = token_now(p);
    if (t->kind == TOKEN_WORD && number_word(t->text, out)) {
        p->at++;
        return true;
    }
    if (t->kind != TOKEN_NUMBER) return expected(p, "a number", NULL);
    if (!number_scale(t->number, 1, out)) {
        refuse(p, "not-whole", t->at, "a whole number is expected, not %.*s", STR_ARG(t->text));
        return false;
    }
    p->at++;
    return true;
}

/* The word behind a number that should be a unit; NULL and an error when it is none. */
static const struct unit *read_unit(struct parser *p, const char *what, const char *example)
{
    const struct token *t = token_now(p);
    const struct unit *u = NULL;
    if (t->kind == TOKEN_WORD) u = unit_find(t->text);
    if (t->kind == TOKEN_PUNCT && t->punct == '%') u = unit_find(STR("%"));
    if (u) {
        p->at++;
        return u;
    }
    struct diag *x;
    const char *near = t->kind == TOKEN_WORD ? unit_nearest(t->text) : NULL;
    if (near) {
        x = refuse(p, "unknown-unit", t->at, "\"%.*s\" is not a unit", STR_ARG(t->text));
        diag_fix(p->d, x, "write: %s", near);
    } else {
        x = refuse(p, "no-unit", place_last(p), "a number without a unit: %s is expected", what);
        diag_fix(p->d, x, "write a unit behind it, as in: %s", example);
    }
    return NULL;
}

bool look_duration(const struct parser *p)
{
    if (look(p, "an hour") || look(p, "a day") || look(p, "a week") || look(p, "a month") ||
        look(p, "a year"))
        return true;
    if (!look_number(p)) return false;
    const struct token *t = token_ahead(p, 1);
    const struct unit *u = t->kind == TOKEN_WORD ? unit_find(t->text) : NULL;
    return (u && (u->dimension == DIMENSION_DURATION || u->dimension == DIMENSION_CALENDAR)) ||
           look_ahead(p, 1, "working days") || look_ahead(p, 1, "working day");
}

static bool add_part(struct parser *p, struct duration *out, struct number n, const struct unit *u,
                     struct place at)
{
    int64_t v = 0;
    bool good;
    if (u->dimension == DIMENSION_DURATION) {
        good = number_scale(n, u->scale, &v);
        out->seconds += good && v < INT64_MAX / 4 ? v : 0;
        good = good && v < INT64_MAX / 4;
    } else {
        int64_t scale = u->scale < 0 ? -u->scale : u->scale;
        good = number_scale(n, scale, &v) && v <= 400000;
        if (good && u->scale < 0) out->months += (int32_t)v;
        if (good && u->scale > 0) out->days += (int32_t)v;
    }
    if (good) return true;
    struct diag *x = refuse(p, "bad-duration", at, "this duration cannot be computed exactly");
    diag_fix(p->d, x, "write a whole number of days, weeks, months or years, or hours and minutes");
    return false;
}

static bool read_part(struct parser *p, struct duration *out)
{
    size_t first = p->at;
    struct number n = {1, 0};
    if (look(p, "a") || look(p, "an")) {
        p->at++;
    } else if (token_now(p)->kind == TOKEN_NUMBER) {
        n = token_now(p)->number;
        p->at++;
    } else {
        int64_t v = 0;
        if (!look_number(p))
            return expected(p, "a duration", "write a number and a unit, as in: 48 hours");
        if (!read_number(p, &v)) return false;
        n.digits = v;
    }
    if (eat(p, "working days") || eat(p, "working day")) {
        int64_t v;
        if (!number_scale(n, 1, &v) || v > 100000) {
            refuse(p, "bad-duration", place_last(p), "working days are whole days");
            return false;
        }
        out->working_days += (int32_t)v;
        return true;
    }
    const struct unit *u = read_unit(p, "a duration", "48 hours, 2 days");
    if (!u) return false;
    struct place at = place_join(p->tokens.v[first].at, place_last(p));
    if (u->dimension != DIMENSION_DURATION && u->dimension != DIMENSION_CALENDAR) {
        struct diag *x = refuse(p, "wrong-unit", at, "a duration is expected; \"%.*s\" is %s",
                                STR_ARG(place_text(at)), dimension_name(u->dimension));
        diag_fix(p->d, x, "write seconds, minutes, hours, days, weeks, months or years");
        return false;
    }
    return add_part(p, out, n, u, at);
}

bool read_duration(struct parser *p, struct duration *out)
{
    *out = (struct duration){0};
    size_t first = p->at;
    if (!read_part(p, out)) return false;
    for (int parts = 1; parts < 4 && look(p, "and"); parts++) { /* 2 days and 12 hours */
        p->at++;
        if (!look_duration(p)) {
            p->at--;
            break;
        }
        if (!read_part(p, out)) return false;
    }
    out->text = words_text(p, first, p->at);
    if (duration_none(out)) {
        refuse(p, "no-time", place_join(p->tokens.v[first].at, place_last(p)),
               "a duration of nothing: write how long");
        return false;
    }
    return true;
}

bool read_measure(struct parser *p, enum dimension dimension, const char *example, int64_t *out)
{
    const struct token *t = token_now(p);
    struct number n = {0, 0};
    size_t first = p->at;
    if (t->kind == TOKEN_NUMBER) {
        n = t->number;
        p->at++;
    } else {
        if (!read_number(p, &n.digits)) return false;
    }
    const char *what = dimension_name(dimension);
    int64_t scale = 1;
    if (dimension != DIMENSION_COUNT) {
        const struct unit *u = read_unit(p, what, example);
        if (!u) return false;
        struct place at = place_join(p->tokens.v[first].at, place_last(p));
        if (u->dimension != dimension) {
            struct diag *x = refuse(p, "wrong-unit", at, "%s is expected; \"%.*s\" is %s", what,
                                    STR_ARG(place_text(at)), dimension_name(u->dimension));
            diag_fix(p->d, x, "write: %s", example);
            return false;
        }
        scale = u->scale;
    }
    if (number_scale(n, scale, out)) return true;
    refuse(p, "not-exact", place_join(p->tokens.v[first].at, place_last(p)),
           "this measure is too large or too fine to be kept exactly");
    return false;
}

bool read_string(struct parser *p, const char *what, struct str *out)
{
    if (token_now(p)->kind != TOKEN_STRING) return expected(p, what, NULL);
    *out = token_now(p)->text;
    p->at++;
    return true;
}

/* ---- points ---- */

/* "15 February 2015" at the cursor? */
static bool look_long_date(const struct parser *p)
{
    return token_now(p)->kind == TOKEN_NUMBER && token_ahead(p, 1)->kind == TOKEN_WORD &&
           month_word(token_ahead(p, 1)->text) > 0 && token_ahead(p, 2)->kind == TOKEN_NUMBER;
}

/* A whole number at the cursor + n that can be a year; 0 for none. */
static int look_year(const struct parser *p, size_t n)
{
    const struct token *t = token_ahead(p, n);
    int64_t year;
    bool good = t->kind == TOKEN_NUMBER && t->text.n == 4 && number_scale(t->number, 1, &year);
    return good && year >= 1000 ? (int)year : 0;
}

/* "2015", "December 2015" behind "the end of": 0 none, 1 a year, 2 a month of a year. */
static int look_span(const struct parser *p)
{
    if (look_year(p, 0)) return 1;
    bool month = token_now(p)->kind == TOKEN_WORD && month_word(token_now(p)->text) > 0;
    return month && look_year(p, 1) ? 2 : 0;
}

static bool look_base(const struct parser *p)
{
    struct symbol s;
    if (token_now(p)->kind == TOKEN_DATE || look_long_date(p)) return true;
    if (look(p, "day") && token_ahead(p, 1)->kind == TOKEN_NUMBER) return true;
    if (look(p, "D-day") || look(p, "entry into force") || look(p, "signature")) return true;
    if (look(p, "termination") || look(p, "expiry") || look(p, "the end of the term")) return true;
    if (look(p, "the date of signature")) return true;
    return name_match(p, p->at, &s) && s.sort == SORT_DATE;
}

static bool look_edge(const struct parser *p)
{
    size_t n = look(p, "the") ? 1 : 0;
    return look_ahead(p, n, "end of") || look_ahead(p, n, "start of") ||
           look_ahead(p, n, "beginning of");
}

bool look_point(const struct parser *p)
{
    if (look_base(p) || look_edge(p)) return true;
    if (!look_duration(p)) return false;
    struct parser q = *p; /* a look only: nothing is reported or entered */
    size_t n = 0;
    while (n < 8 && !look_ahead(&q, n, "after") && !look_ahead(&q, n, "before")) n++;
    q.at += n + 1;
    return n < 8 && (look_base(&q) || look_edge(&q));
}

static bool fixed(struct parser *p, struct point *out, struct civil c, bool has_time, bool late,
                  const int32_t *offset)
{
    const struct zone *z = p->header.zone ? p->header.zone : zone_utc();
    out->op = POINT_FIXED;
    if (!civil_valid(c)) {
        struct diag *x = refuse(p, "bad-date", place_last(p), "there is no such date");
        diag_fix(p->d, x, "write year, month and day, as in 2015-02-28");
        return false;
    }
    if (!has_time) {
        int64_t day = civil_to_days(c.year, c.month, c.day);
        out->first = zone_day_start(z, day);
        out->last = zone_day_end(z, day);
        return true;
    }
    out->first = offset ? civil_to_seconds(c) - *offset : zone_instant(z, c);
    out->last = late ? out->first - 1 : out->first; /* 24:00 is the end of the day */
    return true;
}

/* An optional time of day behind a date: "18:00", "at 18:00". */
static bool read_clock(struct parser *p, struct civil *c, bool *has_time, bool *late)
{
    *has_time = *late = false;
    size_t n = look(p, "at") ? 1 : 0;
    const struct token *t = token_ahead(p, n);
    if (t->kind != TOKEN_TIME) return true;
    p->at += n + 1;
    *has_time = true;
    *late = t->midnight_end;
    if (t->midnight_end) {
        *c = civil_from_days(civil_to_days(c->year, c->month, c->day) + 1);
        return true;
    }
    c->hour = t->time.civil.hour;
    c->minute = t->time.civil.minute;
    c->second = t->time.civil.second;
    return true;
}

static bool read_date_token(struct parser *p, struct point *out)
{
    const struct token *t = token_now(p);
    p->at++;
    struct civil c = t->time.civil;
    bool has_time = t->time.has_time, late = t->midnight_end;
    if (!has_time && !read_clock(p, &c, &has_time, &late)) return false;
    return fixed(p, out, c, has_time, late, t->time.has_offset ? &t->time.offset : NULL);
}

static bool read_long_date(struct parser *p, struct point *out)
{
    int64_t day = 0, year = 0;
    int month = month_word(token_ahead(p, 1)->text);
    if (!number_scale(token_now(p)->number, 1, &day) || day > 31) day = 0;
    if (!number_scale(token_ahead(p, 2)->number, 1, &year) || year > 9999) year = 0;
    struct place at = place_join(token_now(p)->at, token_ahead(p, 2)->at);
    struct civil c = {(int)year, month, (int)day, 0, 0, 0};
    if (!civil_valid(c)) {
        struct diag *x = refuse(p, "bad-date", at, "there is no date \"%.*s\" in the calendar",
                                STR_ARG(place_text(at)));
        diag_fix(p->d, x, "write a date that exists, as in 28 February 2015");
        return false;
    }
    p->at += 3;
    bool has_time, late;
    return read_clock(p, &c, &has_time, &late) && fixed(p, out, c, has_time, late, NULL);
}

static bool read_day_n(struct parser *p, struct point *out)
{
    out->op = POINT_DAY;
    if (eat(p, "D-day")) {
        out->day = 1;
        if (!look_punct(p, '+') && !eat(p, "plus")) return true;
        eat_punct(p, '+');
        if (!read_number(p, &out->day)) return false;
        out->day++;
        return true;
    }
    p->at++;
    if (!read_number(p, &out->day)) return false;
    if (out->day >= 1 && out->day <= 400000) return true;
    struct diag *x = refuse(p, "bad-day", place_last(p), "days are counted from day 1");
    diag_fix(p->d, x, "write day 1 or a later day");
    return false;
}

static bool read_base(struct parser *p, struct point *out)
{
    if (token_now(p)->kind == TOKEN_DATE) return read_date_token(p, out);
    if (look_long_date(p)) return read_long_date(p, out);
    if (look(p, "D-day") || (look(p, "day") && token_ahead(p, 1)->kind == TOKEN_NUMBER))
        return read_day_n(p, out);
    if (eat(p, "entry into force")) {
        out->op = POINT_FORCE;
        return true;
    }
    if (eat(p, "termination") || eat(p, "expiry") || eat(p, "the end of the term")) {
        out->op = POINT_EXPIRY;
        return true;
    }
    if (eat(p, "the date of signature") || eat(p, "signature")) {
        if (!p->header.has_signed) {
            struct diag *x = refuse(p, "no-signature", place_last(p),
                                    "the agreement does not say when it was signed");
            diag_fix(p->d, x, "write in its first sentence: signed 2015-02-12");
            return false;
        }
        *out = p->header.signed_;
        return true;
    }
    if (name_eat(p, SORT_DATE, &out->date)) {
        out->op = POINT_DATE;
        return true;
    }
    return expected(p, "a point of time",
                    "write a date, \"day 14\", \"entry into force\" or a declared date");
}

/* "2015", "December 2015": all its days. */
static void read_span(struct parser *p, struct point *out)
{
    const struct zone *z = p->header.zone ? p->header.zone : zone_utc();
    bool of_month = look_span(p) == 2;
    int year = look_year(p, of_month), month = of_month ? month_word(token_now(p)->text) : 1;
    int last = of_month ? month : 12;
    p->at += of_month ? 2 : 1;
    out->op = POINT_FIXED;
    out->first = zone_day_start(z, civil_to_days(year, month, 1));
    out->last = zone_day_start(z, civil_to_days(year + last / 12, last % 12 + 1, 1)) - 1;
}

/* Entry into force is an instant and needs no edge; of a day, start and end are. */
static bool read_edge(struct parser *p, struct point *out)
{
    eat(p, "the");
    out->edge = eat(p, "end of") ? EDGE_END : EDGE_START;
    if (out->edge == EDGE_START) p->at += 2;
    if (look_span(p)) {
        read_span(p, out);
        return true;
    }
    eat(p, "the day of");
    return read_base(p, out);
}

bool read_point(struct parser *p, struct point *out)
{
    *out = (struct point){.date = LANG_NONE, .term = LANG_NONE};
    size_t first = p->at;
    struct duration shift = {0};
    bool backwards = false;
    if (!look_base(p) && !look_edge(p) && look_duration(p)) {
        if (!read_duration(p, &shift)) return false;
        backwards = look(p, "before");
        if (!eat(p, "before") && !expect(p, "after", "write: 14 days after entry into force"))
            return false;
    }
    bool edge = look_edge(p) && !look(p, "the end of the term");
    if (edge ? !read_edge(p, out) : !read_base(p, out)) return false;
    out->shift = shift;
    out->backwards = backwards;
    out->at = place_join(p->tokens.v[first].at, place_last(p));
    return true;
}
