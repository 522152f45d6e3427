/* The sentence that silences a finding of drafting. */
#include "lang/silence.h"

#include "lang/parse.h"

static const char example[] =
    "write: not a finding: no deadline, because the parties leave it to the commission";

static const struct {
    const char *code, *spoken;
} rules[DRAFTING_RULES] = {
    [RULE_NO_BEARER] = {"no-bearer", "no bearer"},
    [RULE_NO_DEADLINE] = {"no-deadline", "no deadline"},
    [RULE_NO_REFERENCE_LINE] = {"no-reference-line", "no reference line"},
    [RULE_NO_UNIT] = {"no-unit", "no unit"},
    [RULE_NO_VERIFIER] = {"no-verifier", "no verifier"},
    [RULE_NO_CONSEQUENCE] = {"no-consequence", "no consequence"},
    [RULE_UNDEFINED_TERM] = {"undefined-term", "undefined term"},
    [RULE_UNUSED_TERM] = {"unused-term", "unused term"},
    [RULE_DEADLINE_BEFORE_TRIGGER] = {"deadline-before-trigger", "deadline before trigger"},
    [RULE_ZONE_NOBODY_COVERS] = {"zone-nobody-covers", "zone nobody covers"},
    [RULE_PERMISSION_MEETS_PROHIBITION] = {"permission-meets-prohibition",
                                           "permission meets prohibition"},
    [RULE_DUTY_ON_CONSENT] = {"duty-on-anothers-consent", "duty on another's consent"},
    [RULE_TEXT_WITHOUT_SENTENCE] = {"text-without-sentence", "text without sentence"},
    [RULE_TEXT_DIFFERS] = {"text-differs", "text differs"},
    [RULE_PARTY_NOT_BOUND] = {"party-not-bound", "party not bound"},
    [RULE_VAGUE_WORD] = {"vague-word", "vague word"},
    [RULE_WHAT_IS_ONE] = {"what-is-one", "what is one"},
    [RULE_WHICH_DAYS] = {"which-days", "which days"},
    [RULE_DEADLINE_ON_HOLIDAY] = {"deadline-on-holiday", "deadline on holiday"},
    [RULE_DOUBLE_NUMBER] = {"double-number", "double number"},
    [RULE_NOT_PLAIN] = {"not-plain", "not plain"},
    [RULE_IDLE_SILENCE] = {"idle-silence", "idle silence"},
};

const char *drafting_rule_code(enum drafting_rule r)
{
    return rules[r].code;
}

const char *drafting_rule_spoken(enum drafting_rule r)
{
    return rules[r].spoken;
}

/* The next character of a rule's name, with all ways to part its words alike; 0 at the end. */
static char next_letter(struct str s, size_t *at)
{
    while (*at < s.n && (s.p[*at] == '\'' || (uint8_t)s.p[*at] >= 0x80)) (*at)++;
    if (*at == s.n) return 0;
    char c = s.p[(*at)++];
    if (c == '-' || c == '_') return ' ';
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_rule(struct str a, struct str b)
{
    size_t i = 0, k = 0;
    char x, y;
    do {
        x = next_letter(a, &i);
        y = next_letter(b, &k);
    } while (x && x == y);
    return x == y;
}

bool drafting_rule_find(struct str words, enum drafting_rule *out)
{
    for (int r = 0; r < DRAFTING_RULES; r++) {
        if (!same_rule(words, str_of(rules[r].spoken))) continue;
        *out = (enum drafting_rule)r;
        return true;
    }
    return false;
}

/* ---- the sentence ---- */

static bool refuse_rule(struct parser *p, struct str words, size_t first)
{
    size_t least = words.n / 2 + 1, best = DRAFTING_RULES;
    for (size_t r = 0; r < DRAFTING_RULES; r++)
        if (str_nearer(words, str_of(rules[r].spoken), &least)) best = r;
    struct place at = place_join(p->tokens.v[first].at, p->tokens.v[p->at - 1].at);
    struct diag *x =
        refuse(p, "unknown-rule", at, "no finding of drafting is called \"%.*s\"", STR_ARG(words));
    if (best < DRAFTING_RULES)
        diag_fix(p->d, x, "write: not a finding: %s, because …", rules[best].spoken);
    else
        diag_fix(p->d, x, "%s; truce help lint names the rules", example);
    return false;
}

static bool read_rule(struct parser *p, struct silence *out)
{
    size_t first = p->at;
    while (!at_end(p) && !look_punct(p, ',') && !look(p, "of") && !look(p, "because") &&
           token_now(p)->kind != TOKEN_STRING)
        p->at++;
    if (p->at == first) return expected(p, "what would be found", example);
    struct str words = words_text(p, first, p->at);
    if (!drafting_rule_find(words, &out->rule)) return refuse_rule(p, words, first);
    if (out->rule != RULE_IDLE_SILENCE) return true;
    struct diag *x = refuse(p, "idle-silence-silenced", p->tokens.v[first].at,
                            "a sentence that silences nothing cannot be silenced itself");
    diag_fix(p->d, x, "delete the sentence that silences nothing");
    return false;
}

static bool read_about(struct parser *p, struct silence *out)
{
    struct symbol s;
    bool of = eat(p, "of");
    if (token_now(p)->kind == TOKEN_STRING) {
        out->about = token_now(p)->text;
        p->at++;
        return true;
    }
    if (!of) return true;
    size_t n = name_match(p, p->at, &s);
    if (!n) return name_unknown(p, SORT_NONE, "a declared name");
    out->about = name_canonical(p, words_text(p, p->at, p->at + n));
    p->at += n;
    return out->about.p != NULL;
}

static bool read_reason(struct parser *p, struct silence *out)
{
    eat_punct(p, ',');
    bool because = eat(p, "because");
    size_t first = p->at;
    bool word = false;
    for (; !at_end(p); p->at++)
        word |= token_now(p)->kind == TOKEN_WORD ||
                (token_now(p)->kind == TOKEN_STRING && token_now(p)->text.n);
    if (!because || !word) {
        p->at = first;
        struct diag *x = refuse(p, "no-reason", place_now(p),
                                "why is it no finding? a reader must be able to judge the reason");
        diag_fix(p->d, x, "write: not a finding: %s, because …", rules[out->rule].spoken);
        return false;
    }
    bool quoted = p->at == first + 1 && p->tokens.v[first].kind == TOKEN_STRING;
    out->reason = quoted ? p->tokens.v[first].text : words_text(p, first, p->at);
    return true;
}

bool read_silence(struct parser *p, struct sentence *s)
{
    struct silence x = {.clause = p->clause,
                        .at = place_join(p->tokens.v[s->first].at, p->tokens.v[s->end - 1].at)};
    p->doing = "a silencing";
    p->at += 3; /* not a finding */
    if (!expect(p, ":", example) || !read_rule(p, &x) || !read_about(p, &x) || !read_reason(p, &x))
        return false;
    x.sentence = words_text(p, s->first, s->end);
    struct silence *item = vec_add(p, &p->silences, sizeof *item);
    if (!item) return false;
    *item = x;
    return !p->oom;
}
