/* svg_paint.h - what gradients and patterns, the paint servers, have in common. */
#ifndef INC_IMAGE_SVG_PAINT_H
#define INC_IMAGE_SVG_PAINT_H

#include "image/svg.h"

enum { INC_SVG_HREFS_MAX = 16 };

typedef struct inc_svg_chain { /* the element, that which it refers to by href, and so on: attributes come from the first that has them */
    inc_svg_node *v[INC_SVG_HREFS_MAX];
    unsigned n;
} inc_svg_chain;

inc_svg_chain inc_svg_chain_of(inc_svg *svg, inc_svg_node *node);
inc_str inc_svg_chain_attr(const inc_svg_chain *chain, const char *name);
bool inc_svg_chain_is_user_space(const inc_svg_chain *chain, const char *name);
inc_svg_matrix inc_svg_chain_matrix(const inc_svg_chain *chain, const char *name);

/* A length: in user space, where percentages are of `whole`, or as a part of the box. `otherwise` is a part of one or the other. */
double inc_svg_chain_length(const inc_svg_chain *chain, const char *name, bool user, double whole, double otherwise);

inc_svg_matrix inc_svg_box_matrix(inc_svg_rect box); /* from the unit square */
inc_paint inc_svg_color_paint(const inc_svg_target *target, inc_color color, double opacity);

inc_paint inc_svg_gradient_paint(inc_svg *svg, const inc_svg_target *target, inc_svg_node *node, double opacity);
inc_paint inc_svg_pattern_paint(inc_svg *svg, const inc_svg_target *target, inc_svg_node *node, double opacity);

/* What is painted alike shares its gradient or pattern: the one that was made of this node with this matrix, tile and viewport, or NULL; and a place
 * to put a new one. */
const inc_svg_server *inc_svg_server_find(const inc_svg *svg, const inc_svg_server *like);
inc_paint inc_svg_server_paint(const inc_svg_target *target, const inc_svg_server *server, double opacity);

#endif
