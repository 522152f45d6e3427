/* Facts: what the accepted reports say, grouped by what they speak of.
 *
 * A report is one accepted row and is never edited.  All reports with the same kind and identity
 * speak of one *fact* (an event or a state).  Reports of one fact that say the same are one
 * *alternative*; reports that differ are alternatives of one choice: exactly one of them holds in
 * each possible world.  Whether the fact is there at all in every world depends on the evidence
 * rule of whoever asks: when all reports of the fact together do not meet it, "it never happened"
 * is one more alternative.
 *
 * Everything is an index into flat arrays (uint32, FACTS_NONE = none), so that a million reports
 * are columns to sweep over and not a heap of objects.  The agreement's things (kinds, actors,
 * zones, readings) are opaque indices here; a place is an opaque index that only a `place_book`
 * understands, and geometry stays behind it.
 *
 * A `struct facts` owns all its memory; texts handed in are copied.  Building is append-only;
 * facts_seal ends it. */
#ifndef TRUCE_FACTS_FACTS_H
#define TRUCE_FACTS_FACTS_H

#include "base/instant.h"
#include "base/intern.h"
#include "base/status.h"

#define FACTS_NONE UINT32_MAX

/* An actor that the agreement does not name; never equal to any that it names. */
#define FACTS_OTHER_ACTOR (UINT32_MAX - 1)

/* The mission's words for how it knows; the first three are its own eyes. */
enum grade { GRADE_SEEN, GRADE_SENSOR, GRADE_CORROBORATED, GRADE_REPORTED, GRADE_ALLEGED };
#define GRADES 5

/* "seen by the mission", … */
const char *grade_name(enum grade g);

/* Where a place lies against an area. */
enum side { SIDE_OUTSIDE, SIDE_INSIDE, SIDE_UNDECIDED };

/* An attribute's value, known to lie in [lo, hi].  Numbers: in the attribute's base unit; exact
 * when lo == hi; "at least 3" is [3, INT64_MAX].  Texts: the number of the text in facts.texts;
 * actors: the actor's index; yes/no: 1/0; for these three either lo == hi or unknown. */
struct value {
    int64_t lo, hi;
};

#define VALUE_UNKNOWN ((struct value){INT64_MIN, INT64_MAX})

static inline bool value_known(struct value v)
{
    return v.lo == v.hi;
}

/* The three places an event may have: where it happened, and from and into where it acted. */
enum role_of_place { PLACE_AT, PLACE_FROM, PLACE_INTO };
#define PLACES 3

/* What one report says.  An event happened once, somewhere in [start_lo, start_hi] (end_* equal
 * start_*).  A state began somewhere in [start_lo, start_hi] and ended somewhere in
 * [end_lo, end_hi]; INSTANT_MIN / INSTANT_MAX where nothing is known, and start_lo <= start_hi,
 * end_lo <= end_hi, start_lo <= end_hi hold.  All ends are inclusive seconds. */
struct content {
    instant start_lo, start_hi, end_lo, end_hi;
    uint32_t place[PLACES]; /* FACTS_NONE: not stated, undecided in every zone */
    const uint32_t *actors; /* candidates, without repetition: one = known, several = one of them */
    size_t n_actors;        /* 0 = unknown: anyone, named by the agreement or not */
    const struct value *values; /* one for each attribute of the kind, in the kind's order */
    size_t n_values;            /* as facts_init was told for the kind */
};

/* One row, as intake hands it over; all pointers are borrowed for the call. */
struct report_in {
    struct str id;       /* of the row */
    struct str identity; /* of the event or state; empty: the row's id */
    uint32_t kind;
    struct content says;
    enum grade grade;
    const struct str *sources; /* who says so; different names are independent of one another */
    size_t n_sources;
    uint32_t file;    /* from facts_add_file */
    uint32_t line;    /* from 1 */
    instant recorded; /* record time; INSTANT_MIN when not stated */
    struct str shown; /* what a reader should see beside it ("near Shyrokyne"); may be empty */
};

struct report {
    uint32_t id;          /* text in facts.texts */
    uint32_t alternative; /* what it says */
    uint32_t next;        /* the fact's next report, or FACTS_NONE */
    uint32_t file, line;
    uint32_t sources, n_sources; /* range in facts.source_pool (texts) */
    enum grade grade;
    instant recorded;
    struct str shown;
};

struct alternative {
    instant start_lo, start_hi, end_lo, end_hi; /* as in struct content */
    uint32_t place[PLACES];
    uint32_t actors, n_actors; /* range in facts.actor_pool, ascending; n 0 = unknown */
    uint32_t values;           /* first in facts.value_pool; as many as the kind has attributes */
    uint32_t next;             /* the fact's next alternative, or FACTS_NONE */
};

struct fact {
    uint32_t kind;
    uint32_t identity;          /* text */
    uint32_t first_alternative; /* never FACTS_NONE */
    uint32_t first_report, last_report;
    uint32_t n_alternatives, n_reports;
};

/* Where a coverage record or a gap applies. */
enum coverage_where { COVERAGE_EVERYWHERE, COVERAGE_ZONE, COVERAGE_PLACE };

/* Who could have seen what, where, when; or a gap in that, with its cause.  At a second an area is
 * covered for a kind when one coverage record for that kind holds there and then, its area contains
 * the whole of the area asked for, and no gap for that kind meets the area then. */
struct coverage {
    bool gap;
    enum coverage_where where;
    uint32_t area;           /* zone or place, as `where` says */
    uint32_t kinds, n_kinds; /* range in facts.kind_pool; n 0 = every observed kind */
    uint32_t by;             /* actor, or FACTS_NONE */
    instant from, to;        /* inclusive */
    struct str means;        /* "patrol", "camera"; may be empty */
    struct str cause;        /* of a gap: "denied by north: no escort"; empty for coverage */
    uint32_t file, line;
};

/* What a body recorded about an incident. */
enum finding_says {
    FINDING_ATTRIBUTED,
    FINDING_NOT_ATTRIBUTABLE,
    FINDING_EXCUSED, /* a ruling: what it did is excused */
    FINDING_REOPENED /* a ruling that excused no longer stands */
};

struct finding {
    enum finding_says says;
    uint32_t fact; /* set by facts_seal from kind and identity; FACTS_NONE: no such fact */
    uint32_t kind;
    uint32_t identity; /* text */
    uint32_t body;     /* actor that found it */
    uint32_t actor;    /* to whom; FACTS_NONE unless FINDING_ATTRIBUTED */
    instant recorded;
    uint32_t file, line;
};

/* A row that was not accepted. */
struct set_aside {
    uint32_t file, line;
    struct str reason;
};

/* What geometry answers.  `zone` is a zone of the agreement and `reading` the reading of the
 * agreement under which to take it (FACTS_NONE: no disputed term, or the first alternative). */
struct place_book {
    void *ctx;
    size_t n_places;
    /* For each place [0, n_places), its enum side against the zone: the zone's whole dissolved
     * geometry is tested once.  STATUS_OK, or STATUS_FAULT. */
    enum status (*sides)(void *ctx, uint32_t zone, uint32_t reading, uint8_t *out);
    /* The zone against the area of a coverage record: INSIDE when the whole zone lies in the
     * area, OUTSIDE when they do not meet, UNDECIDED else.  zone FACTS_NONE: no place is asked
     * for, the whole earth. */
    enum status (*covered)(void *ctx, uint32_t zone, uint32_t reading, const struct coverage *c,
                           enum side *out);
    /* A point to draw, with its uncertainty in metres; false when the place has none.  May be
     * NULL. */
    bool (*point)(void *ctx, uint32_t place, double *lon, double *lat, double *radius);
};

struct facts {
    struct arena arena;
    struct intern texts;         /* ids, identities, sources, text values */
    const uint8_t *n_attributes; /* by kind */
    size_t n_kinds;

    struct report *reports;
    struct alternative *alternatives;
    struct fact *facts; /* after facts_seal in the order of first sight */
    uint32_t *actor_pool, *source_pool, *kind_pool;
    struct value *value_pool;
    struct coverage *coverage;
    struct finding *findings;
    struct set_aside *set_aside;
    struct str *files;
    struct str *notes; /* what whoever made the mapping wants read beside every result */
    size_t n_reports, n_alternatives, n_facts, n_coverage, n_findings, n_set_aside, n_files,
        n_notes;

    uint64_t rows_read;     /* data rows seen by intake: accepted, repeated, filtered, set aside */
    uint64_t rows_filtered; /* left out by a filter that the mapping declares */
    uint64_t rows_repeated; /* the same report once more */
    instant
        first_valid; /* earliest finite instant any accepted row speaks of; INSTANT_MAX if none */
    instant last_valid; /* latest finite instant; INSTANT_MIN if none */

    struct place_book places; /* set by intake before evaluation; zeroed: every place undecided */
    bool sealed, failed;      /* failed: memory ran out; the facts must not be used */
    struct facts_private *private_; /* capacities and the index of identities */
};

/* Make an empty collection.  n_attributes[k] is the number of attributes of kind k (copied). */
enum status facts_init(struct facts *f, size_t n_kinds, const uint8_t *n_attributes);
void facts_free(struct facts *f);

enum facts_added {
    FACTS_NEW,      /* a new fact */
    FACTS_MORE,     /* one more report of a known fact that says the same */
    FACTS_CONFLICT, /* one more report of a known fact that says otherwise */
    FACTS_REPEATED  /* the same report as before: nothing changed, rows_repeated counted */
};

/* Add an accepted report.  `how` may be NULL.  STATUS_OK or STATUS_FAULT (memory). */
enum status facts_add(struct facts *f, const struct report_in *r, enum facts_added *how);

/* Number of a text, for text values and sources; INTERN_NONE when memory fails. */
uint32_t facts_text(struct facts *f, struct str s);

/* Add a file's name; its index, or FACTS_NONE when memory fails. */
uint32_t facts_add_file(struct facts *f, struct str name);

/* c is copied; c->kinds is ignored in favour of the list given. */
enum status facts_add_coverage(struct facts *f, const struct coverage *c, const uint32_t *kinds,
                               size_t n_kinds);

/* A finding about the fact (kind, identity); may come before the fact itself. */
enum status facts_add_finding(struct facts *f, const struct finding *x, struct str identity);

enum status facts_set_aside(struct facts *f, uint32_t file, uint32_t line, struct str reason);
enum status facts_note(struct facts *f, struct str note);

/* End of building: findings find their facts.  Call once, before evaluation. */
enum status facts_seal(struct facts *f);

/* The fact of that kind and identity, or FACTS_NONE. */
uint32_t facts_find(const struct facts *f, uint32_t kind, struct str identity);

#endif
