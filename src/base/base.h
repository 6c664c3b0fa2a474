/* base.h - what every file of incipit may take for granted. */
#ifndef INC_BASE_H
#define INC_BASE_H

#include <assert.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define INC_COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define INC_MIN(a, b) ((a) < (b) ? (a) : (b))
#define INC_MAX(a, b) ((a) > (b) ? (a) : (b))

#if defined(__GNUC__)
#define INC_PRINTF(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#define INC_NORETURN __attribute__((noreturn))
#else
#define INC_PRINTF(format_at, first_at)
#define INC_NORETURN
#endif

#endif
