/* Explanations: a small proof tree for a verdict, found top down from the facts.
 *
 * Works on the core form (logic/safe.h), which means what the formula means.  Nothing is prepared
 * while a log is evaluated: the explainer looks only at the facts in the record, which must hold
 * the stretch on which the verdict depends (explain_horizon).
 *
 * Small: where there is a choice (which witness, which conjunct fails, which alternative holds) the
 * smallest subproof is taken, stretches are joined where one reason covers them.  Among very many
 * witnesses the nearest EXPLAIN_TRIES are looked at. */
#ifndef TRUCE_EXPLAIN_EXPLAIN_H
#define TRUCE_EXPLAIN_EXPLAIN_H

#include "base/status.h"
#include "explain/proof.h"
#include "explain/record.h"

#define EXPLAIN_TRIES 256

/* Why the core formula `f` holds at position `at` with the values `words` (columns: f->fv).
 * *out is in the arena; a tree whose root is PROOF_UNEXPLAINED when it does not hold, or no proof is
 * found.  STATUS_FAULT when memory fails.  The interner may get new strings. */
enum status explain_verdict(struct arena *a, struct scope *sc, struct record *r,
                            const struct formula *f, int64_t at, const uint64_t *words,
                            struct proof **out);

/* The same over the positions from `from` to `to`. */
enum status explain_stretch(struct arena *a, struct scope *sc, struct record *r,
                            const struct formula *f, int64_t from, int64_t to,
                            const uint64_t *words, struct proof **out);

/* The facts that a proof of this verdict can rest on: by predicate of the signature, in the arena,
 * for record_rekey.  NULL when memory fails. */
const struct fact_key *explain_keys(struct arena *a, const struct scope *sc,
                                    const struct formula *f, const uint64_t *words);

/* Is some part of the proof not explained? */
bool proof_incomplete(const struct proof *p);

/* As an indented text; `indent` spaces before each line. */
void proof_text(struct buf *out, const struct scope *sc, struct record *r, const struct proof *p,
                int indent);

/* As one JSON object, without line breaks. */
void proof_json(struct buf *out, const struct scope *sc, struct record *r, const struct proof *p);

#endif
