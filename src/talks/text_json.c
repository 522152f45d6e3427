/* See text_json.h. */
#include "talks/text_json.h"

static void key_of(struct jsonl *j, const char *key)
{
    if (j->comma) buf_puts(j->out, ", ");
    if (key) {
        buf_json(j->out, str_of(key));
        buf_puts(j->out, ": ");
    }
    j->comma = true;
}

void jsonl_open(struct jsonl *j, const char *key, char bracket)
{
    key_of(j, key);
    buf_putc(j->out, bracket);
    j->comma = false;
}

void jsonl_close(struct jsonl *j, char bracket)
{
    buf_putc(j->out, bracket);
    j->comma = true;
}

void jsonl_text(struct jsonl *j, const char *key, struct str s)
{
    key_of(j, key);
    buf_json(j->out, s);
}

void jsonl_text_or_null(struct jsonl *j, const char *key, struct str s)
{
    if (s.p)
        jsonl_text(j, key, s);
    else
        jsonl_null(j, key);
}

void jsonl_number(struct jsonl *j, const char *key, int64_t n)
{
    key_of(j, key);
    buf_int(j->out, n);
}

void jsonl_bool(struct jsonl *j, const char *key, bool b)
{
    key_of(j, key);
    buf_puts(j->out, b ? "true" : "false");
}

void jsonl_null(struct jsonl *j, const char *key)
{
    key_of(j, key);
    buf_puts(j->out, "null");
}

void jsonl_line(struct jsonl *j)
{
    buf_putc(j->out, '\n');
    j->comma = false;
}
