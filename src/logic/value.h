/* Values: integers, floats, strings, patterns, each in one 64-bit word.
 *
 * A column knows its type, a word does not: an int is its two's complement, a float the bits of the
 * double, a string or pattern the number that base/intern gave it.  Words of one column are equal
 * exactly when the values are, so joins compare words: -0.0 is stored as 0.0, and a NaN is never
 * stored (whatever would give one is undefined).
 *
 * Arithmetic is checked: what overflows, divides by zero or is not a number is *undefined* and the
 * functions below return false; nothing wraps.  doc/semantics.md, "Monitor: values and positions".
 */
#ifndef TRUCE_LOGIC_VALUE_H
#define TRUCE_LOGIC_VALUE_H

#include "base/intern.h"

enum value_type {
    VALUE_ANY, /* not yet known; never in a checked formula */
    VALUE_INT,
    VALUE_FLOAT,
    VALUE_STRING,
    VALUE_PATTERN /* a regular expression over strings; only in the right side of MATCHES */
};

const char *value_type_name(enum value_type type); /* "int", "float", "string", "regexp" */

uint64_t value_of_int(int64_t i);
int64_t value_int(uint64_t word);
/* False when f is NaN.  Infinities are values. */
bool value_of_float(double f, uint64_t *word);
double value_float(uint64_t word);

/* Order of two words of a type: <0, 0, >0.  Strings by their bytes. */
int value_cmp(const struct intern *strings, enum value_type type, uint64_t a, uint64_t b);

/* Append a value as MonPoly prints it: ints in decimal, floats with %g, strings in double quotes.
 */
void value_format(struct buf *out, const struct intern *strings, enum value_type type,
                  uint64_t word);

/* A float with that many significant digits, as %g but never read as an int: "2.", "1e+20". */
void value_format_digits(struct buf *out, double f, int digits);

/* The shortest text that reads back as the same float in a formula: with a point, "1.e+20". */
void value_format_float(struct buf *out, double f);

/* Read a whole text as a value of the type: an optional sign and digits; a decimal fraction with an
 * optional exponent (also an int); any text.  False when it is not one or does not fit. */
bool value_parse_int(struct str s, int64_t *out);
bool value_parse_float(struct str s, double *out);

#endif
