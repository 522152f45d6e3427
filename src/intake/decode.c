/* See decode.h. */
#include "intake/decode.h"

#include <string.h>
#include <unicode/ucnv.h>

static const char *const common[] = {"utf-8",        "utf-16",       "windows-1250", "windows-1251",
                                     "windows-1252", "windows-1256", "iso-8859-1",   "iso-8859-2",
                                     "iso-8859-5",   "iso-8859-15",  "koi8-u",       "koi8-r",
                                     "macintosh",    "shift_jis",    "gb18030"};

const char *decoder_nearest(struct str name)
{
    const char *found = NULL;
    size_t best = 5;
    for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
        if (str_nearer(name, str_of(common[i]), &best)) found = common[i];
    return found;
}

/* One byte to UTF-8.  In the windows code pages a C1 control character stands for "not defined". */
static void fill(struct decoder *d, UConverter *c, bool windows)
{
    for (int b = 0; b < 256; b++) {
        char byte = (char)b;
        UChar u[4];
        UErrorCode e = U_ZERO_ERROR;
        ucnv_reset(c);
        int32_t n = ucnv_toUChars(c, u, 4, &byte, 1, &e);
        d->n[b] = 0;
        if (U_FAILURE(e) || n != 1 || u[0] == 0xFFFD) continue;
        if (windows && u[0] >= 0x80 && u[0] < 0xA0) continue;
        unsigned v = u[0];
        char *out = d->bytes[b];
        if (v < 0x80) {
            out[0] = (char)v;
            d->n[b] = 1;
        } else if (v < 0x800) {
            out[0] = (char)(0xC0 | v >> 6);
            out[1] = (char)(0x80 | (v & 0x3F));
            d->n[b] = 2;
        } else {
            out[0] = (char)(0xE0 | v >> 12);
            out[1] = (char)(0x80 | (v >> 6 & 0x3F));
            out[2] = (char)(0x80 | (v & 0x3F));
            d->n[b] = 3;
        }
    }
}

bool decoder_open(struct decoder *d, struct str name)
{
    memset(d, 0, sizeof(*d));
    if (str_eq_nocase(name, STR("utf-8")) || str_eq_nocase(name, STR("utf8"))) return true;
    char text[64];
    if (name.n == 0 || name.n >= sizeof(text)) return false;
    memcpy(text, name.p, name.n);
    text[name.n] = 0;
    UErrorCode e = U_ZERO_ERROR;
    UConverter *c = ucnv_open(text, &e);
    if (U_FAILURE(e)) return false;
    if (ucnv_getMaxCharSize(c) == 1) {
        d->op = DECODE_TABLE;
        fill(d, c, str_starts(name, STR("windows")) || str_starts(name, STR("cp")));
        ucnv_close(c);
        return true;
    }
    d->op = DECODE_STREAM;
    d->from = c;
    d->to = ucnv_open("UTF-8", &e);
    d->pivot_source = d->pivot_target = d->pivot;
    if (U_SUCCESS(e)) return true;
    decoder_close(d);
    return false;
}

void decoder_close(struct decoder *d)
{
    if (d->from) ucnv_close(d->from);
    if (d->to) ucnv_close(d->to);
    d->from = d->to = NULL;
}

void decoder_block(struct decoder *d, struct str bytes, bool last, struct buf *out)
{
    if (d->op != DECODE_STREAM) {
        buf_add(out, bytes);
        return;
    }
    const char *p = bytes.p, *end = bytes.p + bytes.n;
    UErrorCode e;
    do {
        char block[4096], *to = block;
        e = U_ZERO_ERROR;
        ucnv_convertEx(d->to, d->from, &to, block + sizeof(block), &p, end, (UChar *)d->pivot,
                       (UChar **)&d->pivot_source, (UChar **)&d->pivot_target,
                       (UChar *)d->pivot + 1024, false, last, &e);
        buf_add(out, (struct str){block, (size_t)(to - block)});
    } while (e == U_BUFFER_OVERFLOW_ERROR && !out->failed);
}

bool decoder_ascii(struct str s)
{
    size_t i = 0;
    for (; i + 8 <= s.n; i += 8) {
        uint64_t w;
        memcpy(&w, s.p + i, 8);
        if (w & 0x8080808080808080U) return false;
    }
    for (; i < s.n; i++) {
        if ((unsigned char)s.p[i] & 0x80) return false;
    }
    return true;
}

bool decoder_add(const struct decoder *d, struct str cell, struct buf *out, size_t *at)
{
    if (d->op != DECODE_TABLE) {
        *at = utf8_invalid_at(cell);
        buf_add(out, cell);
        return *at == cell.n;
    }
    for (size_t i = 0; i < cell.n; i++) {
        unsigned char b = (unsigned char)cell.p[i];
        if (!d->n[b]) {
            *at = i;
            return false;
        }
        buf_add(out, (struct str){d->bytes[b], d->n[b]});
    }
    return true;
}
