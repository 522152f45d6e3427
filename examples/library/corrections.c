/* A monitor in a program of one's own: facts come late and are corrected, verdicts follow.
 * Build: cc corrections.c $(pkg-config --cflags --libs truce) */
#include <stdio.h>
#include <string.h>
#include <truce.h>

static void show_changes(truce *t, const char *after)
{
    struct truce_change c;
    printf("after %s:\n", after);
    while (truce_next_change(t, &c) == TRUCE_OK)
        printf("  zone %lld, from @%lld to @%lld: %s\n", (long long)c.values[0].i,
               (long long)c.from.stamp, (long long)c.to.stamp,
               c.holds ? "fired without consent" : "no longer so");
}

int main(void)
{
    struct truce_error error;
    truce *t = truce_open("fire(zone: int)\nconsent(zone: int)\n",
                          "fire(z) AND NOT ONCE[0,6h] consent(z)", NULL, &error);
    if (!t) {
        fputs(error.message, stderr);
        return (int)error.status;
    }

    const char *log = "@1000 fire(7)\n@2000 consent(9)\n@3000 fire(9)\n@4000 fire(7)\n";
    truce_feed(t, log, strlen(log));
    show_changes(t, "the log");

    struct truce_value zone = {.type = TRUCE_INT, .i = 7};
    struct truce_explanation why;
    if (truce_explain(t, (struct truce_point){4000, 0}, &zone, 1, TRUCE_TEXT, &why) == TRUCE_OK)
        printf("why, at @4000:\n%s", why.text);

    struct truce_fact late = {"consent", &zone, 1, {900, 0}, 0};
    truce_add(t, &late);
    show_changes(t, "a late report: zone 7 had consented at @900");

    struct truce_value other = {.type = TRUCE_INT, .i = 8};
    truce_correct(t, &late, &other, 1);
    show_changes(t, "its correction: that was zone 8");

    truce_advance(t, 50000);
    if (truce_add(t, &late) == TRUCE_NOTHING) printf("refused: %s\n", truce_message(t));
    truce_close(t);
    return 0;
}
