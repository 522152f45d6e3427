/* See text_json.h. */
#include "talks/text_json.h"

static void key_of(struct json *j, const char *key)
{
    if (j->comma) buf_puts(j->out, ", ");
    if (key) {
        buf_json(j->out, str_of(key));
        buf_puts(j->out, ": ");
    }
    j->comma = true;
}

void json_open(struct json *j, const char *key, char bracket)
{
    key_of(j, key);
    buf_putc(j->out, bracket);
    j->comma = false;
}

void json_close(struct json *j, char bracket)
{
    buf_putc(j->out, bracket);
    j->comma = true;
}

void json_text(struct json *j, const char *key, struct str s)
{
    key_of(j, key);
    buf_json(j->out, s);
}

void json_text_or_null(struct json *j, const char *key, struct str s)
{
    if (s.p)
        json_text(j, key, s);
    else
        json_null(j, key);
}

void json_number(struct json *j, const char *key, int64_t n)
{
    key_of(j, key);
    buf_int(j->out, n);
}

void json_bool(struct json *j, const char *key, bool b)
{
    key_of(j, key);
    buf_puts(j->out, b ? "true" : "false");
}

void json_null(struct json *j, const char *key)
{
    key_of(j, key);
    buf_puts(j->out, "null");
}

void json_line(struct json *j)
{
    buf_putc(j->out, '\n');
    j->comma = false;
}
