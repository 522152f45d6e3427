/* Findings of a document, as `truce check` has them, of a mapping as `truce run`; of an agreement without errors also what a careful
 * drafter would find, as `truce lint` has it. */
#include "lang/model.h"
#include "lint/lint.h"
#include "lsp/private.h"
#include "talks/talks.h"

/* A finding without a place, or with one in another file, stands at the beginning. */
static json_t *finding(const struct source *s, const struct diag *x)
{
    static const int severities[] = {
        [SEVERITY_ERROR] = 1, [SEVERITY_WARNING] = 2, [SEVERITY_NOTE] = 3};
    struct buf text;
    bool here = x->at.source == s;
    buf_init(&text);
    if (!here && x->at.source) buf_fmt(&text, "%.*s: ", STR_ARG(x->at.source->name));
    buf_add(&text, x->what);
    if (x->fix.n) buf_fmt(&text, "\n%.*s", STR_ARG(x->fix));
    json_t *said = text.failed ? NULL : text_json(buf_str(&text));
    buf_free(&text);
    return json_pack("{s:o, s:i, s:s, s:s, s:o}", "range",
                     range_json(s, here ? x->at.from : 0, here ? x->at.to : 0), "severity",
                     severities[x->severity], "code", x->code, "source", "truce", "message", said);
}

static enum status check(const struct server *server, const struct document *document,
                         struct arena *a, const struct source *s, struct diags *d,
                         const struct agreement **g)
{
    struct buf summary;
    if (is_mapping(a, s)) return mapping_diagnose(a, &server->documents, document, s, d);
    if (!talks_recognise(s)) return agreement_check(a, s, d, g);
    buf_init(&summary);
    enum status st = talks_check(a, s, d, &summary);
    buf_free(&summary);
    diags_sort(d);
    return st;
}

/* Something that contradicts is a warning, something left open a hint. */
static json_t *drafting(const struct source *s, const struct remark *x)
{
    struct buf text;
    buf_init(&text);
    buf_fmt(&text, "%.*s. %s\n%.*s", STR_ARG(x->what), lint_why(x->rule), STR_ARG(x->fix));
    json_t *said = text.failed ? NULL : text_json(buf_str(&text));
    buf_free(&text);
    return json_pack("{s:o, s:i, s:s, s:s, s:o}", "range", range_json(s, x->at.from, x->at.to),
                     "severity", lint_contradicts(x->rule) ? 2 : 4, "code",
                     drafting_rule_code(x->rule), "source", "truce lint", "message", said);
}

static enum status add_drafting(struct arena *a, const struct source *s, const struct agreement *g,
                                json_t *list)
{
    struct remarks found;
    if (!lint_agreement(a, g, &found)) return STATUS_FAULT;
    for (size_t i = 0; i < found.n; i++)
        if (!found.v[i].silenced && json_array_append_new(list, drafting(s, &found.v[i])) != 0)
            return STATUS_FAULT;
    return STATUS_OK;
}

void publish_diagnostics(struct server *s, const struct document *d, const json_t *version)
{
    struct arena a;
    struct diags found;
    arena_init(&a);
    diags_init(&found, &a);
    const struct source *source = source_new(&a, d->path, buf_str(&d->text));
    const struct agreement *g = NULL;
    enum status st = source ? check(s, d, &a, source, &found, &g) : STATUS_FAULT;
    json_t *list = json_array();
    for (size_t i = 0; source && i < found.n; i++)
        if (json_array_append_new(list, finding(source, &found.items[i])) != 0) st = STATUS_FAULT;
    if (g && add_drafting(&a, source, g, list) != STATUS_OK) st = STATUS_FAULT;
    json_t *params = json_pack("{s:s, s:o}", "uri", d->uri, "diagnostics", list);
    if (json_is_integer(version))
        json_object_set_new(params, "version", json_integer(json_integer_value(version)));
    send_notification(s, "textDocument/publishDiagnostics", params);
    if (st == STATUS_FAULT) s->broken = true;
    arena_free(&a);
}
