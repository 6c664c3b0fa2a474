# Languages.cmake - the list of the highlighter's languages, from the files of src/highlight/languages: adding a language is adding a file.
file(GLOB language_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/highlight/languages/*.c)
list(SORT language_files)
set(declarations "")
set(entries "")
foreach(file ${language_files})
  file(STRINGS ${file} definitions REGEX "^const inc_language inc_language_[a-z0-9]+ = ")
  foreach(definition ${definitions})
    string(REGEX REPLACE "^const inc_language (inc_language_[a-z0-9]+) .*" "\\1" identifier "${definition}")
    string(APPEND declarations "extern const inc_language ${identifier};\n")
    string(APPEND entries "    &${identifier},\n")
  endforeach()
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/highlight_languages.c @ONLY CONTENT
"/* Made by cmake/Languages.cmake. */
#include \"highlight/language.h\"

@declarations@
const inc_language *const inc_languages[] = {
@entries@};
const size_t inc_language_count = INC_COUNT(inc_languages);
")
