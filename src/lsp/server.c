/* Messages to functions: what each method does, and when it may come. */
#include "base/status.h"
#include "lsp/frame.h"
#include "lsp/private.h"
#include "talks/talks.h"

#include <string.h>

/* ---- requests about a document ---- */

static const struct {
    const char *method;
    struct answer (*ask)(const struct asked *q);
    bool position;
} questions[] = {
    {"textDocument/hover", hover, true},         {"textDocument/definition", definition, true},
    {"textDocument/completion", complete, true}, {"textDocument/rename", rename_name, true},
    {"textDocument/formatting", lay_out, false},
};
#define QUESTIONS (sizeof questions / sizeof *questions)

static struct document *named_document(struct server *s, const json_t *params)
{
    const json_t *uri = json_object_get(json_object_get(params, "textDocument"), "uri");
    if (!json_is_string(uri)) return NULL;
    return document_find(&s->documents,
                         (struct str){json_string_value(uri), json_string_length(uri)});
}

static struct answer ask(struct server *s, size_t which, const json_t *params, struct arena *a)
{
    const struct document *d = named_document(s, params);
    if (!d) return answer_refused(ANSWER_INVALID_PARAMS, STR("no open document is named"));
    struct asked q = {.a = a,
                      .document = d,
                      .source = source_new(a, d->path, buf_str(&d->text)),
                      .all = &s->documents,
                      .params = params,
                      .language = s->language};
    if (!q.source) return answer_with(NULL);
    if (questions[which].position &&
        !position_read(q.source, json_object_get(params, "position"), &q.offset))
        return answer_refused(ANSWER_INVALID_PARAMS,
                              STR("position must have a line and a character"));
    q.talks = talks_recognise(q.source);
    q.mapping = !q.talks && is_mapping(a, q.source);
    return questions[which].ask(&q);
}

static void answer_question(struct server *s, size_t which, const json_t *id, const json_t *params)
{
    struct arena a;
    arena_init(&a);
    struct answer answer = ask(s, which, params, &a);
    if (answer.code)
        send_error(s, id, answer.code, answer.why);
    else
        send_result(s, id, answer.result);
    arena_free(&a);
}

/* ---- the life of the server ---- */

static void initialize(struct server *s, const json_t *id, const json_t *params)
{
    if (s->initialized) {
        send_error(s, id, ANSWER_INVALID_REQUEST, STR("the server is initialized already"));
        return;
    }
    bool known;
    const char *code = json_string_value(
        json_object_get(json_object_get(params, "initializationOptions"), "language"));
    s->language = code ? catalogue_find(str_of(code), &known) : NULL;
    s->initialized = true;
    send_result(s, id,
                json_pack("{s:{s:s, s:{s:b, s:i}, s:b, s:b, s:b, s:b, s:{}}, s:{s:s}}",
                          "capabilities", "positionEncoding", "utf-16", "textDocumentSync",
                          "openClose", 1, "change", 1, "hoverProvider", 1, "definitionProvider", 1,
                          "renameProvider", 1, "documentFormattingProvider", 1,
                          "completionProvider", "serverInfo", "name", "truce"));
}

static void handle_request(struct server *s, const char *method, const json_t *id,
                           const json_t *params)
{
    if (!strcmp(method, "initialize")) {
        initialize(s, id, params);
        return;
    }
    if (!s->initialized) {
        send_error(s, id, ANSWER_NOT_INITIALIZED, STR("the first request must be initialize"));
        return;
    }
    if (s->shut_down) {
        send_error(s, id, ANSWER_INVALID_REQUEST, STR("the server was told to shut down"));
        return;
    }
    if (!strcmp(method, "shutdown")) {
        s->shut_down = true;
        send_result(s, id, json_null());
        return;
    }
    for (size_t i = 0; i < QUESTIONS; i++) {
        if (strcmp(method, questions[i].method) != 0) continue;
        answer_question(s, i, id, params);
        return;
    }
    send_error(s, id, ANSWER_NO_METHOD, STR("there is no such method"));
}

/* ---- notifications ---- */

/* Nobody waits for an answer to a notification; what was wrong with it goes to the client's log. */
static void complain(struct server *s, const char *what)
{
    send_notification(s, "window/logMessage", json_pack("{s:i, s:s}", "type", 1, "message", what));
}

static void take_text(struct server *s, const json_t *named, const json_t *text)
{
    const json_t *uri = json_object_get(named, "uri");
    if (!json_is_string(uri) || !json_is_string(text)) {
        complain(s, "a document needs a uri and a text");
        return;
    }
    struct str u = {json_string_value(uri), json_string_length(uri)};
    if (!document_set(&s->documents, u,
                      (struct str){json_string_value(text), json_string_length(text)})) {
        complain(s, "the document cannot be kept: memory ran out, or too many are open");
        return;
    }
    struct document *d = document_find(&s->documents, u);
    publish_diagnostics(s, d, json_object_get(named, "version"));
    for (size_t i = 0; i < s->documents.n; i++) /* what they name may have changed */
        if (mapping_is_beside(&s->documents.v[i], d))
            publish_diagnostics(s, &s->documents.v[i], NULL);
}

static void did_open(struct server *s, const json_t *params)
{
    const json_t *named = json_object_get(params, "textDocument");
    take_text(s, named, json_object_get(named, "text"));
}

static void did_change(struct server *s, const json_t *params)
{
    const json_t *changes = json_object_get(params, "contentChanges");
    size_t n = json_array_size(changes);
    const json_t *last = n ? json_array_get(changes, n - 1) : NULL;
    if (!named_document(s, params))
        complain(s, "a document was changed that is not open");
    else if (!last || json_object_get(last, "range"))
        complain(s, "a change must hold the whole text");
    else
        take_text(s, json_object_get(params, "textDocument"), json_object_get(last, "text"));
}

static void did_close(struct server *s, const json_t *params)
{
    struct document *d = named_document(s, params);
    if (!d) {
        complain(s, "a document was closed that is not open");
        return;
    }
    send_notification(s, "textDocument/publishDiagnostics",
                      json_pack("{s:s, s:[]}", "uri", d->uri, "diagnostics"));
    document_close(&s->documents, d);
}

static const struct {
    const char *method;
    void (*take)(struct server *s, const json_t *params);
} notices[] = {
    {"textDocument/didOpen", did_open},
    {"textDocument/didChange", did_change},
    {"textDocument/didClose", did_close},
};

static void handle_notification(struct server *s, const char *method, const json_t *params)
{
    if (!strcmp(method, "exit")) s->done = true;
    if (!s->initialized || s->shut_down) return;
    for (size_t i = 0; i < sizeof notices / sizeof *notices; i++)
        if (!strcmp(method, notices[i].method)) notices[i].take(s, params);
}

/* ---- messages ---- */

static void handle(struct server *s, struct str bytes)
{
    json_t *m = json_loadb(bytes.n ? bytes.p : "", bytes.n, 0, NULL);
    if (!m) {
        send_error(s, NULL, ANSWER_PARSE, STR("the message is not JSON"));
        return;
    }
    const json_t *id = json_object_get(m, "id"), *params = json_object_get(m, "params");
    const char *method = json_string_value(json_object_get(m, "method"));
    bool answered = !method && id && (json_object_get(m, "result") || json_object_get(m, "error"));
    bool good_id = !id || json_is_integer(id) || json_is_string(id);
    if (answered) {
        /* We ask nothing, so no answer is awaited. */
    } else if (!method || !good_id) {
        send_error(s, good_id ? id : NULL, ANSWER_INVALID_REQUEST,
                   STR("the message is neither a request nor a notification"));
    } else if (id) {
        handle_request(s, method, id, params);
    } else {
        handle_notification(s, method, params);
    }
    json_decref(m);
}

static void refuse_frame(struct server *s, enum frame got)
{
    struct str why = got == FRAME_HEAD    ? STR("the head of the message gives no length")
                     : got == FRAME_LARGE ? STR("the message is longer than 16 MiB")
                                          : STR("memory ran out");
    send_error(s, NULL, got == FRAME_MEMORY ? ANSWER_INTERNAL : ANSWER_PARSE, why);
}

int lsp_serve(FILE *in, FILE *out)
{
    struct server s = {.out = out};
    struct buf bytes;
    buf_init(&bytes);
    while (!s.done && !s.broken) {
        enum frame got = frame_read(in, &bytes);
        if (got == FRAME_END || got == FRAME_CUT) break;
        if (got == FRAME_MESSAGE)
            handle(&s, buf_str(&bytes));
        else
            refuse_frame(&s, got);
    }
    buf_free(&bytes);
    documents_free(&s.documents);
    if (s.broken) return STATUS_FAULT;
    return s.done && s.shut_down ? STATUS_OK : STATUS_NEGATIVE;
}
