/* Gaps: matters of the field on which a draft says nothing, sought by words of the text. */
#include "talks/draft_check.h"

/* The check-list; each matter by words of which one must stand in the text. */
static const struct {
    const char *matter;
    const char *words[8];
} matters[] = {
    {"the end of fighting",
     {"ceasefire", "cease fire", "cessation", "must not fire", "hostilities"}},
    {"who verifies", {"verif", "monitor", "observer", "mission"}},
    {"what follows a violation", {"is violated", "violation", "breach"}},
    {"who settles disputes", {"commission", "dispute", "arbitrat", "committee"}},
    {"heavy weapons and their lines", {"weapon", "artillery", "withdraw"}},
    {"prisoners and detainees", {"prisoner", "detainee", "hostage", "captive"}},
    {"humanitarian access", {"humanitarian", "relief", "corridor"}},
    {"mines", {"mine", "demin"}},
    {"drones and aircraft", {"drone", "unmanned", "aircraft", "overfl", "aerial"}},
    {"how forces speak to each other", {"liaison", "hotline", "coordinat"}},
    {"how long it lasts and how it ends", {"terminat", "expir", "until", "extend", "renew"}},
    {"how it is amended", {"amend"}},
    {"which languages are authentic", {"authentic"}},
};

static bool stands_in(struct str text, const char *word)
{
    struct str w = str_of(word);
    for (size_t i = 0; i + w.n <= text.n; i++)
        if (str_eq_nocase(str_slice(text, i, i + w.n), w)) return true;
    return false;
}

const char *draft_gap(struct str text, size_t *next)
{
    while (*next < sizeof matters / sizeof *matters) {
        size_t i = (*next)++;
        bool said = false;
        for (size_t k = 0; k < 8 && matters[i].words[k] && !said; k++)
            said = stands_in(text, matters[i].words[k]);
        if (!said) return matters[i].matter;
    }
    return NULL;
}
