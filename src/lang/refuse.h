/* Words that no provision may hold. */
#ifndef TRUCE_LANG_REFUSE_H
#define TRUCE_LANG_REFUSE_H

#include "lang/parse.h"

/* Looks through the rest of the sentence; the cursor stays.  False when something was found. */
bool refuse_words(struct parser *p);

#endif
