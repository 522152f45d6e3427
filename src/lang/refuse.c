/* Words that are refused wherever they stand in a provision, each with what to write instead.
 *
 * They are looked for before a sentence is read, so that all of them are told at once.  Words that
 * an event or state declares for itself ("refuse or delay access") are left alone. */
#include "lang/refuse.h"

static const struct refusal {
    const char *words, *code, *what, *fix;
} refusals[] = {
    {"shall not", "modality", "\"shall not\" is written in another way here", "write: must not"},
    {"shall", "modality", "\"shall\" is written in another way here", "write: must"},
    {"may not", "modality", "\"may not\" can be read as \"need not\" and as \"must not\"",
     "write: must not"},
    {"will", "modality", "\"will\" may be a promise or a forecast", "write: must"},
    {"should", "modality", "\"should\" leaves open whether it is owed", "write: must"},
    {"cannot", "modality", "\"cannot\" may be a ban or an impossibility", "write: must not"},
    {"is obliged to", "modality", "an obligation is said by one word", "write: must"},
    {"undertakes to", "modality", "an obligation is said by one word", "write: must"},
    {"undertake to", "modality", "an obligation is said by one word", "write: must"},
    {"agrees to", "modality", "an obligation is said by one word", "write: must"},
    {"agree to", "modality", "an obligation is said by one word", "write: must"},
    {"must refrain from", "modality", "a ban is said by two words",
     "write: must not, with the act itself, as in: must not fire"},
    {"it", "pronoun", "\"it\": who or what is meant?", "repeat the name"},
    {"they", "pronoun", "\"they\": who or what is meant?", "repeat the name"},
    {"them", "pronoun", "\"them\": who or what is meant?", "repeat the name"},
    {"their", "pronoun", "\"their\" may be each one's own or all of them's",
     "write: its, which means the bearer's own"},
    {"this", "pronoun", "\"this\": what is meant?", "repeat the name"},
    {"these", "pronoun", "\"these\": what is meant?", "repeat the name"},
    {"such", "pronoun", "\"such\": what is meant?", "repeat the name"},
    {"promptly", "vague-time", "\"promptly\" names no time",
     "write a limit, as in: within 24 hours after …; or declare a disputed date with its readings"},
    {"immediately", "vague-time", "\"immediately\" names no time",
     "write a limit, as in: within 1 hour after …; or declare a disputed date with its readings"},
    {"forthwith", "vague-time", "\"forthwith\" names no time",
     "write a limit, as in: within 1 hour after …; or declare a disputed date with its readings"},
    {"without delay", "vague-time", "\"without delay\" names no time",
     "write a limit, as in: within 24 hours after …; or declare a disputed date with its readings"},
    {"as soon as possible", "vague-time", "\"as soon as possible\" names no time",
     "write a limit, as in: within 24 hours after …; or declare a disputed date with its readings"},
    {"in due course", "vague-time", "\"in due course\" names no time",
     "write a limit, as in: within 30 days after …; or declare a disputed date with its readings"},
    {"no later than", "vague-time", "\"no later than\" is written in another way here",
     "write: by (a point of time), or: within … after …"},
    {"not later than", "vague-time", "\"not later than\" is written in another way here",
     "write: by (a point of time), or: within … after …"},
    {"where appropriate", "vague", "\"where appropriate\": who judges, by what?",
     "write a condition: if …, or unless …"},
    {"as appropriate", "vague", "\"as appropriate\": who judges, by what?",
     "write a condition: if …, or unless …"},
    {"if necessary", "vague", "\"if necessary\": who judges, by what?",
     "write a condition: if …, or unless …"},
    {"and/or", "mixed-and-or", "\"and/or\" can be read in two ways", "write one of the two"},
    {"during", "other-word", "\"during\" is written in another way here", "write: while … holds"},
    {"as long as", "other-word", "\"as long as\" is written in another way here", "write: while"},
    {"since", "other-word", "\"since\" may be a time or a reason", "write: from, or after"},
    {"till", "other-word", "\"till\" is written in another way here", "write: until"},
    {"provided that", "other-word", "\"provided that\" is written in another way here",
     "write: if, or only if"},
    {"subject to", "other-word", "\"subject to\" is written in another way here",
     "write: if, or unless, or despite"},
    {"notwithstanding", "other-word", "\"notwithstanding\" is written in another way here",
     "write: despite"},
    {"except if", "other-word", "\"except if\" is written in another way here", "write: unless"},
    {"except when", "other-word", "\"except when\" is written in another way here",
     "write: unless"},
    {"both parties", "each-meant", "\"both parties\": each of them, or the two together?",
     "write: each party, or: … and … together"},
    {"all parties", "each-meant", "\"all parties\": each of them, or all together?",
     "write: each party, or: … and … together"},
    {"the parties", "each-meant", "\"the parties\": each of them, or all together?",
     "write: each party, or: … and … together"},
};

/* Tokens at `at` that belong to a declared name or phrase: they mean what they were declared to. */
static size_t declared(const struct parser *p, size_t at)
{
    struct symbol s;
    struct form f;
    size_t a = name_match(p, at, &s), b = phrase_match(p, at, ~0u, &f);
    return a > b ? a : b;
}

/* "168 hours, all of them covered" (row_suspend.c): of a stretch that stands right before. */
static bool of_the_stretch(const struct parser *p)
{
    struct parser back = *p;
    if (p->at < p->first + 2) return false;
    back.at -= 2;
    return look(&back, "all of them covered");
}

bool refuse_words(struct parser *p)
{
    size_t back = p->at;
    while (!at_end(p)) {
        size_t skip = token_now(p)->kind == TOKEN_WORD ? declared(p, p->at) : 1;
        if (of_the_stretch(p)) skip = 1;
        if (skip > 0) {
            p->at += skip;
            continue;
        }
        for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
            const struct refusal *r = &refusals[i];
            size_t first = p->at;
            if (!eat(p, r->words)) continue;
            struct place at = place_join(p->tokens.v[first].at, place_last(p));
            struct diag *x = refuse(p, r->code, at, "%s", r->what);
            diag_fix(p->d, x, "%s", r->fix);
            p->at--;
            break;
        }
        p->at++;
    }
    p->at = back;
    return !p->bad;
}
