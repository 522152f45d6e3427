/* Quotations: where they are, byte for byte, and whose words they are proposed to be. */
#include "tests/test.h"

#include "talks/quote.h"

static struct arena arena;
static struct diags diags;
static struct quotes found;
static struct str text;

static void read_text(const char *article)
{
    arena_free(&arena);
    arena_init(&arena);
    diags_init(&diags, &arena);
    text = str_of(article);
    const struct source *source = source_new(&arena, STR("a.txt"), text);
    assert_non_null(source);
    assert_int_equal(quotes_find(&arena, source, &diags, &found), STATUS_OK);
}

static void expect(size_t i, const char *words, const char *speaker)
{
    assert_true(i < found.n);
    assert_str(str_slice(text, found.items[i].from, found.items[i].to), words);
    assert_str(found.items[i].speaker, speaker);
}

static void only(const char *article, const char *words, const char *speaker)
{
    read_text(article);
    assert_int_equal(found.n, 1);
    expect(0, words, speaker);
    assert_int_equal(diags.n, 0);
}

static void all_marks(void **state)
{
    (void)state;
    only("\"We are ready to talk,\" Anna Berg said.", "We are ready to talk,", "Anna Berg");
    only("'We are ready to talk,' Anna Berg said.", "We are ready to talk,", "Anna Berg");
    only("“We are ready to talk,” Anna Berg said.", "We are ready to talk,", "Anna Berg");
    only("‘We’re ready to talk,’ Anna Berg said.", "We’re ready to talk,", "Anna Berg");
    only("„Ми готові до розмови“, — сказала Анна Берг.", "Ми готові до розмови", "Анна Берг");
    only("„Ми готові до розмови”, — сказала Анна Берг.", "Ми готові до розмови", "Анна Берг");
    only("‚Wir sind hier, ja‘, said Anna Berg.", "Wir sind hier, ja", "Anna Berg");
    only("« Nous sommes prêts à parler », a dit Anna Berg.", "Nous sommes prêts à parler",
         "Anna Berg");
    only("»We are ready to talk«, said Anna Berg.", "We are ready to talk", "Anna Berg");
    only("‹We are all ready to talk›, said Anna Berg.", "We are all ready to talk", "Anna Berg");
}

static void apostrophes_open_nothing(void **state)
{
    (void)state;
    read_text("The parties' view, in the '90s, wasn't Kyiv's; 'tis so. Don’t. П'ять п’ять.");
    assert_int_equal(found.n, 0);
    only("'The parties' demands aren't met,' Anna Berg said.", "The parties' demands aren't met,",
         "Anna Berg");
}

static void the_speaker_stands_around(void **state)
{
    (void)state;
    only("“We will demand it,” Deputy Foreign Minister Alexander Grushko told Izvestia on Monday.",
         "We will demand it,", "Alexander Grushko");
    only("“We will demand it,” said Russia’s deputy foreign minister, Alexander Grushko.",
         "We will demand it,", "Alexander Grushko");
    only("Kremlin spokesman Dmitry Peskov said: “We will demand it.”", "We will demand it.",
         "Dmitry Peskov");
    only("Keir Starmer, the prime minister, who met Emmanuel Macron, said: “We will offer it.”",
         "We will offer it.", "");
    only("In Paris, Emmanuel Macron said, “That is for Kyiv to decide.”",
         "That is for Kyiv to decide.", "Emmanuel Macron");
    only("“There will be talks this week,” according to Steve Witkoff.",
         "There will be talks this week,", "Steve Witkoff");
    only("Macron: “That is for Kyiv to decide.”", "That is for Kyiv to decide.", "Macron");
    only("The United States welcomed it. “That is for Kyiv to decide.”",
         "That is for Kyiv to decide.", "");
}

static void unsure_is_nobody(void **state)
{
    (void)state;
    only("“Nobody knows who said this.”", "Nobody knows who said this.", "");
    only("“We will go,” a French official said.", "We will go,", "");
    only("Macron met Starmer. “We will go,” he said.", "We will go,", "");
    only("Macron hesitated while Starmer spoke loudly. “We will go.”", "We will go.", "");
}

static void split_by_he_said(void **state)
{
    (void)state;
    read_text(
        "Alexander Grushko spoke. “We can talk,” he said, “about unarmed observers.” “It's just "
        "hot air.”");
    assert_int_equal(found.n, 3);
    expect(0, "We can talk,", "Alexander Grushko");
    expect(1, "about unarmed observers.", "Alexander Grushko");
    expect(2, "It's just hot air.", "Alexander Grushko");
    assert_int_equal(found.items[0].group, found.items[1].group);
    assert_int_equal(found.items[0].parts, 2);
    assert_int_equal(found.items[1].part, 2);
    assert_int_not_equal(found.items[1].group, found.items[2].group);
}

static void split_within_the_marks(void **state)
{
    (void)state;
    read_text("«Мы готовы, — сказал Дмитрий Песков, — к переговорам».");
    assert_int_equal(found.n, 2);
    expect(0, "Мы готовы", "Дмитрий Песков");
    expect(1, "к переговорам", "Дмитрий Песков");
    read_text("«Ми готові! — заявила Анна Берг. — Чекаємо на відповідь».");
    assert_int_equal(found.n, 2);
    expect(0, "Ми готові!", "Анна Берг");
    expect(1, "Чекаємо на відповідь", "Анна Берг");
    read_text("« Nous sommes prêts, a déclaré Emmanuel Macron, à discuter de la paix. »");
    assert_int_equal(found.n, 2);
    expect(0, "Nous sommes prêts", "Emmanuel Macron");
    expect(1, "à discuter de la paix.", "Emmanuel Macron");
    read_text(
        "Emmanuel Macron a parlé. « Nous sommes prêts, a-t-il ajouté, à discuter de la paix. »");
    assert_int_equal(found.n, 2);
    expect(1, "à discuter de la paix.", "Emmanuel Macron");
}

static void several_paragraphs(void **state)
{
    (void)state;
    only("Emmanuel Macron said: “It is for Kyiv to decide.\n\n“It is not for Moscow.”\n",
         "It is for Kyiv to decide.\n\n“It is not for Moscow.", "Emmanuel Macron");
    only("\"First things come first.\n\n\"Then the second,\" Anna Berg said.",
         "First things come first.\n\n\"Then the second,", "Anna Berg");
    only("«Первый абзац здесь.\n\nВторой абзац здесь», — сказала Анна Берг.",
         "Первый абзац здесь.\n\nВторой абзац здесь", "Анна Берг");
    only("« Un premier alinéa est là.\n\n« Un second est là », a dit Anna Berg.",
         "Un premier alinéa est là.\n\n« Un second est là", "Anna Berg");
}

static void nested(void **state)
{
    (void)state;
    read_text("“He told me ‘go away’ and left,” Maria Zakharova said.");
    assert_int_equal(found.n, 2);
    expect(0, "He told me ‘go away’ and left,", "Maria Zakharova");
    expect(1, "go away", "");
    assert_int_equal(found.items[1].depth, 1);
    read_text("«Компания «Газпром» готова к этому», — сказал Иван Петров.");
    assert_int_equal(found.n, 2);
    expect(0, "Компания «Газпром» готова к этому", "Иван Петров");
    read_text("«Мы поддерживаем фонд «Мир», — сказал Иван Петров.");
    assert_int_equal(found.n, 2);
    expect(0, "Мы поддерживаем фонд «Мир»", "Иван Петров");
    expect(1, "Мир", "");
}

static void names_in_cyrillic(void **state)
{
    (void)state;
    only("«Это пустые разговоры», — сказал заместитель министра иностранных дел РФ Александр "
         "Грушко.",
         "Это пустые разговоры", "Александр Грушко");
    only("«Мы готовы», — заявил президент США Дональд Трамп.", "Мы готовы", "Дональд Трамп");
    only("«Ми готові», — сказав президент України Володимир Зеленський.", "Ми готові",
         "Володимир Зеленський");
    only("За словами Зеленського, «це дуже важливо для нас усіх».", "це дуже важливо для нас усіх",
         "Зеленський");
}

static void the_genitive_is_turned_back(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"Андрія Мельничука", "Андрій Мельничук"},
        {"Оксани Левченко", "Оксана Левченко"},
        {"Марины Соколовой", "Марина Соколова"},
        {"Игоря Лавренёва", "Игорь Лавренёв"},
        {"Сергея Коваля", "Сергей Коваль"},
        {"Ірини Савчук", "Ірина Савчук"},
        {"Ігоря Бондаренка", "Ігор Бондаренко"},
        {"Ольги Белинской", "Ольга Белинская"},
        {"Юрія Запольського", "Юрій Запольський"},
        {"Марії Дорошенко", "Марія Дорошенко"},
        {"Дымова", "Дымов"},
        {"Лесюк", "Лесюк"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char line[256];
        snprintf(line, sizeof line, "По словам %s, «это ещё не конец пути для всех».", names[i][0]);
        only(line, "это ещё не конец пути для всех", names[i][1]);
    }
}

static void hard_cases(void **state)
{
    (void)state;
    only("Hale's deputy, Colonel Ada Whitmore, told reporters: \"We have read the text.\"",
         "We have read the text.", "Ada Whitmore");
    only("Le porte-parole, Luc Morin, l'assure : « Personne ne restera. »", "Personne ne restera.",
         "Luc Morin");
    only("Заява Оксани Левченко: «Жодних умов наперед».", "Жодних умов наперед", "Оксана Левченко");
    read_text(
        "Asked whether he would sign, Tomas Hale replied: “No.” The so-called “pause” goes on.");
    assert_int_equal(found.n, 2);
    expect(0, "No.", "Tomas Hale");
    expect(1, "pause", "");
    read_text("„Спостерігачі без зброї — це початок“, — зазначив речник Ігор Савчук.");
    expect(0, "Спостерігачі без зброї — це початок", "Ігор Савчук");
    read_text("«Он назвал это „первым шагом“», — отметила Анна Соколова.");
    assert_int_equal(found.n, 2);
    expect(0, "Он назвал это „первым шагом“", "Анна Соколова");
    expect(1, "первым шагом", "");
    read_text("« Il a parlé de “garanties solides” », affirme Claire Delorme.");
    assert_int_equal(found.n, 2);
    expect(0, "Il a parlé de “garanties solides”", "Claire Delorme");
    read_text("“That is what they call a ‘gesture’,” a diplomat said, “and I call it smoke.”");
    assert_int_equal(found.n, 3);
    expect(0, "That is what they call a ‘gesture’,", "");
}

static void what_is_not_closed_is_said(void **state)
{
    (void)state;
    read_text("The minister said: \"These words never end.\n\nA new paragraph. \"We will,\" Anna "
              "Berg said.");
    assert_int_equal(found.n, 1);
    expect(0, "We will,", "Anna Berg");
    assert_int_equal(diags.n, 1);
    assert_string_equal(diags.items[0].code, "unclosed-quotation");
}

static void what_is_not_text_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"abc \xFF def", "\xCF\xF0\xE8\xE2\xE5\xF2"};
    for (size_t i = 0; i < 2; i++) {
        struct arena a;
        arena_init(&a);
        struct diags d;
        diags_init(&d, &a);
        const struct source *s = source_new(&a, STR("a.txt"), str_of(bad[i]));
        assert_int_equal(quotes_find(&a, s, &d, &found), STATUS_INPUT);
        assert_string_equal(d.items[0].code, "not-text");
        arena_free(&a);
    }
}

/* Whatever the text: spans lie in order, within it, nest or are apart, and are trimmed. */
static void spans_are_sound(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "\"", "'",    "“",  "”",   "‘",    "’",  "«",      "»",     "„",     " ", " he said ", ", ",
        ". ", "\n\n", "\n", " — ", "Anna", "мы", "сказал", "prêts", "a dit", ":", "!",         "s"};
    uint64_t seed = 7;
    for (int round = 0; round < 3000; round++) {
        struct buf b;
        buf_init(&b);
        uint64_t n = test_below(&seed, 40);
        for (uint64_t i = 0; i < n; i++)
            buf_puts(&b, pieces[test_below(&seed, sizeof pieces / sizeof *pieces)]);
        buf_putc(&b, '\0');
        read_text(b.p);
        size_t open = 0;
        for (size_t i = 0; i < found.n; i++) {
            const struct quote *x = &found.items[i];
            struct str words = str_slice(text, x->from, x->to);
            assert_true(x->from < x->to && x->to <= text.n);
            assert_true(x->open >= open && x->open <= x->from && x->to <= x->close);
            assert_true(x->part >= 1 && x->part <= x->parts);
            assert_int_equal(utf8_invalid_at(words), words.n);
            assert_true(words.p[0] != ' ' && words.p[words.n - 1] != '\n');
            open = x->open;
        }
        buf_free(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_marks),
        cmocka_unit_test(apostrophes_open_nothing),
        cmocka_unit_test(the_speaker_stands_around),
        cmocka_unit_test(unsure_is_nobody),
        cmocka_unit_test(split_by_he_said),
        cmocka_unit_test(split_within_the_marks),
        cmocka_unit_test(several_paragraphs),
        cmocka_unit_test(nested),
        cmocka_unit_test(names_in_cyrillic),
        cmocka_unit_test(the_genitive_is_turned_back),
        cmocka_unit_test(hard_cases),
        cmocka_unit_test(what_is_not_closed_is_said),
        cmocka_unit_test(what_is_not_text_is_refused),
        cmocka_unit_test(spans_are_sound),
    };
    int failed = cmocka_run_group_tests_name("quotes", tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
