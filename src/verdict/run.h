/* Private to room verdict: what a result keeps for later questions. */
#ifndef TRUCE_VERDICT_RUN_H
#define TRUCE_VERDICT_RUN_H

#include "verdict/settle.h"

struct verdict_private {
    struct lowered lowered;
    struct view view;
    size_t cap_rows;
};

#endif
