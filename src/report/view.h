/* The view: everything a rendering says, resolved to words, instants and counts.
 *
 * The renderings (table, JSON, CSV, page, explanation) know neither the agreement's model nor the
 * judge's result: they read a `struct view`, so that each rendering says the same thing, and each
 * can be tested on a view made by hand.  view_make makes one from a result.
 *
 * Texts are as the users' files have them: each rendering makes them safe for where it puts them.
 * Times are instants; `clock` turns them into the agreement's local time.  All memory is the
 * arena's that view_make was given; texts may be borrowed from the agreement and the facts, which
 * must live as long as the view. */
#ifndef TRUCE_REPORT_VIEW_H
#define TRUCE_REPORT_VIEW_H

#include "base/instant.h"
#include "base/status.h"
#include "verdict/verdict.h"

/* Local time: seconds east of UTC in force at an instant. */
struct view_clock {
    int32_t (*offset)(const void *ctx, instant at);
    const void *ctx;
    struct str name; /* "Europe/Kyiv" */
};

/* A report that speaks of an incident. */
struct view_report {
    struct str id;
    struct str sources; /* "Reuters News; Interfax" */
    struct str grade;   /* "reported" */
    struct str file;
    size_t line;
    struct str shown; /* what the mapping puts beside it */
    instant recorded; /* INSTANT_MIN: not stated */
};

/* One of the things that the reports of an incident say of it. */
struct view_alternative {
    instant from, to;           /* the span it happened somewhere in; a state: from its start … */
    instant until_lo, until_hi; /* … to its end; equal to from, to for an event */
    struct str who;             /* "ukraine or ordlo"; "unknown" */
    struct str details;         /* other attributes, "deaths 3" */
    const struct view_report *reports;
    size_t n_reports;
};

/* What an instance of a provision rests on. */
struct view_incident {
    struct str id;   /* identity of the event or state */
    struct str kind; /* its kind's name */
    bool state;      /* holds over time, rather than happening once */
    const struct view_alternative *alternatives;
    size_t n_alternatives;
    size_t n_reports, n_sources;
    bool has_point;          /* a point to draw, */
    double lon, lat, radius; /* degrees east and north, metres of uncertainty */
};

/* An instance with its verdict: what the certain and possible counts count, and what is pending,
 * waiting or excused. */
struct view_instance {
    enum verdict verdict;
    instant from, to; /* as the anchor says: an event's span, a duty from when to when, a stay */
    enum anchor anchor;
    size_t incident;  /* index in view.incidents, or SIZE_MAX */
    uint32_t reasons; /* bits of enum reason: why not certain */
};

/* Who could have seen what, or a gap in that. */
struct view_coverage {
    bool gap;
    instant from, to;
    struct str kinds;            /* "fire, movement"; "all observed kinds" */
    struct str where;            /* a zone's name; "everywhere" */
    struct str by, means, cause; /* each may be empty */
};

/* How the readings of a provision stand to one another, for one subject: each is computed, none is
 * preferred. */
enum agreement_of_readings {
    READINGS_NONE,    /* nothing is read in several ways */
    READINGS_DIFFER,  /* they give different verdicts */
    READINGS_VERDICT, /* the same verdict, but not for each day */
    READINGS_AGREE    /* the same for the period and for each day */
};

/* One verdict: provision × subject × reading over the period. */
struct view_row {
    struct str id;
    size_t provision;   /* index in view.provisions */
    struct str subject; /* a party's name, or "all" */
    struct str zone;    /* "" when the provision has none */
    struct str reading; /* "" when nothing is read in several ways */
    enum verdict verdict;
    instant from, to; /* of the period; closed */
    enum attribution attribution;
    const struct str *candidates; /* who could have violated it, or was found to have */
    size_t n_candidates;
    bool unknown_candidate;    /* someone whom nobody named could have */
    uint32_t reasons;          /* bits of enum reason */
    int64_t certain, possible; /* violating events or missed duties */
    int64_t first_day;         /* days since 1970-01-01, local */
    size_t n_days;             /* local days that the period meets */
    const uint8_t *days;       /* the enum verdict of each */
    double coverage;           /* 0 to 1 */
    int level;                 /* 0–3; -1: nothing is to be implemented, or nobody can tell */
    struct str
        level_rule; /* what gave it, or why nobody can tell; empty: nothing is to be implemented */
    instant next_deadline; /* INSTANT_MAX: none lies ahead */
    bool final;
    enum agreement_of_readings readings; /* the same in the rows of its other readings */
    const struct view_instance *instances;
    size_t n_instances;
};

struct view_provision {
    struct str name;
    struct str version;      /* "original", "amendment 1"; empty where there is but one */
    struct str clause;       /* "Article 1" */
    struct str prose;        /* the clause's legal text, Markdown as written */
    struct str sentence;     /* the provision as written */
    const struct str *gloss; /* what it means, in lines */
    size_t n_gloss;
    size_t first_row, n_rows; /* range in view.rows */
};

/* A file that was read. */
struct view_source {
    struct str name;
    size_t rows; /* accepted reports in it */
};

/* A sentence of a mapping that leaves rows out. */
struct view_filter {
    struct str text, mapping;
    uint64_t rows;
};

struct view_aside {
    struct str file;
    size_t line; /* from 1; 0: the file as a whole */
    struct str reason;
};

/* What is drawn under the incidents: rings or lines in degrees. */
struct view_shape {
    struct str name;
    bool closed;      /* a polygon's ring; else a line */
    const double *xy; /* lon, lat, lon, lat, … */
    size_t n;         /* points */
};

struct view_named {
    struct str name, label; /* "ordlo", "Armed formations of …"; label may be empty */
};

struct view {
    struct str title; /* of the agreement */
    struct str agreement_file;
    struct view_clock clock;
    instant from, to, at, as_of;       /* as_of INSTANT_MAX: all that is recorded */
    size_t n_days;                     /* local days of the period */
    const struct view_named *subjects; /* the bound parties; "all" is not among them */
    size_t n_subjects;
    const struct str *notes; /* what the agreement and the mappings want read beside the result */
    size_t n_notes;
    const struct view_provision *provisions;
    size_t n_provisions;
    const struct view_row *rows; /* grouped by provision, then by reading, `all` first */
    size_t n_rows;
    const struct view_incident *incidents;
    size_t n_incidents;
    const struct view_coverage *coverage;
    size_t n_coverage;
    const struct view_source *sources;
    size_t n_sources;
    uint64_t rows_read, rows_filtered, rows_repeated;
    const struct view_filter *filters;
    size_t n_filters;
    const struct view_aside *aside;
    size_t n_aside;
    const struct view_shape *shapes;
    size_t n_shapes;
    const struct str *undrawn; /* names of zones that have no geometry to draw */
    size_t n_undrawn;
};

/* What view_make puts together. */
struct view_parts {
    const struct verdicts *verdicts;
    bool incidents; /* resolve incidents and instances too: the page needs them, lines do not */
    const struct view_filter *filters; /* borrowed, as are the others */
    size_t n_filters;
    const struct view_shape *shapes;
    size_t n_shapes;
    const struct str *undrawn;
    size_t n_undrawn;
};

/* Make a view in the arena.  STATUS_OK, or STATUS_FAULT when memory fails. */
enum status view_make(struct arena *a, const struct view_parts *parts, struct view *out);

/* view_make's second half: incidents, coverage, sources, rows set aside.  Sets v->incidents and,
 * for each fact, its index among them in map (SIZE_MAX for facts that no row uses); wanted[f] says
 * which facts are used.  False when memory fails. */
bool view_incidents(struct arena *a, const struct verdicts *r, const bool *wanted, struct view *v,
                    size_t *map);
bool view_record(struct arena *a, const struct verdicts *r, struct view *v);

#endif
