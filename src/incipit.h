/* incipit.h - the public interface: build a book, with everything a command needs to report. */
#ifndef INCIPIT_H
#define INCIPIT_H

#define INCIPIT_VERSION "0.1.0"

#endif
