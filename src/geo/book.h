/* The geometry of an agreement: its lines and zones under each reading, read from their files once,
 * and the places that reports speak of.
 *
 * A zone without a disputed term has one region; a zone with some has one for each reading of the
 * agreement.  The book answers what `struct place_book` of facts asks. */
#ifndef TRUCE_GEO_BOOK_H
#define TRUCE_GEO_BOOK_H

#include "geo/region.h"
#include "lang/model.h"

struct geo_book {
    struct geo *geo;
    struct places places;
    const struct agreement *agreement;
    struct region **zones; /* [zone * (n_readings + 1) + reading + 1]; column 0: no reading */
    struct region **lines; /* the same for lines */
    struct geo_book_file *files;
    struct arena arena; /* texts of the files, for messages */
};

/* Read every file that the agreement names (relative to the agreement's own) and build all lines
 * and zones.  STATUS_INPUT with diagnostics in d, several where there are several; STATUS_FAULT
 * when memory fails.  `b` is to be freed in every case, after the diagnostics were shown: they
 * point into the files' texts. */
enum status geo_book_init(struct geo_book *b, const struct agreement *g, struct diags *d);
void geo_book_free(struct geo_book *b);

/* The place for facts; FACTS_NONE when memory fails. */
static inline uint32_t geo_book_place(struct geo_book *b, const struct place_in *in)
{
    return places_add(&b->places, in);
}

/* What facts' place book asks; valid as long as b, for the places added so far. */
struct place_book geo_book_places(struct geo_book *b);

/* The region of a zone or line under a reading (LANG_NONE: none). */
struct region *geo_book_zone(const struct geo_book *b, uint32_t zone, uint32_t reading);
struct region *geo_book_line(const struct geo_book *b, uint32_t line, uint32_t reading);

/* Warn of what is likely a slip, after the reports are in: an area of the agreement that no report
 * names though one is named almost so; a file whose coordinates lie far from all other places, and
 * would not if longitude and latitude were exchanged. */
void geo_book_check(struct geo_book *b, struct diags *d);

/* Outlines for drawing, as geo_outline; none when there is no geometry. */
enum status geo_book_outline(struct geo_book *b, struct region *r, double tolerance,
                             struct arena *a, struct geo_polylines *out);

#endif
