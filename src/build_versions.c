/* build_versions.c - the libraries in use, by their own account where they give one at run time. */
#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb.h>
#include <libdeflate.h>
#include <png.h>
#include <unicode/uversion.h>
#include <yaml.h>
#include <zip.h>
#include <zlib.h>

#include "build.h"

static void add(inc_buf *out, const char *name, const char *version)
{
    inc_buf_printf(out, "%s %s\n", name, version);
}

static void add_freetype(inc_buf *out)
{
    FT_Library library;
    FT_Int major = 0, minor = 0, patch = 0;
    if (FT_Init_FreeType(&library) != 0)
        return;
    FT_Library_Version(library, &major, &minor, &patch);
    FT_Done_FreeType(library);
    inc_buf_printf(out, "freetype %d.%d.%d\n", major, minor, patch);
}

void inc_library_versions(inc_buf *out)
{
    UVersionInfo icu;
    char text[U_MAX_VERSION_STRING_LENGTH];
    add_freetype(out);
    add(out, "harfbuzz", hb_version_string());
    u_getVersion(icu);
    u_versionToString(icu, text);
    add(out, "icu", text);
    add(out, "libdeflate", LIBDEFLATE_VERSION_STRING);
    add(out, "libpng", png_get_libpng_ver(NULL));
    add(out, "libyaml", yaml_get_version_string());
    add(out, "libzip", zip_libzip_version());
    add(out, "zlib", zlibVersion());
}
