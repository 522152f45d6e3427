/* The tables that po/catalogue.py makes of the PO files.  Private to say.c. */
#ifndef TRUCE_LANG_CATALOGUE_H
#define TRUCE_LANG_CATALOGUE_H

struct catalogue_entry {
    const char *msgid;
    const char *const *msgstr; /* one, or one for each plural form */
};

struct catalogue {
    const char *code;
    const struct catalogue_entry *entries; /* by strcmp of msgid */
    unsigned n, plurals;
    unsigned long (*plural)(unsigned long n); /* the file's Plural-Forms */
};

extern const struct catalogue catalogues[];
extern const unsigned n_catalogues;

#endif
