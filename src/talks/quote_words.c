/* See quote_words.h.  Each table is one text of words with a blank on either side of each, searched
 * as text: short enough, and easy to read and to add to. */
#include "talks/quote_words.h"

#include "talks/letters.h"

#include <string.h>

struct table {
    uint32_t classes;
    const char *words;
};

static const struct table tables[] = {
    {WORD_VERB,
     " said says say told tells added adds stated states declared declares announced announces"
     " insisted insists warned warns argued argues explained explains asked asks noted notes "
     "replied"
     " replies answered answers continued continues concluded concludes stressed stresses "
     "emphasized"
     " emphasised underlined claimed claims wrote writes tweeted posted commented remarked observed"
     " demanded demands acknowledged admitted confirmed confirms reiterated repeated recalled "
     "pledged"
     " vowed promised suggested proposed urged complained cautioned responded saying called "
     "described dubbed dismissed denounced"},
    {WORD_VERB,
     " dit déclaré déclare affirmé affirme ajouté ajoute expliqué explique estimé estime souligné"
     " souligne précisé précise assuré assure lancé lance indiqué indique répondu répond averti"
     " avertit prévenu prévient insisté insiste martelé martèle écrit confié confie rappelé "
     "rappelle"
     " conclu conclut poursuivi poursuit demandé demande reconnu reconnaît annoncé annonce promis"
     " répété répète raconte regretté déploré commenté noté note observé"},
    {WORD_VERB,
     " сказав сказала сказали заявив заявила заявили заявляє додав додала додали повідомив"
     " повідомила повідомили наголосив наголосила наголосили підкреслив підкреслила зазначив"
     " зазначила зазначили пояснив пояснила написав написала відповів відповіла каже кажуть "
     "говорить"
     " розповів розповіла попередив попередила запитав запитала уточнив уточнила зауважив зауважила"
     " оголосив оголосила відзначив відзначила вважає стверджує стверджують переконував продовжив"
     " нагадав нагадала визнав визнала запевнив запевнила "},
    {WORD_VERB,
     " сказал сказала сказали заявил заявила заявили заявляет добавил добавила добавили сообщил"
     " сообщила сообщили подчеркнул подчеркнула отметил отметила отметили пояснил пояснила объяснил"
     " объяснила написал написала ответил ответила говорит говорят рассказал рассказала предупредил"
     " предупредила спросил спросила уточнил уточнила заметил заметила объявил объявила считает"
     " утверждает утверждают указал указала продолжил продолжила заключил напомнил напомнила "
     "признал"
     " признала потребовал потребовала заверил заверила"},
    {WORD_PRONOUN, " he she they it il elle ils elles он она они оно він вона вони воно"},
    {WORD_TITLE,
     " mr mrs ms dr sir lord lady prof professor president presidents premier prime minister"
     " ministers deputy vice foreign defence defense chancellor secretary secretary-general"
     " general chief chair chairman chairwoman ambassador envoy special spokesman spokeswoman"
     " spokesperson senator senators congressman governor mayor commissioner commander colonel"
     " captain major lieutenant admiral king queen prince princess director head adviser advisor"
     " speaker representative leader diplomat negotiator american british french russian ukrainian"
     " german european polish turkish italian chinese australian canadian"
     " m mme mlle monsieur madame ministre président présidente premier première chancelier"
     " ambassadeur général porte-parole secrétaire"
     " президент прем'єр прем'єр-міністр міністр речник речниця посол глава голова генерал "
     "заступник"
     " министр премьер премьер-министр представитель замминистра замглавы пресс-секретарь "
     "секретарь"},
    {WORD_PREPOSITION,
     " in at on to of for from with by after before during about against between into over under"
     " within without through across near via since until among à de du des dans en sur pour par "
     "avec"
     " chez après avant pendant contre entre sous vers lors devant au aux depuis d в у на з із зі "
     "до"
     " від для про по о об під при за над між після перед через с со из к ко от под после между "
     "без"},
    {WORD_NOT_NAME,
     " the a an and but or so yet if when while as that this these those there then it's its his "
     "her"
     " their our my your we you i yes no not also earlier later yesterday today tomorrow meanwhile"
     " however asked speaking what who why how where which some many most all both each every one"
     " january february march april may june july august september october november december monday"
     " tuesday wednesday thursday friday saturday sunday le la les un une et mais ou donc or ni car"
     " ce cet cette ces il elle nous vous ils elles je tu on qui que quoi quand comme si hier"
     " aujourd'hui demain interrogé selon janvier février mars avril mai juin juillet août "
     "septembre"
     " octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche"
     " і й та але або а що як коли якщо це цей ця ці той та ті ми ви я ти так ні не також раніше"
     " вчора сьогодні завтра однак тим и но или что как когда если это этот эта эти тот те мы вы"
     " да нет также ранее вчера сегодня завтра однако при этом по за"},
    {WORD_ROLE,
     " minister president spokesman spokeswoman spokesperson official diplomat ambassador envoy"
     " leader chancellor secretary general commander negotiator adviser premier ministre président"
     " porte-parole responsable ambassadeur diplomate dirigeant міністр президент речник речниця"
     " посадовець дипломат посол очільник министр чиновник представитель глава дипломат посол"},
    {WORD_ACCORDING, " according selon d'après словами словам думку мнению заява заявление"},
    {WORD_PARTICLE, " de du van von der den ter bin ibn al el la le da dos di del ben abu оглы"},
    {WORD_AUXILIARY,
     " has had have also then later further again a ont avait avaient est aurait également ensuite"
     " également-t aussi також далі потім ще также затем далее позже ещё еще вчора вчера earlier"
     " yesterday today monday tuesday wednesday thursday friday saturday sunday repeatedly publicly"
     " reportedly"},
};

static bool listed(const char *words, struct str word)
{
    for (const char *p = words; (p = strstr(p, word.p)) != NULL; p++)
        if (p > words && p[-1] == ' ' && (p[word.n] == ' ' || p[word.n] == '\0')) return true;
    return false;
}

static uint32_t shape(struct str word)
{
    uint32_t shape = 0, first = char_at(word, 0, NULL);
    size_t letters = 0, uppers = 0;
    for (size_t i = 0; i < word.n;) {
        uint32_t c = char_at(word, i, &i);
        letters += char_is_letter(c);
        uppers += char_is_upper(c);
    }
    if (char_is_upper(first)) shape |= WORD_UPPER;
    if (letters >= 2 && uppers == letters) shape |= WORD_ALL_CAPS;
    if (str_ends(word, STR("'s")) || str_ends(word, STR("’s")) ||
        (str_ends(word, STR("s’")) || str_ends(word, STR("s'"))))
        shape |= WORD_POSSESSIVE;
    return shape;
}

/* The classes of one word as it stands. */
static uint32_t word_classes(struct arena *a, struct str word);

/* French asks and says with the pronoun behind: a-t-il, dit-elle. */
static uint32_t inverted(struct arena *a, struct str low)
{
    static const char *const ends[] = {"-il", "-elle", "-ils", "-elles", "-on"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (!str_ends(low, str_of(ends[i]))) continue;
        struct str head = str_slice(low, 0, low.n - strlen(ends[i]));
        if (str_ends(head, STR("-t"))) head = str_slice(head, 0, head.n - 2);
        uint32_t c = word_classes(a, head);
        if (c & (WORD_VERB | WORD_AUXILIARY)) return (c & WORD_VERB) | WORD_PRONOUN;
    }
    return 0;
}

/* l'assure, m'a: a verb behind a pronoun of one letter. */
static uint32_t elided(struct arena *a, struct str low)
{
    if (low.n < 4 || !memchr("lmstjn", low.p[0], 6)) return 0;
    size_t mark = low.p[1] == '\'' ? 2 : str_starts(str_slice(low, 1, low.n), STR("’")) ? 4 : 0;
    return mark ? word_classes(a, str_slice(low, mark, low.n)) & WORD_VERB : 0;
}

static uint32_t word_classes(struct arena *a, struct str word)
{
    uint32_t classes = shape(word);
    struct str low = text_lower(a, word);
    if (low.n == 0) return classes;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (listed(tables[i].words, low)) classes |= tables[i].classes;
    if (memchr(low.p, '-', low.n)) classes |= inverted(a, low);
    classes |= elided(a, low);
    /* United States, Notes: a capital makes it a name, save where Cyrillic begins a sentence. */
    if (classes & WORD_UPPER && char_at(word, 0, NULL) < 0x400) classes &= ~(uint32_t)WORD_VERB;
    return classes;
}

/* A word: letters and digits, with hyphens and apostrophes inside. */
static size_t word_end(struct str text, size_t from, size_t to)
{
    size_t end = from;
    for (size_t i = from, next; i < to; i = next) {
        uint32_t c = char_at(text, i, &next);
        bool joint = c == '-' || c == '\'' || c == 0x2019 || c == 0x2BC || c == 0x2011;
        if (joint && (i == from || next >= to || !char_is_letter(char_at(text, next, NULL)))) break;
        if (!joint && !char_is_letter(c) && !char_is_digit(c)) break;
        end = next;
    }
    return end;
}

static bool punctuation(uint32_t c, enum piece_kind *kind)
{
    if (c == ',' || c == ';' || c == '(' || c == ')')
        *kind = PIECE_COMMA;
    else if (c == ':')
        *kind = PIECE_COLON;
    else if (c == '.' || c == '!' || c == '?' || c == 0x2026)
        *kind = PIECE_STOP;
    else if (char_is_dash(c))
        *kind = PIECE_DASH;
    else
        return false;
    return true;
}

size_t pieces_of(struct arena *a, struct str text, size_t from, size_t to, struct piece *out,
                 size_t max, size_t (*quoted)(const void *context, size_t at), const void *context)
{
    size_t n = 0;
    for (size_t i = from, next; i < to && n < max; i = next) {
        uint32_t c = char_at(text, i, &next);
        enum piece_kind kind;
        size_t end = quoted ? quoted(context, i) : 0;
        if (end > i) {
            next = end;
            out[n++] = (struct piece){PIECE_QUOTED, 0, i, end};
            continue;
        }
        end = word_end(text, i, to);
        if (end > i) {
            uint32_t classes = word_classes(a, str_slice(text, i, end));
            bool dot = end < to && text.p[end] == '.';
            bool one = next == end && classes & WORD_UPPER;
            if (dot && (one || (classes & WORD_TITLE && end - i <= 3))) {
                end++; /* A. Grushko; Mr. Smith; M. Macron */
                if (one) classes |= WORD_INITIAL;
            }
            next = end;
            out[n++] = (struct piece){PIECE_WORD, classes, i, end};
        } else if (punctuation(c, &kind)) {
            out[n++] = (struct piece){kind, 0, i, next};
        }
    }
    return n;
}

const char *language_of(struct arena *a, struct str words)
{
    size_t latin = 0, cyrillic = 0, ukrainian = 0, russian = 0, french = 0, english = 0;
    for (size_t i = 0; i < words.n;) {
        size_t end = word_end(words, i, words.n);
        if (end == i) {
            char_at(words, i, &i);
            continue;
        }
        struct str low = text_lower(a, str_slice(words, i, end));
        if (low.n &&
            listed(" le la les des une un est et nous vous que qui dans pour pas avec ce sont",
                   low))
            french++;
        if (low.n &&
            listed(" the and of to is are we will that this not for with it be our they you", low))
            english++;
        while (i < end) {
            uint32_t c = char_lower(char_at(words, i, &i));
            latin += c < 0x250;
            cyrillic += c >= 0x400 && c < 0x530;
            ukrainian += c == 0x456 || c == 0x457 || c == 0x454 || c == 0x491;
            russian += c == 0x44B || c == 0x44D || c == 0x451 || c == 0x44A;
        }
    }
    if (cyrillic > latin) {
        if (ukrainian && !russian) return "uk";
        return russian && !ukrainian ? "ru" : NULL;
    }
    if (french > english) return "fr";
    return english > french ? "en" : NULL;
}
