/* Where a name is declared, and giving it another.
 *
 * A renaming is tried before it is offered: the changed text is checked, so that a new name that
 * breaks the forms of a verb or takes another meaning is refused with the finding. */
#include "lang/model.h"
#include "lang/vocabulary.h"
#include "lsp/private.h"

struct answer definition(const struct asked *q)
{
    struct vocabulary v;
    if (q->talks) return talks_definition(q);
    if (q->mapping) return mapping_definition(q);
    if (!vocabulary_read(q->a, q->source, &v)) return answer_with(NULL);
    const struct name_use *m = vocabulary_at(&v, q->offset);
    if (!m) return answer_with(json_null());
    struct place at = v.names[m->name].at;
    return answer_with(json_pack("{s:s, s:o}", "uri", q->document->uri, "range",
                                 range_json(q->source, at.from, at.to)));
}

/* The text with every mention of the name replaced; `n` counts them. */
static struct str changed(const struct asked *q, const struct vocabulary *v, uint32_t name,
                          struct str to, size_t *n)
{
    struct buf b;
    struct str text = q->source->text;
    size_t at = 0;
    *n = 0;
    buf_init(&b);
    for (size_t i = 0; i < v->n_mentions; i++) {
        const struct name_use *m = &v->mentions[i];
        if (m->name != name || m->form) continue;
        buf_add(&b, str_slice(text, at, m->at.from));
        buf_add(&b, to);
        at = m->at.to;
        (*n)++;
    }
    buf_add(&b, str_slice(text, at, text.n));
    struct str out = b.failed ? (struct str){NULL, 0} : str_dup(q->a, buf_str(&b));
    buf_free(&b);
    return out;
}

/* Why the changed text does not say the same; empty when it does.  False when memory fails. */
static bool try_it(const struct asked *q, struct str text, struct str to, size_t mentions,
                   struct str *why)
{
    struct diags before, after;
    const struct agreement *g;
    struct vocabulary v;
    diags_init(&before, q->a);
    diags_init(&after, q->a);
    *why = (struct str){NULL, 0};
    const struct source *s = text.p ? source_new(q->a, q->source->name, text) : NULL;
    if (!s || !vocabulary_read(q->a, s, &v)) return false;
    enum status was = agreement_check(q->a, q->source, &before, &g);
    enum status is = was == STATUS_OK ? agreement_check(q->a, s, &after, &g) : was;
    if (was == STATUS_FAULT || is == STATUS_FAULT) return false;
    if (was == STATUS_OK && is != STATUS_OK) {
        *why = str_fmt(q->a, "the agreement would no longer be understood: %.*s",
                       STR_ARG(after.items[0].what));
        return why->p != NULL;
    }
    const struct named *named = vocabulary_find(&v, to);
    size_t found = 0;
    for (size_t i = 0; named && i < v.n_mentions; i++)
        found += &v.names[v.mentions[i].name] == named && !v.mentions[i].form;
    if (found != mentions) *why = STR("where the new name stands, it would be read as another");
    return true;
}

static json_t *edits(const struct asked *q, const struct vocabulary *v, uint32_t name,
                     struct str to)
{
    json_t *list = json_array();
    for (size_t i = 0; i < v->n_mentions; i++) {
        const struct name_use *m = &v->mentions[i];
        if (m->name != name || m->form) continue;
        json_t *edit = json_pack("{s:o, s:o}", "range", range_json(q->source, m->at.from, m->at.to),
                                 "newText", text_json(to));
        if (json_array_append_new(list, edit) == 0) continue;
        json_decref(list);
        return NULL;
    }
    return list;
}

/* The edits of the agreement and of the mappings beside it. */
static struct answer all_edits(const struct asked *q, const struct vocabulary *v, uint32_t name,
                               struct str to, struct str changed_text)
{
    const struct source *s = source_new(q->a, q->source->name, changed_text);
    json_t *changes = json_pack("{s:o}", q->document->uri, edits(q, v, name, to));
    struct str why = {NULL, 0};
    bool good = s && changes && mapping_edits(q, s, v->names[name].name, to, changes, &why);
    if (good && !why.n) return answer_with(json_pack("{s:o}", "changes", changes));
    json_decref(changes);
    return good ? answer_refused(ANSWER_FAILED, why) : answer_with(NULL);
}

struct answer rename_named(const struct asked *q, const struct vocabulary *v, uint32_t name,
                           struct str to)
{
    const char *wrong = vocabulary_refuses(q->a, to);
    if (wrong)
        return answer_refused(ANSWER_FAILED,
                              str_fmt(q->a, "\"%.*s\" cannot be a name: %s", STR_ARG(to), wrong));
    const struct named *taken = vocabulary_find(v, to);
    if (taken && taken != &v->names[name])
        return answer_refused(
            ANSWER_FAILED, str_fmt(q->a, "the name \"%.*s\" is taken: it is that of %s %s",
                                   STR_ARG(to), taken->sort[0] == 'a' ? "an" : "a", taken->sort));
    size_t mentions;
    struct str why;
    struct str text = changed(q, v, name, to, &mentions);
    if (!try_it(q, text, to, mentions, &why)) return answer_with(NULL);
    if (why.n) return answer_refused(ANSWER_FAILED, why);
    return all_edits(q, v, name, to, text);
}

struct answer rename_name(const struct asked *q)
{
    const json_t *name = json_object_get(q->params, "newName");
    if (!json_is_string(name))
        return answer_refused(ANSWER_INVALID_PARAMS, STR("newName must be a string"));
    struct str to = {json_string_value(name), json_string_length(name)};
    struct vocabulary v;
    if (q->talks) return talks_rename(q, to);
    if (q->mapping) return mapping_rename(q, to);
    if (!vocabulary_read(q->a, q->source, &v)) return answer_with(NULL);
    const struct name_use *m = vocabulary_at(&v, q->offset);
    if (!m) return answer_refused(ANSWER_FAILED, STR("no declared name stands here"));
    return rename_named(q, &v, m->name, to);
}
