/* Units, small numbers and months as words: tables. */
#include "lang/lex.h"

static const struct unit units[] = {
    {"mm", DIMENSION_LENGTH, 1},
    {"millimetre", DIMENSION_LENGTH, 1},
    {"millimetres", DIMENSION_LENGTH, 1},
    {"cm", DIMENSION_LENGTH, 10},
    {"m", DIMENSION_LENGTH, 1000},
    {"metre", DIMENSION_LENGTH, 1000},
    {"metres", DIMENSION_LENGTH, 1000},
    {"meter", DIMENSION_LENGTH, 1000},
    {"meters", DIMENSION_LENGTH, 1000},
    {"km", DIMENSION_LENGTH, 1000000},
    {"kilometre", DIMENSION_LENGTH, 1000000},
    {"kilometres", DIMENSION_LENGTH, 1000000},
    {"kilometer", DIMENSION_LENGTH, 1000000},
    {"kilometers", DIMENSION_LENGTH, 1000000},
    {"g", DIMENSION_MASS, 1},
    {"kg", DIMENSION_MASS, 1000},
    {"kilogram", DIMENSION_MASS, 1000},
    {"kilograms", DIMENSION_MASS, 1000},
    {"t", DIMENSION_MASS, 1000000},
    {"tonne", DIMENSION_MASS, 1000000},
    {"tonnes", DIMENSION_MASS, 1000000},
    {"second", DIMENSION_DURATION, 1},
    {"seconds", DIMENSION_DURATION, 1},
    {"s", DIMENSION_DURATION, 1},
    {"minute", DIMENSION_DURATION, 60},
    {"minutes", DIMENSION_DURATION, 60},
    {"min", DIMENSION_DURATION, 60},
    {"hour", DIMENSION_DURATION, 3600},
    {"hours", DIMENSION_DURATION, 3600},
    {"h", DIMENSION_DURATION, 3600},
    {"day", DIMENSION_CALENDAR, 1},
    {"days", DIMENSION_CALENDAR, 1},
    {"week", DIMENSION_CALENDAR, 7},
    {"weeks", DIMENSION_CALENDAR, 7},
    {"month", DIMENSION_CALENDAR, -1},
    {"months", DIMENSION_CALENDAR, -1},
    {"year", DIMENSION_CALENDAR, -12},
    {"years", DIMENSION_CALENDAR, -12},
    {"percent", DIMENSION_SHARE, 100},
    {"%", DIMENSION_SHARE, 100},
};

#define N_UNITS (sizeof units / sizeof units[0])

const struct unit *unit_find(struct str word)
{
    for (size_t i = 0; i < N_UNITS; i++)
        if (str_eq(word, str_of(units[i].word))) return &units[i];
    return NULL;
}

const char *unit_nearest(struct str word)
{
    size_t best = word.n / 3 + 1;
    const char *found = NULL;
    if (word.n < 3) return NULL;
    for (size_t i = 0; i < N_UNITS; i++) {
        struct str w = str_of(units[i].word);
        if (w.n < 4) continue; /* everything is near "m" */
        if (str_nearer(word, w, &best)) found = units[i].word;
    }
    return found;
}

const char *dimension_name(enum dimension d)
{
    static const char *const names[] = {
        [DIMENSION_COUNT] = "a number without unit",
        [DIMENSION_LENGTH] = "a length",
        [DIMENSION_MASS] = "a mass",
        [DIMENSION_DURATION] = "a duration",
        [DIMENSION_CALENDAR] = "a duration",
        [DIMENSION_SHARE] = "a share",
    };
    return names[d];
}

bool number_scale(struct number n, int64_t scale, int64_t *out)
{
    int64_t v = n.digits;
    int decimals = n.decimals;
    while (decimals > 0 && v % 10 == 0) v /= 10, decimals--;
    while (decimals > 0 && scale % 10 == 0) scale /= 10, decimals--;
    while (decimals > 0 && (v % 2 == 0 || v % 5 == 0) && (scale % 2 == 0 || scale % 5 == 0)) {
        if (v % 2 == 0 && scale % 5 == 0) {
            v /= 2, scale /= 5;
        } else if (v % 5 == 0 && scale % 2 == 0) {
            v /= 5, scale /= 2;
        } else {
            break;
        }
        decimals--;
    }
    return decimals == 0 && !__builtin_mul_overflow(v, scale, out);
}

bool number_word(struct str word, int64_t *out)
{
    static const struct {
        const char *word;
        int value;
    } words[] = {
        {"one", 1},     {"two", 2},     {"three", 3},     {"four", 4},     {"five", 5},
        {"six", 6},     {"seven", 7},   {"eight", 8},     {"nine", 9},     {"ten", 10},
        {"eleven", 11}, {"twelve", 12}, {"fourteen", 14}, {"fifteen", 15}, {"twenty", 20},
        {"thirty", 30}, {"forty", 40},  {"fifty", 50},    {"sixty", 60},   {"ninety", 90},
        {"once", 1},    {"twice", 2},   {"hundred", 100},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (!str_eq(word, str_of(words[i].word))) continue;
        *out = words[i].value;
        return true;
    }
    return false;
}

int month_word(struct str word)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    for (int i = 0; i < 12; i++)
        if (str_eq_nocase(word, str_of(months[i]))) return i + 1;
    return 0;
}
