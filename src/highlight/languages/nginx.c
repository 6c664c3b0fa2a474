/* nginx.c - nginx and Apache configuration. */
#include "highlight/language.h"

extern const inc_language inc_language_nginx;
const inc_language inc_language_nginx = {
    .names = "nginx nginxconf apache apacheconf",
    .keywords = "events geo http if location map server stream types upstream",
    .literals = "off on",
    .built_ins =
        "access_log add_header alias allow client_max_body_size default_type deny error_log error_page expires fastcgi_pass gzip include "
        "index keepalive_timeout limit_req listen log_format proxy_http_version proxy_pass proxy_set_header resolver return rewrite root "
        "sendfile server_name set ssl_certificate ssl_certificate_key try_files user worker_connections worker_processes",
    .line_comments = {"#"},
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES}},
    .sigils = {{'$', "variable"}},
};
