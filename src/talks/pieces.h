/* Statements in text and JSON, as every view and `explain` show them.  Private to talks. */
#ifndef TRUCE_TALKS_PIECES_H
#define TRUCE_TALKS_PIECES_H

#include "talks/model.h"
#include "talks/text_json.h"

/* A statement as a member (key) or element (NULL) of JSON: id, kind, speaker, side, date, sentence,
 * words (null when none are direct), language, translated, indirect, scope, outlet, grade,
 * credibility, confidentiality, assumption. */
void json_statement(struct jsonl *j, const char *key, const struct talks *t, uint32_t statement);
void json_statements(struct jsonl *j, const char *key, const struct talks *t, const uint32_t *v,
                     uint32_t n);
void json_day(struct jsonl *j, const char *key, int32_t day);
void json_position(struct jsonl *j, const char *key, const struct talks *t,
                   const struct position *p);

/* Two lines: who, where, when, its name; then the words. */
void text_statement(const struct talks *t, uint32_t statement, const char *indent, struct buf *out);

#endif
