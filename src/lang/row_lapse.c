/* Row 11: a duty by a date that lapses when its condition does not hold on that date. */
#include "lang/draft.h"

static const char tail[] = "if not, the date lapses";

bool read_lapse(struct parser *p, struct draft *dr)
{
    p->doing = "a date that may lapse";
    if (dr->pv.deadline.op != DEADLINE_BY) {
        struct diag *x =
            refuse(p, "lapse-without-date", place_now(p),
                   "\"only if\" behind a duty makes its date lapse, so a date by which "
                   "it is owed is needed");
        diag_fix(p->d, x, "write: must … by 2015-12-31 only if …; %s; or: if …, … must …", tail);
        return false;
    }
    p->at += 2;
    if (!read_condition(p, &dr->pv.only)) return false;
    if (!eat_punct(p, ';')) eat_punct(p, ',');
    if (eat(p, "if not , the date lapses") || eat(p, "if not the date lapses")) {
        dr->pv.pattern = PATTERN_LAPSE;
        return true;
    }
    struct diag *x = refuse(p, "lapse-unsaid", place_now(p),
                            "what becomes of the date when the condition does not hold then?");
    diag_fix(p->d, x, "write behind it: ; %s", tail);
    return false;
}
