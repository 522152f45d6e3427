/* Reading a zone from ICU, once.
 *
 * ICU opens a name it does not know as UTC, so the name is first looked up among the system's.
 * Transitions are asked for one after the other from before the first; those that change only the
 * name or the split between standard and summer time are merged away. */
#include "calendar/zone.h"

#include <string.h>
#include <unicode/ucal.h>
#include <unicode/uenum.h>
#include <unicode/ustring.h>

#define MAX_NAME 64
#define TABLE_END_YEAR 2500

/* The name as ICU wants it, ended by NUL; false when it cannot be a zone's. */
static bool to_uchars(struct str name, UChar *out)
{
    if (name.n == 0 || name.n >= MAX_NAME) return false;
    for (size_t i = 0; i < name.n; i++) {
        if ((unsigned char)name.p[i] > 126 || (unsigned char)name.p[i] < 33) return false;
        out[i] = (UChar)name.p[i];
    }
    out[name.n] = 0;
    return true;
}

static bool is_known(const UChar *id)
{
    UErrorCode e = U_ZERO_ERROR;
    UChar canonical[128];
    UBool system = false;
    ucal_getCanonicalTimeZoneID(id, -1, canonical, 128, &system, &e);
    static const UChar unknown[] = u"Etc/Unknown";
    return U_SUCCESS(e) && system && u_strcmp(canonical, unknown) != 0;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_letters(struct str a, struct str b)
{
    int count[256] = {0};
    for (size_t i = 0; i < a.n; i++) count[(unsigned char)a.p[i]]++;
    for (size_t i = 0; i < b.n; i++) count[(unsigned char)b.p[i]]--;
    for (size_t i = 0; i < 256; i++) {
        if (count[i]) return false;
    }
    return true;
}

/* Twice the distance between two names ignoring case, and one more unless one is an anagram of the
 * other: of two names equally near, letters swapped are the likelier slip. */
static size_t distance_nocase(struct str a, struct str b)
{
    char x[MAX_NAME], y[MAX_NAME];
    if (a.n >= MAX_NAME || b.n >= MAX_NAME) return SIZE_MAX;
    for (size_t i = 0; i < a.n; i++) x[i] = a.p[i] == ' ' ? '_' : lower(a.p[i]);
    for (size_t i = 0; i < b.n; i++) y[i] = lower(b.p[i]);
    struct str p = {x, a.n}, q = {y, b.n};
    size_t edits = str_distance(p, q);
    return edits == SIZE_MAX ? edits : edits * 2 + !same_letters(p, q);
}

/* Whole names are compared, and the city alone: "Kyiv" is near "Europe/Kyiv". */
static size_t name_distance(struct str wanted, struct str known)
{
    size_t whole = distance_nocase(wanted, known);
    size_t slash = known.n;
    while (slash > 0 && known.p[slash - 1] != '/') slash--;
    size_t city = distance_nocase(wanted, str_slice(known, slash, known.n));
    return city < whole ? city : whole;
}

static void suggest(struct arena *a, struct str wanted, struct diags *d, struct diag *diag)
{
    UErrorCode e = U_ZERO_ERROR;
    UEnumeration *all = ucal_openTimeZones(&e);
    if (U_FAILURE(e)) return;
    size_t best = wanted.n > 6 ? 8 : 6; /* distances from here on are no likeness */
    struct str found = {0};
    int32_t n = 0;
    const char *id;
    while ((id = uenum_next(all, &n, &e)) && U_SUCCESS(e)) {
        struct str known = {id, (size_t)n};
        size_t distance = name_distance(wanted, known);
        if (distance < best) {
            best = distance;
            found = str_dup(a, known);
        }
    }
    uenum_close(all);
    if (found.n)
        diag_fix(d, diag, "%.*s", STR_ARG(found));
    else
        diag_fix(d, diag, "a name such as Europe/Kyiv or America/Bogota");
}

static int32_t offset_now(const UCalendar *cal, UErrorCode *e)
{
    return (ucal_get(cal, UCAL_ZONE_OFFSET, e) + ucal_get(cal, UCAL_DST_OFFSET, e)) / 1000;
}

static bool read_steps(struct arena *a, UCalendar *cal, struct zone *z)
{
    UErrorCode e = U_ZERO_ERROR;
    size_t cap = 0;
    double end = (double)civil_to_days(TABLE_END_YEAR, 1, 1) * SECONDS_PER_DAY * 1000.0;
    ucal_setMillis(cal, (double)civil_to_days(1, 1, 1) * SECONDS_PER_DAY * 1000.0, &e);
    instant at = INSTANT_MIN;
    for (;;) {
        int32_t offset = offset_now(cal, &e);
        if (U_FAILURE(e)) return false;
        if (z->n == 0 || z->steps[z->n - 1].offset != offset) {
            struct zone_step *moved = arena_grow(a, z->steps, z->n, &cap, sizeof(*moved));
            if (!moved) return false;
            z->steps = moved;
            z->steps[z->n++] = (struct zone_step){at, offset};
        }
        double next = 0;
        if (!ucal_getTimeZoneTransitionDate(cal, UCAL_TZ_TRANSITION_NEXT, &next, &e)) break;
        if (next >= end) break;
        ucal_setMillis(cal, next, &e);
        at = (instant)(next / 1000);
    }
    return U_SUCCESS(e);
}

const struct zone *zone_load(struct arena *a, struct str name, struct place at, struct diags *d)
{
    UChar id[MAX_NAME];
    if (!to_uchars(name, id) || !is_known(id)) {
        struct diag *diag = diag_add(d, SEVERITY_ERROR, "unknown-time-zone", at,
                                     "unknown time zone \"%.*s\"", STR_ARG(name));
        if (diag) suggest(a, name, d, diag);
        return NULL;
    }
    struct zone *z = arena_alloc(a, sizeof(*z));
    UErrorCode e = U_ZERO_ERROR;
    UCalendar *cal = z ? ucal_open(id, -1, "en", UCAL_GREGORIAN, &e) : NULL;
    bool done = cal && U_SUCCESS(e);
    if (done) {
        z->name = str_dup(a, name);
        done = z->name.p && read_steps(a, cal, z);
    }
    if (cal) ucal_close(cal);
    if (!done) {
        diag_add(d, SEVERITY_ERROR, "out-of-memory", at, "cannot read time zone \"%.*s\"",
                 STR_ARG(name));
        return NULL;
    }
    return z;
}
