/* One layout for the formal blocks of an agreement; prose and comments are left alone. */
#ifndef TRUCE_LANG_FORMAT_H
#define TRUCE_LANG_FORMAT_H

#include "base/diag.h"

/* The whole text with its truce blocks laid out: a sentence begins at the margin, runs to column 100
 * and goes on with four blanks; the parts of the head and the items of lists have lines of their own;
 * at most one empty line between sentences.  The words themselves are never changed, so the result
 * means the same, and laying it out again changes nothing.  Text with an open fence is refused
 * (STATUS_INPUT): what is formal cannot be told.  STATUS_FAULT: memory. */
enum status format_agreement(struct arena *a, const struct source *source, struct diags *d,
                             struct buf *out);

#endif
