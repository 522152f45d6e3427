/* Which moments matter.  Private to the draft's world. */
#ifndef TRUCE_TALKS_DRAFT_MOMENTS_H
#define TRUCE_TALKS_DRAFT_MOMENTS_H

#include "talks/draft_world.h"

/* How far to look: the later end of the terms, and a year where one has no end. */
instant draft_horizon(const struct agreement *a, const struct agreement *b);

/* Fill in w->moments, and bring w->horizon forward where more would matter than there is room for. */
void draft_moments(struct draft_world *w);

#endif
