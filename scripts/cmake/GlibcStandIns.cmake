# SPDX-License-Identifier: MIT
# An archive of libpg_query that was built on a newer glibc asks for two functions which an older
# one does not have. Defines PG_QUERY_STAND_INS (for src/parse/glibc_stand_ins.c) with those that are
# missing here, and sees that a program which parses a statement links.

include(CheckFunctionExists)
include(CheckSymbolExists)

set(PG_QUERY_STAND_INS "")
set(CMAKE_REQUIRED_DEFINITIONS -D_GNU_SOURCE)
check_symbol_exists(strlcpy "string.h" HAVE_STRLCPY)
if(NOT HAVE_STRLCPY)
    list(APPEND PG_QUERY_STAND_INS LOCKSTEP_NEEDS_STRLCPY)
endif()

# Only glibc's headers rename strtoul; no header declares the new name, so look at the library.
check_symbol_exists(__GLIBC__ "features.h" HAVE_GLIBC)
if(HAVE_GLIBC)
    check_function_exists(__isoc23_strtoul HAVE_ISOC23_STRTOUL)
    if(NOT HAVE_ISOC23_STRTOUL)
        list(APPEND PG_QUERY_STAND_INS LOCKSTEP_NEEDS_ISOC23_STRTOUL)
    endif()
endif()

set(_probe "${CMAKE_BINARY_DIR}/generated/pg_query_probe.c")
file(WRITE "${_probe}.new" [[
#include "pg_query.h"
#include "pg_query_internal.h"

int
main(void)
{
    MemoryContext context = pg_query_enter_memory_context();
    PgQueryInternalParsetreeAndError result = pg_query_raw_parse("SELECT 1", 0);

    pg_query_exit_memory_context(context);
    return result.error != 0;
}
]])
file(COPY_FILE "${_probe}.new" "${_probe}" ONLY_IF_DIFFERENT)

set(_key "${PgQuery_LIBRARY} ${PG_QUERY_STAND_INS}")
if(NOT PG_QUERY_LINKS OR NOT PG_QUERY_LINKS_KEY STREQUAL _key)
    unset(PG_QUERY_LINKS CACHE)
    set(_defines ${PG_QUERY_STAND_INS})
    list(TRANSFORM _defines PREPEND -D)
    list(APPEND _defines ${CMAKE_REQUIRED_DEFINITIONS})
    try_compile(PG_QUERY_LINKS "${CMAKE_BINARY_DIR}/generated/pg_query_probe"
        SOURCES "${_probe}" "${CMAKE_CURRENT_SOURCE_DIR}/src/parse/glibc_stand_ins.c"
        COMPILE_DEFINITIONS ${_defines}
        LINK_LIBRARIES PgQuery::pg_query
        OUTPUT_VARIABLE _output)
    if(NOT PG_QUERY_LINKS)
        string(REGEX MATCHALL "[^\n]*(undefined|error)[^\n]*" _lines "${_output}")
        list(JOIN _lines "\n  " _lines)
        message(FATAL_ERROR "${PgQuery_LIBRARY} was found, but a program that uses it does not link:\n"
            "  ${_lines}\n"
            "Remove .deps and run scripts/setup, or build upstream's source tree with make on this "
            "machine and pass -DPG_QUERY_ROOT=<that tree>.")
    endif()
    set(PG_QUERY_LINKS_KEY "${_key}" CACHE INTERNAL "for what PG_QUERY_LINKS was found")
endif()
unset(CMAKE_REQUIRED_DEFINITIONS)
