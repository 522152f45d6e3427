/* Messages to the client. */
#include "lsp/private.h"

#include "lsp/frame.h"

#include <stdlib.h>

/* Takes the message. */
static void send_message(struct server *s, json_t *message)
{
    char *bytes = message ? json_dumps(message, JSON_COMPACT) : NULL;
    if (!bytes || !frame_write(s->out, str_of(bytes))) s->broken = true;
    free(bytes);
    json_decref(message);
}

void send_result(struct server *s, const json_t *id, json_t *result)
{
    if (!result) {
        send_error(s, id, ANSWER_INTERNAL, STR("memory ran out"));
        return;
    }
    json_t *copy = json_deep_copy(id);
    send_message(s, json_pack("{s:s, s:o, s:o}", "jsonrpc", "2.0", "id", copy, "result", result));
}

void send_error(struct server *s, const json_t *id, int code, struct str why)
{
    json_t *copy = id ? json_deep_copy(id) : json_null();
    send_message(s, json_pack("{s:s, s:o, s:{s:i, s:o}}", "jsonrpc", "2.0", "id", copy, "error",
                              "code", code, "message", text_json(why)));
}

void send_notification(struct server *s, const char *method, json_t *params)
{
    send_message(
        s, json_pack("{s:s, s:s, s:o}", "jsonrpc", "2.0", "method", method, "params", params));
}

json_t *text_json(struct str s)
{
    if (utf8_invalid_at(s) == s.n) return json_stringn(s.n ? s.p : "", s.n);
    struct buf b; /* words of another file need not be UTF-8 */
    buf_init(&b);
    for (size_t at = 0; at < s.n;) {
        uint32_t code;
        size_t n = utf8_decode(str_slice(s, at, s.n), &code);
        buf_add(&b, n ? str_slice(s, at, at + n) : STR("\xEF\xBF\xBD"));
        at += n ? n : 1;
    }
    json_t *text = b.failed ? NULL : json_stringn(b.p, b.n);
    buf_free(&b);
    return text;
}

struct answer answer_with(json_t *result)
{
    return (struct answer){.result = result};
}

struct answer answer_refused(int code, struct str why)
{
    return (struct answer){.code = code, .why = why};
}
