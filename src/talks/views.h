/* The views: what `truce talks …` shows, as text and as JSON lines.  Private to truce-talks.
 *
 * Every row names the statements it rests on.  A speaker who has not spoken on something has *not
 * addressed* it.  An assumption is called one wherever it takes part.  Direct words stand in quotation
 * marks, indirect speech never. */
#ifndef TRUCE_TALKS_VIEWS_H
#define TRUCE_TALKS_VIEWS_H

#include "talks/conflicts.h"
#include "talks/order.h"
#include "talks/pieces.h"

/* --- matrix (view_matrix.c) ------------------------------------------------------------------ */

struct cell { /* what one speaker says on one issue as of a day: its statements in time's order */
    uint32_t *statements;
    uint32_t n;
    size_t cap;
};

/* Cells by issue × n_speakers + speaker. */
bool matrix_cells(struct arena *a, const struct talks *t, int32_t as_of, struct cell **out);

/* "demands neutral", "could discuss unarmed": a statement in a cell of an issue. */
void cell_word(const struct talks *t, uint32_t statement, uint32_t issue, struct buf *out);

/* How each option of an issue stands: who refuses it, accepts it, …, and who has not addressed it. */
struct standing {
    uint32_t *by_act[ACTS]; /* speakers */
    uint32_t n_by_act[ACTS];
    uint32_t *silent;
    uint32_t n_silent;
};
bool option_standing(struct arena *a, const struct talks *t, int32_t as_of, uint32_t issue,
                     uint32_t option, struct standing *out);
void standing_print(const struct talks *t, const struct standing *s, struct buf *out);

bool matrix_text(struct arena *a, const struct talks *t, int32_t as_of, struct buf *out);
bool matrix_json(struct arena *a, const struct talks *t, int32_t as_of, struct buf *out);

/* --- conflicts, concessions (view_conflicts.c) ----------------------------------------------- */

void conflict_text(const struct talks *t, const struct conflict *c, size_t number, struct buf *out);
void conflict_json(const struct talks *t, const struct conflict *c, struct buf *out);
bool concessions_text(struct arena *a, const struct talks *t, const struct conflicts *c,
                      struct buf *out);
bool concessions_json(struct arena *a, const struct talks *t, const struct conflicts *c,
                      struct buf *out);

/* What a concession costs by the weights that are declared, and whether all its statements have
 * one.  `by` gets who declared the first. */
bool concession_weight(const struct talks *t, const struct concession *c, int64_t *weight,
                       struct str *by);

/* --- sequence (view_sequence.c) -------------------------------------------------------------- */

void sequence_text(struct arena *a, const struct sequence *s, struct buf *out);
void sequence_json(struct arena *a, const struct sequence *s, struct buf *out);
void change_print(const struct sequence *s, const struct change *c, struct buf *out);

/* --- authority (view_authority.c) ------------------------------------------------------------ */

void authority_text(const struct talks *t, const struct conflicts *c, int32_t as_of,
                    struct buf *out);
void authority_json(const struct talks *t, const struct conflicts *c, int32_t as_of,
                    struct buf *out);

#endif
