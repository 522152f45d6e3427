/* Laying words out in the columns of a terminal.
 *
 * Names and prose come from users' files: before anything reaches a terminal it goes through
 * layout_shown, which lets no control character through (an agreement must not move the cursor or
 * recolour a verdict), and text that runs right to left is isolated so that it cannot reorder its
 * neighbours.  Widths are columns of the terminal (utf8_width), never bytes. */
#ifndef TRUCE_REPORT_LAYOUT_H
#define TRUCE_REPORT_LAYOUT_H

#include "base/str.h"

/* s as it may be shown on one line: white space becomes a blank, runs of it one; other controls,
 * bidirectional overrides and malformed bytes become U+FFFD.  {NULL, 0} when memory fails. */
struct str layout_shown(struct arena *a, struct str s);

struct lines {
    struct str *items; /* each a slice of what was wrapped */
    size_t n;          /* at least 1; an empty text is one empty line */
    bool failed;       /* memory failed; items is then of no use */
};

/* Break a shown text into lines of at most `width` columns (at least 1): at blanks, behind hyphens,
 * slashes and low lines, and through a word only when it alone is wider than a line.  A date stays
 * whole. */
struct lines layout_wrap(struct arena *a, struct str text, size_t width);

/* Append one line, isolated when it runs right to left. */
void layout_line(struct buf *out, struct str line);

/* Append a paragraph (any text): wrapped to `width`, each line after `indent` blanks but the
 * first, which begins where the caller stands, in column `indent`. */
void layout_paragraph(struct arena *a, struct buf *out, struct str text, size_t indent,
                      size_t width);

struct cell {
    struct str text;    /* any text; shown by layout_shown */
    const char *colour; /* an SGR sequence such as "\033[31m", or NULL */
};

struct column {
    const char *head;
    bool right;      /* align to the right: numbers */
    bool keep_whole; /* never wrapped: numbers */
    size_t least;    /* never narrower than this, unless all its cells are; 0: as words allow */
};

/* A table of `rows` × `columns` cells, row after row.  A row whose `rule` is set has a blank line
 * above it (a new group). */
struct table {
    const struct column *columns;
    size_t n_columns;
    const struct cell *cells;
    const bool *rule;
    size_t rows;
};

/* Append the table, at most `width` columns wide, with `colour` or without.  Columns of words are
 * wrapped where need be.  False, and nothing appended, when even so it does not fit; also when
 * memory fails (out->failed is then set). */
bool layout_table(struct arena *a, struct buf *out, const struct table *t, size_t width,
                  bool colour);

#endif
