/* build_versions.c - the libraries in use, by their own account: at run time where they give one then, else what they were built with. */
#include <expat.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb.h>
#include <jansson.h>
#include <lcms2.h>
#include <libdeflate.h>
#include <png.h>
#include <stdio.h>

#include <jpeglib.h>
#include <unicode/uversion.h>
#include <webp/decode.h>
#include <yaml.h>
#include <zip.h>
#include <zlib.h>

#include "build.h"
#include "manuscript/toml.h"
#include "pdf/pdf.h"

#define TEXT_OF(word) #word
#define TEXT(word) TEXT_OF(word)

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

static void add_webp(inc_buf *out)
{
    int version = WebPGetDecoderVersion();
    inc_buf_printf(out, "libwebp %d.%d.%d\n", version >> 16, version >> 8 & 0xFF, version & 0xFF);
}

void inc_library_versions(inc_buf *out)
{
    UVersionInfo icu;
    char text[U_MAX_VERSION_STRING_LENGTH];
    XML_Expat_Version expat = XML_ExpatVersionInfo();
    inc_buf_printf(out, "expat %d.%d.%d\n", expat.major, expat.minor, expat.micro);
    add_freetype(out);
    add(out, "harfbuzz", hb_version_string());
    u_getVersion(icu);
    u_versionToString(icu, text);
    add(out, "icu", text);
    add(out, "jansson", jansson_version_str());
    inc_buf_printf(out, "lcms2 %d.%d\n", cmsGetEncodedCMMversion() / 1000, cmsGetEncodedCMMversion() % 1000 / 10);
    add(out, "libdeflate", LIBDEFLATE_VERSION_STRING);
    add(out, "libharu", inc_pdf_library_version());
#ifdef LIBJPEG_TURBO_VERSION
    add(out, "libjpeg-turbo", TEXT(LIBJPEG_TURBO_VERSION));
#else
    add(out, "libjpeg", TEXT(JPEG_LIB_VERSION));
#endif
    add(out, "libpng", png_get_libpng_ver(NULL));
    add_webp(out);
    add(out, "libyaml", yaml_get_version_string());
    add(out, "libzip", zip_libzip_version());
    add(out, "md4c", INCIPIT_MD4C_VERSION);
    add(out, "toml++", inc_toml_version());
    add(out, "zlib", zlibVersion());
}
