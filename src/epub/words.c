/* words.c - what an EPUB says by itself, to those who listen: the names of ways back and of lists, in the book's language. */
#include "epub/book.h"

static const inc_epub_words table[] = {
    {"en", "Back to reference %u", "Cover", "Landmarks", "Pages"},
    {"cs", "Zpět k odkazu %u", "Obálka", "Orientační body", "Stránky"},
    {"da", "Tilbage til henvisning %u", "Omslag", "Orientering", "Sider"},
    {"de", "Zurück zu Verweis %u", "Umschlag", "Wegmarken", "Seiten"},
    {"es", "Volver a la llamada %u", "Cubierta", "Puntos de referencia", "Páginas"},
    {"fi", "Takaisin viitteeseen %u", "Kansi", "Maamerkit", "Sivut"},
    {"fr", "Retour à l’appel %u", "Couverture", "Repères", "Pages"},
    {"hu", "Vissza a(z) %u. hivatkozáshoz", "Borító", "Tájékozódási pontok", "Oldalak"},
    {"it", "Torna al richiamo %u", "Copertina", "Punti di riferimento", "Pagine"},
    {"nb", "Tilbake til henvisning %u", "Omslag", "Landemerker", "Sider"},
    {"nl", "Terug naar verwijzing %u", "Omslag", "Oriëntatiepunten", "Pagina’s"},
    {"pl", "Powrót do odsyłacza %u", "Okładka", "Punkty orientacyjne", "Strony"},
    {"pt", "Voltar à chamada %u", "Capa", "Pontos de referência", "Páginas"},
    {"ru", "Назад к ссылке %u", "Обложка", "Ориентиры", "Страницы"},
    {"sv", "Tillbaka till hänvisning %u", "Omslag", "Landmärken", "Sidor"},
    {"uk", "Назад до посилання %u", "Обкладинка", "Орієнтири", "Сторінки"},
};

const inc_epub_words *inc_epub_words_of(inc_str language)
{
    inc_str primary = inc_str_cut(&language, '-');
    if (inc_str_eq_nocase(primary, INC_STR("no")) || inc_str_eq_nocase(primary, INC_STR("nn")))
        primary = INC_STR("nb");
    for (size_t i = 0; i < INC_COUNT(table); i++)
        if (inc_str_eq_nocase(primary, inc_str_of(table[i].language)))
            return &table[i];
    return &table[0];
}

inc_str inc_epub_back_text(inc_arena *arena, const inc_epub_words *words, unsigned number)
{
    inc_str text = inc_str_of(words->back);
    size_t at = inc_str_find(text, INC_STR("%u"));
    return inc_strf(arena, "%.*s%u%.*s", INC_STR_ARG(inc_str_slice(text, 0, at)), number, INC_STR_ARG(inc_str_slice(text, at + 2, text.n)));
}
