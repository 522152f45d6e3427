/* A mapping: how the rows of a file become reports.
 *
 * It is written in sentences in a literate file beside the agreement (`*.mapping.md`, blocks of
 * language `mapping`) and compiled to this tree: every column is a slot number, every word of a
 * table is resolved against the agreement, every unit is a factor.  Nothing in it depends on a row,
 * so that one pass over the rows needs no lookup by name.  All memory is the arena's. */
#ifndef TRUCE_INTAKE_MAPPING_H
#define TRUCE_INTAKE_MAPPING_H

#include "facts/facts.h"
#include "lang/model.h"

enum row_format { FORMAT_CSV, FORMAT_JSON_LINES };

/* In which order the numbers of a date stand; a date that begins with a year of four digits is year
 * first whatever is declared. */
enum date_order { DATES_YEAR_FIRST, DATES_MONTH_FIRST, DATES_DAY_FIRST };

/* A column that some sentence uses; its index is the slot of the cell in a row. */
struct column_use {
    struct str name;
    struct place at; /* where it is first named */
};

/* What a cell is taken from. */
enum cell_op { CELL_NONE, CELL_COLUMN, CELL_TEXT };

struct cell_src {
    enum cell_op op;
    uint32_t slot;   /* CELL_COLUMN */
    struct str text; /* CELL_TEXT */
};

struct cells_src {
    const struct cell_src *v;
    size_t n;
    struct str split; /* separator within a cell, empty: none */
};

/* ---- conditions ---- */

enum test_op {
    TEST_IS,       /* one of the texts (or numbers) */
    TEST_EMPTY,    /* nothing but blanks */
    TEST_AT_LEAST, /* a number, not less than */
    TEST_AT_MOST,
    TEST_MORE,
    TEST_LESS,
    TEST_CONTAINS, /* one of the texts stands in it */
    TEST_STARTS
};

struct test_value {
    struct str text;
    bool is_number; /* written as a number: compared as one */
    double number;
};

struct cell_test {
    enum test_op op;
    bool negated;
    uint32_t slot;
    const struct test_value *values;
    size_t n;
};

/* All of the tests, or any of them; no test: always. */
struct when {
    const struct cell_test *tests;
    size_t n;
    bool any;
};

/* ---- words that stand for others ---- */

struct table_entry {
    struct str from;
    bool unknown; /* nothing is known */
    int64_t to;   /* actor, grade, text number, number in base units, enum finding_says */
};

enum table_else { ELSE_REFUSE, ELSE_AS_IS, ELSE_VALUE };

struct word_table {
    const struct table_entry *entries;
    size_t n;
    enum table_else otherwise;
    struct table_entry other; /* ELSE_VALUE */
};

/* ---- times ---- */

struct instant_src {
    struct cell_src date, time; /* time may be CELL_NONE */
    bool fixed;                 /* first, last are given */
    instant first, last;
};

enum widen_op { WIDEN_SECONDS, WIDEN_DAY, WIDEN_WEEK, WIDEN_MONTH, WIDEN_YEAR, WIDEN_UNKNOWN };

struct widen {
    enum widen_op op;
    int64_t seconds;
    struct when when;
};

/* What an empty cell means. */
enum empty_op { EMPTY_REFUSED, EMPTY_UNKNOWN, EMPTY_OPEN };

struct span_src {
    bool set;
    bool days;  /* a time of day in the cells is left out */
    bool range; /* from … to …; else `from` alone */
    struct instant_src from, to;
    const struct widen *widen;
    size_t n_widen;
    enum empty_op empty;
    struct place at;
};

/* ---- places ---- */

struct number_src {
    struct cell_src cell;
    double number; /* when the cell is CELL_NONE */
    double scale;  /* to metres or degrees */
};

struct radius_src {
    bool unknown; /* the point is not to be used */
    struct number_src metres;
    struct when when;
};

enum shape_format { SHAPE_NONE, SHAPE_GEOJSON, SHAPE_WKT };

struct place_src {
    bool set;
    struct cell_src lat, lon;
    const struct radius_src *radius;
    size_t n_radius;
    bool sector;
    struct number_src bearing, half, nearest, farthest;
    enum shape_format shape_format;
    struct cell_src shape;
    struct cell_src areas[4]; /* names by level */
    struct place at;
};

/* ---- values ---- */

struct value_src {
    uint32_t attribute;
    bool range; /* from … to … */
    struct cell_src from, to;
    int64_t scale;      /* base units in one unit of the cells */
    struct value fixed; /* when from is CELL_NONE */
    const struct word_table *table;
};

/* ---- rules ---- */

enum rule_op { RULE_REPORT, RULE_COVERAGE, RULE_GAP, RULE_FINDING };

/* What a row that meets `when` becomes. */
struct row_rule {
    enum rule_op op;
    struct when when;
    uint32_t kind; /* RULE_REPORT; RULE_FINDING: of the event or state it is about */
    struct cells_src id, identity;
    struct span_src time;       /* of an event, of coverage */
    struct span_src start, end; /* of a state */
    struct span_src recorded;
    struct place_src places[PLACES];
    struct cells_src actors;
    const struct word_table *actor_table; /* NULL: names as in the agreement */
    const struct value_src *values;
    size_t n_values;
    struct cell_src grade;
    const struct word_table *grade_table;
    enum grade fixed_grade;
    struct cells_src sources;
    struct cells_src shown;
    /* coverage and findings */
    const uint32_t *covers; /* kinds; n 0: all */
    size_t n_covers;
    struct cell_src zone;
    uint32_t fixed_zone;
    bool everywhere;
    struct cell_src by;
    uint32_t fixed_by;
    struct cell_src means, cause, says;
    const struct word_table *says_table;
    struct place at;
};

struct row_filter {
    struct when when;
    bool keep;       /* keep only what meets it; else skip what meets it */
    struct str text; /* the sentence, for the count */
};

struct mapping {
    const struct source *source;
    const struct str *files; /* as written */
    size_t n_files;
    enum row_format format;
    struct str encoding;
    char separator;
    enum date_order order;
    bool order_declared;
    bool decimal_comma;
    const struct zone *zone;
    struct column_use *columns;
    size_t n_columns, cap_columns;
    struct row_filter *filters;
    size_t n_filters, cap_filters;
    struct row_rule *rules;
    size_t n_rules, cap_rules;
    struct str *notes;
    size_t n_notes, cap_notes;
};

/* Where a mapping names an actor, a zone, an event or a state of the agreement. */
struct mapping_mention {
    struct str name; /* as the agreement declares it */
    struct place at;
};

/* Has the text a block of a mapping? */
bool mapping_recognise(struct arena *a, const struct source *source);

/* The opening words of the i-th kind of sentence; NULL behind the last. */
const char *mapping_opening(size_t i);

/* What the mapping names, in the order of the text, also of one with errors: for editors.  Its findings
 * are those of mapping_read.  STATUS_OK with or without errors; STATUS_FAULT: memory. */
enum status mapping_mentions(struct arena *a, const struct source *source,
                             const struct agreement *g, struct diags *d,
                             const struct mapping_mention **out, size_t *n);

/* Every `*.mapping.md` in the folder of the agreement's path, in the order of their names; none where
 * there is no such folder.  False when memory fails. */
bool mappings_beside(struct arena *a, struct str agreement, struct str **out, size_t *n);

/* Compile a mapping against an agreement.  `texts` numbers the texts of value tables (facts.texts).
 * STATUS_INPUT with diagnostics, several where there are several; STATUS_FAULT: memory. */
enum status mapping_read(struct arena *a, const struct source *source, const struct agreement *g,
                         struct facts *texts, struct diags *d, const struct mapping **out);

#endif
