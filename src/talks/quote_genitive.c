/* A Ukrainian or Russian name that stands in the genitive ("за словами Андрія Мельничука") put back
 * into the form of address.
 *
 * By endings: the first name's tells man or woman, and with that the surname's is unambiguous.  A
 * name that no ending fits stays as it stands.  It is a proposal, as all speakers are. */
#include "talks/quote_words.h"

#include "talks/letters.h"

#include <string.h>

enum gender { MAN, WOMAN, EITHER };

struct ending {
    const char *genitive, *nominative;
    enum gender gender;
};

/* The first that fits counts. */
static const struct ending first_names[] = {
    {"Петра", "Петр", MAN},
    {"Льва", "Лев", MAN},
    {"Павла", "Павел", MAN},
    {"Дмитра", "Дмитро", MAN},
    {"Михайла", "Михайло", MAN},
    {"Данила", "Данило", MAN},
    {"Никиты", "Никита", MAN},
    {"Микити", "Микита", MAN},
    {"Ильи", "Илья", MAN},
    {"Іллі", "Ілля", MAN},
    {"Ігоря", "Ігор", MAN},
    {"ія", "ій", MAN},
    {"ия", "ий", MAN},
    {"ея", "ей", MAN},
    {"ая", "ай", MAN},
    {"оря", "орь", MAN},
    {"ля", "ль", MAN},
    {"ии", "ия", WOMAN},
    {"ії", "ія", WOMAN},
    {"ьи", "ья", WOMAN},
    {"ы", "а", WOMAN},
    {"и", "а", WOMAN},
    {"а", "", MAN},
};

static const struct ending surnames[] = {
    {"ського", "ський", MAN}, {"цького", "цький", MAN}, {"ского", "ский", MAN},
    {"цкого", "цкий", MAN},   {"ого", "ый", MAN},       {"енка", "енко", MAN},
    {"енко", "енко", EITHER}, {"ської", "ська", WOMAN}, {"цької", "цька", WOMAN},
    {"ской", "ская", WOMAN},  {"цкой", "цкая", WOMAN},  {"ової", "ова", WOMAN},
    {"евої", "ева", WOMAN},   {"овой", "ова", WOMAN},   {"евой", "ева", WOMAN},
    {"ёвой", "ёва", WOMAN},   {"иной", "ина", WOMAN},   {"ної", "на", WOMAN},
    {"ля", "ль", MAN},        {"ря", "рь", MAN},        {"я", "й", MAN},
    {"а", "", MAN},
};

/* Vowels before which a bare ending is none: "Ткача" loses its last letter, "Гаа" does not. */
static bool vowel(uint32_t c)
{
    static const uint32_t vowels[] = {0x430, 0x435, 0x438, 0x43E, 0x443, 0x44B, 0x44D,
                                      0x44E, 0x44F, 0x456, 0x457, 0x454, 0x451};
    for (size_t i = 0; i < sizeof vowels / sizeof *vowels; i++)
        if (c == vowels[i]) return true;
    return false;
}

/* The ending that fits the word for the gender; NULL when none does. */
static const struct ending *fitting(struct str word, const struct ending *table, size_t n,
                                    enum gender gender)
{
    for (size_t i = 0; i < n; i++) {
        const struct ending *e = &table[i];
        struct str tail = str_of(e->genitive);
        if (gender != EITHER && e->gender != EITHER && e->gender != gender) continue;
        if (!str_ends(word, tail)) continue;
        if (!*e->nominative && vowel(char_before(word, word.n - tail.n, NULL))) continue;
        if (word.n - tail.n < 2 && word.n != tail.n) continue;
        return e;
    }
    return NULL;
}

static void put(struct buf *out, struct str word, const struct ending *e)
{
    struct str stem = e ? str_slice(word, 0, word.n - strlen(e->genitive)) : word;
    buf_add(out, stem);
    if (e) buf_puts(out, e->nominative);
}

struct str name_in_nominative(struct arena *a, struct str name)
{
    if (name.n == 0 || char_at(name, 0, NULL) < 0x400) return name;
    size_t first = 0, last = name.n;
    while (first < name.n && name.p[first] != ' ') first++;
    while (last > 0 && name.p[last - 1] != ' ') last--;
    struct str head = str_slice(name, 0, first), surname = str_slice(name, last, name.n);
    struct buf out;
    buf_init(&out);
    enum gender gender = EITHER;
    if (last > first) { /* more than one word */
        const struct ending *e =
            fitting(head, first_names, sizeof first_names / sizeof *first_names, EITHER);
        if (e) gender = e->gender;
        put(&out, head, e);
        buf_add(&out, str_slice(name, first, last));
    }
    put(&out, surname, fitting(surname, surnames, sizeof surnames / sizeof *surnames, gender));
    struct str made = out.failed ? name : str_dup(a, buf_str(&out));
    buf_free(&out);
    return made.p ? made : name;
}
