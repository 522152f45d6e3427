/* An agreement in plain English, clause by clause, with every date computed. */
#ifndef TRUCE_LANG_EXPLAIN_H
#define TRUCE_LANG_EXPLAIN_H

#include "lang/model.h"

/* What else is wanted behind each provision, e.g. its formula; may be NULL. */
struct explain_more {
    void *ctx;
    void (*add)(void *ctx, uint32_t provision, struct buf *out);
};

/* As text: the head, then each clause that has provisions: its heading, its prose, and for each
 * provision its sentence, its reading, what it is not, and its dates under each reading. */
void explain_text(const struct agreement *g, struct arena *a, const struct explain_more *more,
                  struct buf *out);

/* One JSON object a line for each provision: provision, clause, pattern, bearers, sentence, read_as,
 * not_read_as, readings, dates (name, reading, at). */
void explain_json(const struct agreement *g, struct arena *a, struct buf *out);

#endif
