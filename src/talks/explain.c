/* What a file of talks says, in plain English: the summary of `check`, the readings of `explain`.
 *
 * Direct words stand in quotation marks; indirect speech never does.  What is assumed or proposed
 * is called so wherever it is shown. */
#include "talks/explain.h"

#include "talks/pieces.h"
#include "talks/talks.h"

static bool contains(struct str s, struct str part)
{
    for (size_t i = 0; i + part.n <= s.n; i++)
        if (str_eq(str_slice(s, i, i + part.n), part)) return true;
    return false;
}

void speaker_print(const struct talks *t, const struct statement *s, struct buf *out)
{
    if (s->speaker == TALKS_NONE) {
        buf_puts(out, s->origin == ORIGIN_ASSUMED      ? "An assumption"
                      : s->origin == ORIGIN_DEPENDENCY ? "A dependency between options"
                                                       : "Somebody");
        return;
    }
    const struct speaker *who = &t->speakers[s->speaker];
    buf_add(out, who->label);
    if (who->side != TALKS_NONE && !contains(who->label, t->sides[who->side].label))
        buf_fmt(out, " (%.*s)", STR_ARG(t->sides[who->side].label));
}

void source_print(const struct talks *t, const struct statement *s, struct buf *out)
{
    if (s->capacity.n) buf_fmt(out, ", as %.*s", STR_ARG(s->capacity));
    if (s->report_of.n) buf_fmt(out, " of %.*s", STR_ARG(s->report_of));
    if (s->outlet.n)
        buf_fmt(out, ", %.*s", STR_ARG(s->outlet));
    else if (s->source != TALKS_NONE)
        buf_fmt(out, ", %.*s", STR_ARG(t->sources[s->source].label));
    if (s->said != DAY_UNKNOWN) {
        buf_puts(out, ", said ");
        day_print(s->said, out);
    }
    if (s->published != DAY_UNKNOWN) {
        buf_puts(out, ", published ");
        day_print(s->published, out);
    }
    if (s->grade) buf_fmt(out, ", grade %c", s->grade);
    if (s->credibility) buf_fmt(out, ", credibility %c", s->credibility);
    if (s->secrecy == SECRECY_CONFIDENTIAL) buf_puts(out, ", CONFIDENTIAL");
    if (s->secrecy == SECRECY_RESTRICTED)
        buf_fmt(out, ", RESTRICTED to %.*s", STR_ARG(s->restricted_to));
}

/* Are these words part of the statement's direct words? */
static bool in_direct_words(const struct statement *s, struct str phrase)
{
    const struct text *words = statement_words(s);
    return words && phrase.n && contains(words->words, phrase);
}

void phrase_print(const struct statement *s, struct str phrase, struct buf *out)
{
    bool direct = in_direct_words(s, phrase);
    buf_fmt(out, direct ? "“%.*s”" : "%.*s", STR_ARG(phrase));
}

void words_print(const struct statement *s, struct buf *out)
{
    const struct text *words = statement_words(s);
    if (words) {
        buf_fmt(out, "“%.*s”", STR_ARG(words->words));
        if (words != &s->original)
            buf_fmt(out, " (in %.*s%s)", STR_ARG(words->language),
                    s->original_missing ? "; the original words are not available"
                                        : "; a translation");
    } else if (s->indirect.words.p) {
        buf_fmt(out, "in indirect speech: %.*s", STR_ARG(s->indirect.words));
    } else if (s->origin == ORIGIN_ASSUMED) {
        buf_fmt(out, "assumed, in nobody's words: %.*s", STR_ARG(s->because));
        if (s->by.n) buf_fmt(out, " (by %.*s)", STR_ARG(s->by));
    } else if (s->origin == ORIGIN_DEPENDENCY) {
        buf_fmt(out, "declared: %.*s", STR_ARG(s->because));
    } else {
        buf_puts(out, "no words are given");
    }
}

/* "Ukraine's status: neutral" */
void position_label(const struct talks *t, const struct position *p, struct buf *out)
{
    for (uint32_t i = 0; i < p->n; i++) {
        const struct issue *issue = &t->issues[p->atoms[i].issue];
        if (i) buf_puts(out, p->any ? " or " : " and ");
        buf_fmt(out, "[%.*s: %s%.*s]", STR_ARG(issue->label), p->atoms[i].negated ? "not " : "",
                STR_ARG(issue->options[p->atoms[i].option].label));
    }
}

void warning_consequence(const struct talks *t, const struct statement *s, struct buf *out)
{
    if (!s->regards.p) {
        phrase_print(s, s->consequence, out);
        return;
    }
    buf_fmt(out, "%.*s regards ", STR_ARG(t->sides[s->regards_side].label));
    phrase_print(s, s->regards, out);
    buf_puts(out, " as ");
    phrase_print(s, s->regards_as, out);
}

static void two(const struct talks *t, const struct statement *s, const char *before,
                const char *between, const char *after, struct buf *out)
{
    buf_puts(out, before);
    position_label(t, &s->p, out);
    buf_puts(out, between);
    if (s->q.n) position_label(t, &s->q, out);
    buf_puts(out, after);
}

static void gloss_authority(const struct talks *t, const struct statement *s, struct buf *out)
{
    buf_puts(out, "who decides ");
    buf_add(out, t->issues[s->issue].label);
    buf_puts(out, ": ");
    for (uint32_t i = 0; i < s->n_deciders; i++)
        buf_fmt(out, "%s%.*s", i ? " and " : "", STR_ARG(t->sides[s->deciders[i]].label));
    buf_puts(out, " and nobody else");
    for (uint32_t i = 0; i < s->n_not_deciders; i++)
        buf_fmt(out, "%s%.*s", i ? ", nor " : "; expressly not ",
                STR_ARG(t->sides[s->not_deciders[i]].label));
}

/* What each act means to the solver, in words. */
static const struct {
    const char *before, *between, *after;
} glosses[ACTS] = {
    [ACT_DEMAND] = {"an outcome without ", " does not meet this demand", ""},
    [ACT_OFFER] = {"an outcome without ", " leaves this offer unused", ""},
    [ACT_ACCEPT] = {"an outcome with ", " is accepted; without it, nothing is said", ""},
    [ACT_REFUSE] = {"every outcome with ", " is refused (each of them, where there are several)",
                    ""},
    [ACT_SUPPORT] = {"support for ", " in principle; it is no acceptance and binds no outcome", ""},
    [ACT_OPEN] = {"readiness to discuss ", "; it is no acceptance and binds no outcome", ""},
    [ACT_CONDITION] = {"an outcome with ", " and without ", " is not agreed to"},
    [ACT_PRECONDITION] = {"", " may not come before ", ", nor at the same time"},
    [ACT_TOGETHER] = {"", " comes at the same time as ", ", neither before nor after it"},
    [ACT_RED_LINE] = {"every outcome without ", " crosses this red line", ""},
    [ACT_WARNING] = {"a consequence announced for ", "; it forbids no outcome by itself", ""},
    [ACT_REQUIRES] = {"by what the options mean, there is no ", " without ", ""},
    [ACT_EXCLUDES] = {"by what the options mean, ", " and ", " do not go together"},
};

void statement_gloss(const struct talks *t, const struct statement *s, struct buf *out)
{
    if (s->act == ACT_AUTHORITY) {
        gloss_authority(t, s, out);
    } else if (s->act == ACT_ACCEPT && s->q.n) {
        two(t, s, "", " is accepted on condition of ", "; without it, it is not", out);
    } else if (s->p.n) {
        two(t, s, glosses[s->act].before, glosses[s->act].between, glosses[s->act].after, out);
    } else {
        buf_fmt(out, "a%s %s; it binds no outcome", s->act == ACT_ARGUMENT ? "n" : "",
                talks_acts[s->act].noun);
    }
}

/* --- explain --------------------------------------------------------------------------------- */

static void explain_issue(const struct issue *issue, struct buf *out)
{
    static const char *const choices[] = {"at most one of", "exactly one of", "any number of"};
    buf_fmt(out, "%.*s: %.*s, %s\n", STR_ARG(issue->name), STR_ARG(issue->label),
            choices[issue->choice]);
    for (uint32_t i = 0; i < issue->n_options; i++)
        buf_fmt(out, "  - %.*s: %.*s\n", STR_ARG(issue->options[i].name),
                STR_ARG(issue->options[i].label));
    buf_putc(out, '\n');
}

static const char *origin_word(const struct statement *s)
{
    switch (s->origin) {
    case ORIGIN_ASSUMED: return "ASSUMPTION, nobody's words";
    case ORIGIN_PROPOSED: return "PROPOSED, counts for nothing";
    case ORIGIN_DEPENDENCY:
    case ORIGIN_SAID: break;
    }
    return talks_acts[s->act].noun;
}

static void explain_statement(const struct talks *t, const struct statement *s, struct buf *out)
{
    buf_fmt(out, "%.*s: %s\n  ", STR_ARG(s->name), origin_word(s));
    speaker_print(t, s, out);
    source_print(t, s, out);
    buf_puts(out, "\n  ");
    words_print(s, out);
    if (s->scope.n) {
        buf_puts(out, "\n  scope, as stated: ");
        phrase_print(s, s->scope, out);
    }
    if (s->act == ACT_WARNING) {
        buf_puts(out, "\n  then ");
        warning_consequence(t, s, out);
    }
    if (s->consequence.p && s->act != ACT_WARNING) {
        buf_fmt(out, "\n  %s: ", talks_acts[s->act].noun);
        phrase_print(s, s->consequence, out);
    }
    buf_puts(out, "\n  read as: ");
    statement_gloss(t, s, out);
    if (s->supersedes != TALKS_NONE)
        buf_fmt(out, "\n  supersedes %.*s", STR_ARG(t->statements[s->supersedes].name));
    if (s->superseded_by != TALKS_NONE)
        buf_fmt(out, "\n  superseded by %.*s", STR_ARG(t->statements[s->superseded_by].name));
    buf_puts(out, "\n\n");
}

enum status talks_explain(struct arena *a, const struct source *source, struct diags *d,
                          struct buf *out)
{
    struct talks t;
    enum status status = talks_read(a, source, d, &t);
    if (status != STATUS_OK) return status;
    buf_fmt(out, "%.*s\n\n", STR_ARG(t.title));
    for (uint32_t i = 0; i < t.n_issues; i++) explain_issue(&t.issues[i], out);
    for (uint32_t i = 0; i < t.n_statements; i++) explain_statement(&t, &t.statements[i], out);
    return out->failed ? STATUS_FAULT : STATUS_OK;
}

static void explain_object(const struct talks *t, uint32_t i, struct buf *out)
{
    static const struct str none = {NULL, 0};
    const struct statement *s = &t->statements[i];
    struct jsonl j = {out, false};
    struct buf gloss;
    buf_init(&gloss);
    statement_gloss(t, s, &gloss);
    jsonl_open(&j, NULL, '{');
    jsonl_text(&j, "view", STR("explain"));
    json_statement(&j, "statement", t, i);
    jsonl_text(&j, "read_as", buf_str(&gloss));
    jsonl_text_or_null(&j, "supersedes",
                       s->supersedes == TALKS_NONE ? none : t->statements[s->supersedes].name);
    jsonl_text_or_null(&j, "superseded_by",
                       s->superseded_by == TALKS_NONE ? none
                                                      : t->statements[s->superseded_by].name);
    jsonl_close(&j, '}');
    jsonl_line(&j);
    if (gloss.failed) out->failed = true;
    buf_free(&gloss);
}

enum status talks_explain_json(struct arena *a, const struct source *source, struct diags *d,
                               struct buf *out)
{
    struct talks t;
    enum status status = talks_read(a, source, d, &t);
    if (status != STATUS_OK) return status;
    for (uint32_t i = 0; i < t.n_statements; i++) explain_object(&t, i, out);
    return out->failed ? STATUS_FAULT : STATUS_OK;
}

/* --- check ----------------------------------------------------------------------------------- */

static void count(struct buf *out, size_t n, const char *one, const char *many)
{
    if (n)
        buf_fmt(out, "%s%zu %s", out->n && out->p[out->n - 1] != ' ' ? ", " : "", n,
                n == 1 ? one : many);
}

enum status talks_check(struct arena *a, const struct source *source, struct diags *d,
                        struct buf *out)
{
    struct talks t;
    enum status status = talks_read(a, source, d, &t);
    if (status == STATUS_FAULT) return status;
    enum status proof = talks_prove(&t, d);
    if (proof > status) status = proof;
    if (status != STATUS_OK) return status;
    size_t said = 0, assumed = 0, proposed = 0, proven = 0, indirect = 0;
    for (uint32_t i = 0; i < t.n_statements; i++) {
        const struct statement *s = &t.statements[i];
        said += s->origin == ORIGIN_SAID;
        assumed += s->origin == ORIGIN_ASSUMED;
        proposed += s->origin == ORIGIN_PROPOSED;
        indirect += s->origin == ORIGIN_SAID && s->indirect.words.p && !statement_words(s);
        proven += s->source != TALKS_NONE && t.sources[s->source].file.n && statement_words(s);
    }
    buf_fmt(out, "%.*s: ", STR_ARG(source->name));
    count(out, said, "statement", "statements");
    count(out, t.n_issues, "issue", "issues");
    count(out, assumed, "assumption", "assumptions");
    count(out, proposed, "proposed statement that counts for nothing",
          "proposed statements that count for nothing");
    count(out, proven, "quotation found word for word in its source",
          "quotations found word for word in their sources");
    count(out, indirect, "statement in indirect speech only", "statements in indirect speech only");
    buf_puts(out, "\n");
    return out->failed ? STATUS_FAULT : STATUS_OK;
}
