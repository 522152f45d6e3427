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

/* "demands neutral", "could discuss unarmed observers": a statement in a cell of an issue, with the
 * options' names in the file or their labels. */
enum naming { BY_NAME, BY_LABEL };
void cell_word(const struct talks *t, uint32_t statement, uint32_t issue, enum naming naming,
               struct buf *out);

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

/* Was this position superseded by another by that day? */
bool position_moved(const struct talks *t, uint32_t statement, int32_t as_of);

bool matrix_text(struct arena *a, const struct talks *t, int32_t as_of, struct buf *out);
bool matrix_json(struct arena *a, const struct talks *t, int32_t as_of, struct buf *out);

/* --- conflicts, concessions (view_conflicts.c) ----------------------------------------------- */

void conflict_text(const struct talks *t, const struct conflict *c, size_t number, struct buf *out);
void conflict_json(const struct talks *t, const struct conflict *c, struct buf *out);
bool concessions_text(struct arena *a, const struct talks *t, const struct conflicts *c,
                      struct buf *out);
bool concessions_json(struct arena *a, const struct talks *t, const struct conflicts *c,
                      struct buf *out);

/* "Alexander Grushko" for each speaker once; an assumption is nobody's. */
void concession_owners(const struct talks *t, const struct concession *c, struct buf *out);

/* A part's concessions, unordered as found, or by declared weights: stable, so what has none keeps its
 * place at the end.  NULL when memory fails. */
uint32_t *concessions_ordered(struct arena *a, const struct talks *t, const struct conflicts *c,
                              uint32_t part, uint32_t *n);

/* How groups combine, and whether anybody orders them. */
void concessions_head(const struct talks *t, const struct conflicts *c, struct buf *out);

/* What a concession costs by the weights that are declared, and whether all its statements have
 * one.  `by` gets who declared the first. */
bool concession_weight(const struct talks *t, const struct concession *c, int64_t *weight,
                       struct str *by);

/* --- sequence (view_sequence.c) -------------------------------------------------------------- */

void sequence_text(struct arena *a, const struct sequence *s, struct buf *out);
void sequence_json(struct arena *a, const struct sequence *s, struct buf *out);
void change_print(const struct sequence *s, const struct change *c, struct buf *out);

/* --- authority (view_authority.c) ------------------------------------------------------------ */

/* Does this statement say who decides an issue, as of a day? */
bool claims_authority(const struct talks *t, uint32_t statement, uint32_t issue, int32_t as_of);

void authority_text(const struct talks *t, const struct conflicts *c, int32_t as_of,
                    struct buf *out);
void authority_json(const struct talks *t, const struct conflicts *c, int32_t as_of,
                    struct buf *out);

#endif
