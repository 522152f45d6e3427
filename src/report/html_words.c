/* Texts made safe for a page, as declared in html.h. */
#include "report/html.h"
#include "report/words.h"

static const char *escape(uint32_t c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

void html_text(struct buf *out, struct str s)
{
    size_t at = 0;
    while (at < s.n) {
        uint32_t c = 0;
        size_t n = utf8_decode(str_slice(s, at, s.n), &c);
        bool control = n && ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0));
        const char *escaped = n ? escape(c) : NULL;
        if (!n || control) {
            buf_puts(out, "\xEF\xBF\xBD");
        } else if (escaped) {
            buf_puts(out, escaped);
        } else {
            buf_add(out, str_slice(s, at, at + n));
        }
        at += n ? n : 1;
    }
}

void html_name(struct buf *out, struct str s)
{
    buf_puts(out, "<bdi>");
    html_text(out, s);
    buf_puts(out, "</bdi>");
}

void html_verdict(struct buf *out, enum verdict v)
{
    buf_fmt(out, "<span class=\"v v-%s\">%s</span>", words_look(v)->css, verdict_word(v));
}

void html_share(struct buf *out, double share)
{
    struct buf words;
    buf_init(&words);
    words_share(&words, share);
    html_text(out, buf_str(&words));
    out->failed |= words.failed;
    buf_free(&words);
}

void html_time(const struct html *h, instant at)
{
    buf_puts(h->out, "<time>");
    words_time(h->out, &h->v->clock, at);
    buf_puts(h->out, "</time>");
}

void html_anchor(struct buf *out, size_t provision)
{
    buf_fmt(out, "p-%zu", provision + 1);
}
