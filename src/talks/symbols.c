/* See symbols.h. */
#include "talks/symbols.h"

#include "talks/explain.h"

const struct mention *talks_mention_at(const struct talks *t, size_t at)
{
    const struct mention *touching = NULL;
    for (uint32_t i = 0; i < t->n_mentions; i++) {
        const struct mention *m = &t->mentions[i];
        if (m->at.from <= at && at < m->at.to) return m;
        if (at == m->at.to) touching = m;
    }
    return touching;
}

bool mention_same(const struct mention *a, const struct mention *b)
{
    return a->kind == b->kind && a->index == b->index && a->option == b->option;
}

const struct mention *mention_definition(const struct talks *t, const struct mention *m)
{
    for (uint32_t i = 0; i < t->n_mentions; i++)
        if (t->mentions[i].defines && mention_same(&t->mentions[i], m)) return &t->mentions[i];
    return NULL;
}

struct str mention_name(const struct talks *t, const struct mention *m)
{
    switch (m->kind) {
    case MENTION_SIDE: return t->sides[m->index].name;
    case MENTION_SPEAKER: return t->speakers[m->index].name;
    case MENTION_SOURCE: return t->sources[m->index].name;
    case MENTION_ISSUE: return t->issues[m->index].name;
    case MENTION_STATEMENT: return t->statements[m->index].name;
    case MENTION_INTERIM: return t->interims[m->index].name;
    case MENTION_STEP: return t->steps[m->index].name;
    case MENTION_PREFERENCE: return t->preferences[m->index].name;
    case MENTION_DRAFT: return t->drafts[m->index].name;
    case MENTION_OPTION: return t->issues[m->index].options[m->option].name;
    }
    return (struct str){NULL, 0};
}

const char *mention_kind_name(enum mention_kind kind)
{
    static const char *const names[] = {"side",    "speaker", "source",     "issue", "statement",
                                        "interim", "step",    "preference", "draft", "option"};
    return names[kind];
}

static void gloss_issue(const struct issue *issue, struct buf *out)
{
    static const char *const choices[] = {"at most one of", "exactly one of", "any number of"};
    buf_fmt(out, "%.*s, %s:", STR_ARG(issue->label), choices[issue->choice]);
    for (uint32_t i = 0; i < issue->n_options; i++)
        buf_fmt(out, "\n- %.*s: %.*s", STR_ARG(issue->options[i].name),
                STR_ARG(issue->options[i].label));
}

static void gloss_statement(const struct talks *t, const struct statement *s, struct buf *out)
{
    speaker_print(t, s, out);
    source_print(t, s, out);
    buf_putc(out, '\n');
    words_print(s, out);
    buf_puts(out, "\nread as: ");
    statement_gloss(t, s, out);
}

void mention_gloss(const struct talks *t, const struct mention *m, struct buf *out)
{
    switch (m->kind) {
    case MENTION_SIDE: buf_add(out, t->sides[m->index].label); break;
    case MENTION_SPEAKER: {
        const struct speaker *s = &t->speakers[m->index];
        buf_add(out, s->label);
        if (s->side != TALKS_NONE) buf_fmt(out, ", of %.*s", STR_ARG(t->sides[s->side].label));
        break;
    }
    case MENTION_SOURCE: buf_add(out, t->sources[m->index].label); break;
    case MENTION_ISSUE: gloss_issue(&t->issues[m->index], out); break;
    case MENTION_STATEMENT: gloss_statement(t, &t->statements[m->index], out); break;
    case MENTION_INTERIM: buf_add(out, t->interims[m->index].label); break;
    case MENTION_STEP: position_label(t, &t->steps[m->index].p, out); break;
    case MENTION_PREFERENCE: {
        const struct preference *p = &t->preferences[m->index];
        buf_fmt(out, "%.*s prefers ", STR_ARG(t->sides[p->side].label));
        position_label(t, &p->better, out);
        buf_puts(out, " to ");
        position_label(t, &p->worse, out);
        break;
    }
    case MENTION_DRAFT: buf_add(out, t->drafts[m->index].label); break;
    case MENTION_OPTION: {
        const struct issue *issue = &t->issues[m->index];
        buf_fmt(out, "%.*s, of %.*s", STR_ARG(issue->options[m->option].label),
                STR_ARG(issue->label));
        break;
    }
    }
}
