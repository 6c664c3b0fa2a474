/* files.h - reading files, and paths that must stay inside the book. Paths use '/'. */
#ifndef INC_FILES_H
#define INC_FILES_H

#include "base/diag.h"

#define INC_FILE_SIZE_MAX ((size_t)1 << 30)

/* Raw bytes of a regular file of at most `max` bytes. Returns 0 or an errno (EFBIG above max, EISDIR, ENOENT ...). */
int inc_file_read(inc_arena *arena, inc_str path, size_t max, inc_str *bytes);

/* Reads a text file into the sources and returns its span.file, or the one it has if it was read before. Cleans it: BOM
 * cut, CRLF and CR to LF, NUL and ill-formed bytes to U+FFFD (each kind reported once a file). 0 and *error = errno
 * when it cannot be read; the caller reports that, since only he knows who asked for it. */
uint32_t inc_file_read_text(inc_sources *sources, inc_arena *arena, inc_str name, inc_str path, inc_diags *diags, int *error);

bool inc_file_exists(inc_str path); /* a regular file, symlinks followed */
bool inc_folder_exists(inc_str path);
bool inc_path_exists(inc_str path);   /* anything, even a link that leads nowhere */
int inc_folder_make(inc_str path); /* with its parents; 0 or an errno */
void inc_folder_remove(inc_arena *arena, inc_str path); /* with what is in it, 16 deep; links are removed, not followed. For scratch folders */

/* Puts the folder's entries on the disk, which it would do only some time after the files' own bytes. 0 or an errno; a file system that cannot
 * do that is no failure. */
int inc_folder_sync(inc_str path);

inc_str inc_path_join(inc_arena *arena, inc_str base, inc_str relative); /* relative may be absolute: returned alone */
inc_str inc_path_folder(inc_str path); /* without the last component; "" when there is none, "/" for "/x" */
inc_str inc_path_name(inc_str path);   /* the last component */
inc_str inc_path_stem(inc_str path);   /* the last component without its last extension */
inc_str inc_path_extension(inc_str path); /* without the dot, "" when none */

inc_str inc_path_absolute(inc_arena *arena, inc_str path); /* by realpath(3), for commands that run in other folders; as it is when there is no such file */

/* Resolves "." and ".." textually; a path that climbs above its start keeps the leading ".."s. */
inc_str inc_path_normalise(inc_arena *arena, inc_str path);

/* True when the existing file lies inside root after following symlinks (both through realpath(3)). */
bool inc_path_inside(inc_str root, inc_str path);

#endif
