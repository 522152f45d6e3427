/* Statements in text and JSON, as all views show them. */
#include "talks/explain.h"
#include "talks/pieces.h"

static const struct str none = {NULL, 0};

void json_day(struct jsonl *j, const char *key, int32_t day)
{
    struct buf b;
    buf_init(&b);
    if (day == DAY_UNKNOWN) {
        jsonl_null(j, key);
    } else {
        day_print(day, &b);
        jsonl_text(j, key, buf_str(&b));
    }
    buf_free(&b);
}

void json_position(struct jsonl *j, const char *key, const struct talks *t,
                   const struct position *p)
{
    struct buf b;
    buf_init(&b);
    position_print(t, p, &b);
    jsonl_text(j, key, buf_str(&b));
    buf_free(&b);
}

static void json_words(struct jsonl *j, const struct talks *t, const struct statement *s)
{
    const struct text *words = statement_words(s);
    jsonl_text_or_null(j, "words", words ? words->words : none);
    jsonl_text_or_null(j, "language", words ? words->language : none);
    jsonl_bool(j, "translated", words && words != &s->original);
    jsonl_text_or_null(j, "original", s->original.words);
    jsonl_text_or_null(j, "indirect", s->indirect.words);
    jsonl_text_or_null(j, "scope", s->scope.n ? s->scope : none);
    jsonl_text_or_null(j, "outlet",
                       s->outlet.n               ? s->outlet
                       : s->source != TALKS_NONE ? t->sources[s->source].label
                                                 : none);
}

void json_statement(struct jsonl *j, const char *key, const struct talks *t, uint32_t statement)
{
    static const char *const secrecy[] = {"public", "restricted", "confidential"};
    const struct statement *s = &t->statements[statement];
    uint32_t side = statement_side(t, s);
    struct buf b;
    buf_init(&b);
    statement_print(t, s, &b);
    jsonl_open(j, key, '{');
    jsonl_text(j, "id", s->name);
    jsonl_text(j, "kind",
               s->origin == ORIGIN_ASSUMED ? STR("assumption") : str_of(talks_acts[s->act].noun));
    jsonl_text_or_null(j, "speaker",
                       s->speaker == TALKS_NONE ? none : t->speakers[s->speaker].label);
    jsonl_text_or_null(j, "side", side == TALKS_NONE ? none : t->sides[side].label);
    jsonl_text_or_null(j, "capacity", s->capacity.n ? s->capacity : none);
    json_day(j, "date", statement_day(s));
    jsonl_text(j, "sentence", buf_str(&b));
    json_words(j, t, s);
    jsonl_text_or_null(j, "grade", s->grade ? (struct str){&s->grade, 1} : none);
    jsonl_text_or_null(j, "credibility", s->credibility ? (struct str){&s->credibility, 1} : none);
    jsonl_text(j, "confidentiality", str_of(secrecy[s->secrecy]));
    jsonl_bool(j, "assumption", s->origin == ORIGIN_ASSUMED);
    if (s->origin == ORIGIN_ASSUMED) jsonl_text(j, "because", s->because);
    jsonl_close(j, '}');
    buf_free(&b);
}

void json_statements(struct jsonl *j, const char *key, const struct talks *t, const uint32_t *v,
                     uint32_t n)
{
    jsonl_open(j, key, '[');
    for (uint32_t i = 0; i < n; i++) json_statement(j, NULL, t, v[i]);
    jsonl_close(j, ']');
}

void text_statement(const struct talks *t, uint32_t statement, const char *indent, struct buf *out)
{
    const struct statement *s = &t->statements[statement];
    buf_puts(out, indent);
    if (s->origin == ORIGIN_ASSUMED)
        buf_puts(out, "ASSUMPTION, nobody's words");
    else {
        speaker_print(t, s, out);
        source_print(t, s, out);
    }
    buf_fmt(out, " [%.*s]\n%s  ", STR_ARG(s->name), indent);
    if (s->origin == ORIGIN_ASSUMED) {
        statement_print(t, s, out);
        buf_fmt(out, "\n%s  because %.*s\n", indent, STR_ARG(s->because));
        return;
    }
    buf_fmt(out, "%s: ", talks_acts[s->act].noun);
    words_print(s, out);
    if (s->scope.n) {
        buf_fmt(out, "\n%s  scope, as stated: ", indent);
        phrase_print(s, s->scope, out);
    }
    buf_putc(out, '\n');
}
