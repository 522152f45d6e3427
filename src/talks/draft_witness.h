/* A timeline for people, and as a folder that `truce run` judges. */
#ifndef TRUCE_TALKS_DRAFT_WITNESS_H
#define TRUCE_TALKS_DRAFT_WITNESS_H

#include "talks/draft_logic.h"

/* One line for each thing that happens, in the order of time. */
void draft_timeline_text(const struct draft_logic *d, const struct draft_timeline *t,
                         struct buf *out);

/* Until when a replay must look, and the end of the period to judge (INSTANT_MAX: the term's). */
void draft_replay_times(const struct draft_world *w, uint32_t side, instant *at, instant *to);

/* The agreement of a side with the files it names, a mapping, and the timeline as JSON lines, all
 * labelled as simulated, in the folder `path`, which is made.  Everything is covered, or
 * (declared_only) only what the agreement's own coverage speaks of.  STATUS_INPUT with a diagnostic
 * when a file of the agreement cannot be copied; STATUS_FAULT when the disk refuses. */
enum status draft_witness_write(const struct draft_logic *d, uint32_t side,
                                const struct draft_timeline *t, bool declared_only, struct str path,
                                struct diags *diags);

/* Make a folder; it may be there already. */
enum status draft_folder(struct arena *a, struct str path, struct diags *d);

#endif
