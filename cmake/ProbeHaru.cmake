# Proves that the installed libharu is one whose object layer we may use: structures that are not a public interface (see
# src/pdf/object.c). 2.3.0, Debian 12's, is what we test; 2.4.x passes if the probe does.
if(NOT DEFINED INCIPIT_HARU_PROBED)
  try_run(haru_run haru_compiled
    SOURCES ${CMAKE_SOURCE_DIR}/cmake/probe_haru.c
    LINK_LIBRARIES ${HPDF_LIBRARY}
    COMPILE_OUTPUT_VARIABLE haru_output)
  if(NOT haru_compiled)
    message(FATAL_ERROR "libharu: its internal headers are not those of 2.3.0 (Debian: libhpdf-dev). "
      "Incipit uses its object layer and cannot be built with this version.\n${haru_output}")
  elseif(NOT haru_run EQUAL 0)
    message(FATAL_ERROR "libharu: its object layer does not behave like that of 2.3.0 (probe failed at ${haru_run}). "
      "Incipit cannot be built with this version.")
  endif()
  message(STATUS "libharu's object layer behaves as needed")
  set(INCIPIT_HARU_PROBED TRUE CACHE INTERNAL "libharu passed cmake/probe_haru.c")
endif()
