/* Circles in what refers to what. */
#ifndef TRUCE_LANG_GRAPH_H
#define TRUCE_LANG_GRAPH_H

#include "lang/parse.h"

/* Zones, dates, defined states and provisions must not rest on themselves; each circle is one error
 * that shows its path.  False when memory fails. */
bool graph_check(struct parser *p, const struct agreement *g);

#endif
