/* See quote.h: the steps in order. */
#include "talks/quote.h"

enum status quotes_find(struct arena *a, const struct source *source, struct diags *d,
                        struct quotes *out)
{
    enum status status = quote_scan(a, source, d, out);
    if (status != STATUS_OK) return status;
    if (!quote_dashes(a, source->text, out)) return STATUS_FAULT;
    if (!quote_split(a, source->text, out)) return STATUS_FAULT;
    return quote_speakers(a, source->text, out) ? STATUS_OK : STATUS_FAULT;
}
