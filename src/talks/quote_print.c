/* Quotations as JSON lines, and as a skeleton of statements for a person to complete. */
#include "talks/letters.h"
#include "talks/quote.h"
#include "talks/text_json.h"

static const char *const basis_names[] = {"unsure", "named", "referred", "continued"};

static size_t line_of(const struct source *source, size_t at)
{
    size_t line, column;
    source_locate(source, at, &line, &column);
    return line;
}

/* The paragraphs of the words, each without the mark that it repeats. */
static void paragraphs(struct jsonl *j, struct str words, uint32_t mark)
{
    size_t from = 0, after;
    bool open = false;
    for (size_t i = 0; i <= words.n; i++) {
        bool ends = i == words.n || text_paragraph_ends(words, i, &after);
        if (!ends || (i == words.n && !open)) continue;
        size_t f = from, t = i, next;
        if (!open) jsonl_open(j, "paragraphs", '[');
        uint32_t c = open ? char_at(words, f, &next) : 0;
        if (c && (c == mark || (mark == 0xAB && c == 0xBB))) f = next;
        open = true;
        text_trim(words, &f, &t);
        jsonl_text(j, NULL, str_slice(words, f, t));
        if (i < words.n) i = from = after;
    }
    if (open) jsonl_close(j, ']');
}

void quotes_print_json(const struct quotes *q, const struct source *source, struct buf *out)
{
    struct jsonl j = {out, false};
    for (size_t i = 0; i < q->n; i++) {
        const struct quote *x = &q->items[i];
        struct str words = str_slice(source->text, x->from, x->to);
        struct buf mark;
        buf_init(&mark);
        buf_add_char(&mark, x->mark);
        jsonl_open(&j, NULL, '{');
        jsonl_text(&j, "file", source->name);
        jsonl_text(&j, "words", words);
        jsonl_text_or_null(&j, "speaker", x->speaker.n ? x->speaker : (struct str){NULL, 0});
        jsonl_number(&j, "line", (int64_t)line_of(source, x->from));
        jsonl_number(&j, "offset", (int64_t)x->from);
        jsonl_number(&j, "length", (int64_t)words.n);
        jsonl_number(&j, "quotation", x->group);
        jsonl_number(&j, "part", x->part);
        jsonl_number(&j, "parts", x->parts);
        jsonl_number(&j, "depth", x->depth);
        jsonl_text(&j, "mark", buf_str(&mark));
        jsonl_text(&j, "kind", x->kind == QUOTE_WORDS ? STR("words") : STR("fragment"));
        jsonl_text(&j, "basis", str_of(basis_names[x->basis]));
        jsonl_text_or_null(&j, "cue", x->cue.n ? x->cue : (struct str){NULL, 0});
        jsonl_text_or_null(&j, "language", str_of(x->language));
        paragraphs(&j, words, x->mark);
        jsonl_bool(&j, "confirmed", false);
        jsonl_close(&j, '}');
        jsonl_line(&j);
        buf_free(&mark);
    }
}
