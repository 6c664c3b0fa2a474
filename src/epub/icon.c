/*
 * icon.c - the signs of alerts as SVG in the text. They take the colour of the words beside them, so they are there on any ground; their
 * shapes differ, so that no meaning hangs on colour. Screen readers pass over them: the word says it.
 */
#include "epub/book.h"

#define ICON(shape) "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"icon\" width=\"16\" height=\"16\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">" shape "</svg>"
#define DRAWN "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.6\" stroke-linecap=\"round\" stroke-linejoin=\"round\""

const char *inc_epub_icon(inc_alert_kind kind)
{
    static const char *const icons[] = {
        [INC_ALERT_NOTE] = ICON("<g " DRAWN "><circle cx=\"8\" cy=\"8\" r=\"6.8\"/><path d=\"M8 7.4v4M8 4.6v.1\"/></g>"),
        [INC_ALERT_TIP] = ICON("<g " DRAWN "><circle cx=\"8\" cy=\"8\" r=\"6.8\"/><path d=\"M4.8 8.3l2.2 2.3 4.2-4.9\"/></g>"),
        [INC_ALERT_IMPORTANT] = ICON("<g " DRAWN "><path d=\"M1.6 1.6h12.8v12.8H1.6zM8 4.4v4.4M8 11.5v.1\"/></g>"),
        [INC_ALERT_WARNING] = ICON("<g " DRAWN "><path d=\"M8 1.6l6.8 12.6H1.2zM8 6.2v4M8 12.2v.1\"/></g>"),
        [INC_ALERT_CAUTION] = ICON("<g " DRAWN "><path d=\"M5.2 1.2h5.6l4 4v5.6l-4 4H5.2l-4-4V5.2zM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8\"/></g>"),
    };
    return icons[kind];
}
