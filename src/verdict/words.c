/* The words of a verdict, as people and programs read them. */
#include "verdict/verdict.h"

const char *verdict_word(enum verdict v)
{
    static const char *const words[VERDICTS] = {"violated",   "overdue",  "possibly violated",
                                                "unverified", "pending",  "waiting",
                                                "excused",    "complied", "not in force"};
    return words[v];
}

const char *verdict_key(enum verdict v)
{
    static const char *const keys[VERDICTS] = {"violated",   "overdue",  "possibly_violated",
                                               "unverified", "pending",  "waiting",
                                               "excused",    "complied", "not_in_force"};
    return keys[v];
}

const char *reason_word(enum reason one)
{
    static const char *const words[REASONS] = {
        "uncorroborated", "disputed", "place",  "time",    "actor",     "detail",
        "coverage",       "ahead",    "lapsed", "measure", "left open", "justification"};
    for (size_t i = 0; i < REASONS; i++)
        if (one == (enum reason)(1U << i)) return words[i];
    return "";
}

const char *attribution_word(enum attribution a)
{
    static const char *const words[] = {NULL, "not attributed", "attributed"};
    return words[a];
}
