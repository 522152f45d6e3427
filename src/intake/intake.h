/* From reports in files to facts.
 *
 * A mapping beside the agreement (`*.mapping.md`) says how the rows of a file are reports; its
 * sentences are described in doc/intake.md.  Each row is accepted, repeats a report that is there,
 * is left out by a filter that the mapping declares, or is set aside with its line and a reason:
 * the four counts add up to the rows read, and nothing is dropped in silence. */
#ifndef TRUCE_INTAKE_INTAKE_H
#define TRUCE_INTAKE_INTAKE_H

#include "facts/facts.h"
#include "geo/book.h"
#include "lang/model.h"

struct intake_filter {
    struct str text; /* the sentence of the mapping */
    struct str mapping;
    uint64_t rows; /* left out by it */
};

struct intake_file {
    struct str name; /* path, as facts.files has it */
    struct str mapping;
    uint64_t read, accepted, repeated, filtered, set_aside;
};

struct intake {
    struct facts facts;   /* sealed, with its place book set */
    struct geo_book book; /* the agreement's geometry and all places */
    struct intake_filter *filters;
    struct intake_file *files;
    size_t n_filters, n_files, cap_filters, cap_files;
    struct arena arena; /* mappings, their sources and names */
};

/* Which files.  Mappings: paths; none: every `*.mapping.md` in the agreement's folder, in the order
 * of their names.  Reports: paths that replace the files a mapping names: each goes to the mapping
 * that names a file of that name, or to the only mapping there is. */
struct intake_inputs {
    const struct str *mappings;
    size_t n_mappings;
    const struct str *reports;
    size_t n_reports;
    const struct str
        *open; /* headings of confidential annexes: of the mappings found in the folder, one
                               called *.confidential.mapping.md is read when its first heading begins
                               with one of these */
    size_t n_open;
};

/* Read the agreement's geometry, the mappings and their files.  STATUS_INPUT with diagnostics when
 * something as a whole cannot be read; rows that do not fit are no such thing.  No mapping at all
 * is fine: no reports.  STATUS_FAULT when memory fails.  `out` is to be freed in every case, after
 * the diagnostics were shown (they point into its sources); it borrows the agreement and must not
 * be moved. */
enum status intake_run(const struct agreement *g, const struct intake_inputs *in, struct diags *d,
                       struct intake *out);
void intake_free(struct intake *x);

#endif
