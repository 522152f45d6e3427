/* The one layout, as a single edit of the whole text; none when it is laid out already. */
#include "lang/format.h"

#include "lsp/private.h"
#include "talks/talks.h"

struct answer lay_out(const struct asked *q)
{
    struct diags d;
    struct buf out;
    diags_init(&d, q->a);
    buf_init(&out);
    enum status st = (q->talks ? talks_fmt : format_agreement)(q->a, q->source, &d, &out);
    struct answer answer;
    if (st == STATUS_INPUT) {
        answer = answer_refused(ANSWER_FAILED, d.n ? d.items[0].what : STR("it cannot be read"));
    } else if (st != STATUS_OK || out.failed) {
        answer = answer_with(NULL);
    } else if (str_eq(buf_str(&out), q->source->text)) {
        answer = answer_with(json_array());
    } else {
        answer = answer_with(json_pack("[{s:o, s:o}]", "range",
                                       range_json(q->source, 0, q->source->text.n), "newText",
                                       text_json(buf_str(&out))));
    }
    buf_free(&out);
    return answer;
}
