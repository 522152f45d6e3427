/* Numbers with units, ordinal days and dates, as both texts write them: "14 days", "fourteen days", "day
 * 14", "the fourteenth day", "2 weeks", "D-day plus 13", "10 June 2015", "2015-06-10", "half". */
#include "lint/private.h"

#define DAY 86400

static bool ordinal(struct str word, int64_t *out)
{
    static const struct {
        const char *word;
        int64_t n;
    } words[] = {{"first", 1},       {"second", 2},      {"third", 3},      {"fourth", 4},
                 {"fifth", 5},       {"sixth", 6},       {"seventh", 7},    {"eighth", 8},
                 {"ninth", 9},       {"tenth", 10},      {"eleventh", 11},  {"twelfth", 12},
                 {"thirteenth", 13}, {"fourteenth", 14}, {"fifteenth", 15}, {"twentieth", 20},
                 {"thirtieth", 30},  {"sixtieth", 60},   {"ninetieth", 90}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_eq_nocase(word, str_of(words[i].word))) continue;
        *out = words[i].n;
        return true;
    }
    return false;
}

static const struct word *token(const struct passages *p, size_t at, size_t end)
{
    return at < end ? &p->tokens.v[at] : NULL;
}

static bool is_word(const struct word *t, const char *word)
{
    return t && token_word(t, word);
}

static bool take(struct measured_at *out, enum measured what, int64_t value, size_t first,
                 size_t end)
{
    *out = (struct measured_at){what, value, 0, first, end};
    return true;
}

static bool whole_number(const struct word *t, int64_t *n)
{
    if (!t) return false;
    if (t->kind == TOKEN_WORD) return number_word(t->text, n);
    *n = t->n;
    return t->kind == TOKEN_NUMBER && !t->decimals;
}

/* "25 km", "fourteen days", "3 working days", "30 %" */
static bool with_unit(const struct passages *p, size_t at, size_t end, struct measured_at *out)
{
    const struct word *t = token(p, at, end), *next;
    int64_t n = 0, value;
    if (!whole_number(t, &n) && !(t && t->kind == TOKEN_NUMBER)) return false;
    size_t i = at + 1;
    next = token(p, i, end);
    if (is_word(next, "working") || is_word(next, "calendar") || is_word(next, "business")) i++;
    next = token(p, i, end);
    if (!next || (next->kind != TOKEN_WORD && !(next->kind == TOKEN_PUNCT && next->punct == '%')))
        return false;
    const struct unit *u = unit_find(next->text);
    struct number number =
        t->kind == TOKEN_NUMBER ? (struct number){t->n, t->decimals} : (struct number){n, 0};
    if (!u || !number_scale(number, u->scale < 0 ? -u->scale : u->scale, &value)) return false;
    if (u->dimension == DIMENSION_CALENDAR && u->scale < 0)
        return take(out, MEASURED_MONTHS, value, at, i + 1);
    if (u->dimension == DIMENSION_CALENDAR)
        return value <= INT64_MAX / DAY && take(out, MEASURED_TIME, value * DAY, at, i + 1);
    if (u->dimension == DIMENSION_DURATION) return take(out, MEASURED_TIME, value, at, i + 1);
    if (u->dimension == DIMENSION_LENGTH)
        return take(out, value < 100000 ? MEASURED_SIZE : MEASURED_LENGTH, value, at, i + 1);
    return u->dimension == DIMENSION_SHARE && take(out, MEASURED_SHARE, value, at, i + 1);
}

/* "day 14", "D-day plus 13", "the fourteenth day", "the 14th day" */
static bool ordinal_day(const struct passages *p, size_t at, size_t end, struct measured_at *out)
{
    const struct word *t = token(p, at, end), *next = token(p, at + 1, end),
                      *third = token(p, at + 2, end);
    int64_t n;
    if (!t || !next) return false;
    if (is_word(t, "day") && next->kind == TOKEN_NUMBER && whole_number(next, &n) && n < INT32_MAX)
        return take(out, MEASURED_TIME, n * DAY, at, at + 2);
    if (is_word(t, "D-day") && is_word(next, "plus") && whole_number(third, &n) && n < INT32_MAX)
        return take(out, MEASURED_TIME, n * DAY, at, at + 3);
    if (t->kind == TOKEN_WORD && ordinal(t->text, &n) && is_word(next, "day"))
        return take(out, MEASURED_TIME, n * DAY, at, at + 2);
    bool suffix = t->kind == TOKEN_NUMBER && (is_word(next, "st") || is_word(next, "nd") ||
                                              is_word(next, "rd") || is_word(next, "th"));
    return suffix && is_word(third, "day") && whole_number(t, &n) && n < INT32_MAX &&
           take(out, MEASURED_TIME, n * DAY, at, at + 3);
}

/* "10 June", "June 10, 2015", "2015-06-10" */
static bool date(const struct passages *p, size_t at, size_t end, struct measured_at *out)
{
    const struct word *t = token(p, at, end), *next = token(p, at + 1, end);
    int64_t day = 0, year = 0;
    if (t && t->kind == TOKEN_DATE) {
        *out = (struct measured_at){MEASURED_DATE, t->n % 10000, (int)(t->n / 10000), at, at + 1};
        return true;
    }
    if (!t || !next) return false;
    bool first = t->kind == TOKEN_NUMBER && next->kind == TOKEN_WORD && month_word(next->text);
    bool second = t->kind == TOKEN_WORD && next->kind == TOKEN_NUMBER && month_word(t->text);
    if (!first && !second) return false;
    if (!whole_number(first ? t : next, &day) || day < 1 || day > 31) return false;
    size_t i = at + 2;
    const struct word *comma = token(p, i, end);
    i += comma && comma->kind == TOKEN_PUNCT && comma->punct == ',';
    const struct word *y = token(p, i, end);
    bool has_year =
        y && y->kind == TOKEN_NUMBER && whole_number(y, &year) && year > 999 && year < 10000;
    *out = (struct measured_at){MEASURED_DATE,
                                (int64_t)month_word(first ? next->text : t->text) * 100 + day,
                                has_year ? (int)year : 0, at, has_year ? i + 1 : at + 2};
    return true;
}

bool measured_at(const struct passages *p, size_t at, size_t end, struct measured_at *out)
{
    if (is_word(token(p, at, end), "half")) return take(out, MEASURED_SHARE, 5000, at, at + 1);
    return ordinal_day(p, at, end, out) || date(p, at, end, out) || with_unit(p, at, end, out);
}
