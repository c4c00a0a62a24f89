# SPDX-License-Identifier: MIT
# Finds libpg_query (17 or later, with its internal headers) and makes the target PgQuery::pg_query.
#
# Looks at PG_QUERY_ROOT (variable, then environment) and nowhere else when it is set; otherwise at
# .deps/pg_query of this checkout (scripts/setup puts it there), then at the system. Knows the
# layout of an installed package and that of upstream's source tree after `make`.
# Sets PgQuery_MAJOR (grammar of which PostgreSQL), PgQuery_VERSION and PgQuery_LIBRARY.

set(PG_QUERY_ROOT "" CACHE PATH "libpg_query: an unpacked package or a built source tree")

set(_pgq_mend "Run scripts/setup, or build upstream's source tree with make and pass -DPG_QUERY_ROOT=<that tree>.")

# Says in _pgq_reason why a root does not do; sets PgQuery_* when it does.
macro(_pgq_try_root root)
    set(_pgq_reason "")
    if(EXISTS "${root}/src/postgres/include/postgres.h")
        set(_pgq_header "${root}/pg_query.h")
        set(_pgq_internal "${root}/src/pg_query_internal.h")
        set(_pgq_includes "${root}" "${root}/src" "${root}/src/postgres/include")
    else()
        set(_pgq_prefix "${root}")
        if(EXISTS "${root}/usr/include/pg_query.h")
            set(_pgq_prefix "${root}/usr")
        endif()
        set(_pgq_include "${_pgq_prefix}/include")
        set(_pgq_header "${_pgq_include}/pg_query.h")
        set(_pgq_internal "${_pgq_include}/pg_query/pg_query_internal.h")
        set(_pgq_includes "${_pgq_include}" "${_pgq_include}/pg_query"
                          "${_pgq_include}/pg_query/postgres")
    endif()
    _pgq_find_library("${root}")
    _pgq_read_version()
    if(NOT EXISTS "${_pgq_header}")
        set(_pgq_reason "there is no pg_query.h")
    elseif(NOT PgQuery_MAJOR)
        set(_pgq_reason "pg_query.h does not say which PostgreSQL it is for")
    elseif(PgQuery_MAJOR LESS 17)
        set(_pgq_reason "its grammar is that of PostgreSQL ${PgQuery_MAJOR}; 17 or later is needed")
    elseif(NOT EXISTS "${_pgq_internal}")
        set(_pgq_reason "pg_query_internal.h is missing (upstream's `make install` leaves it out)")
    elseif(NOT PgQuery_LIBRARY)
        set(_pgq_reason "there are headers but neither libpg_query.a nor a shared library")
    endif()
endmacro()

# The archive first: a shared library from a newer system does not load on an older one.
macro(_pgq_find_library root)
    unset(PgQuery_LIBRARY)
    file(GLOB _pgq_libraries
        "${root}/libpg_query.a"
        "${root}/usr/lib/libpg_query.a" "${root}/usr/lib/*/libpg_query.a"
        "${root}/lib/libpg_query.a" "${root}/lib/*/libpg_query.a")
    if(NOT _pgq_libraries)
        file(GLOB _pgq_libraries
            "${root}/libpg_query.so" "${root}/libpg_query.dylib"
            "${root}/usr/lib/libpg_query.so" "${root}/usr/lib/*/libpg_query.so"
            "${root}/lib/libpg_query.so" "${root}/lib/*/libpg_query.so"
            "${root}/lib/libpg_query.dylib")
    endif()
    if(_pgq_libraries)
        list(GET _pgq_libraries 0 PgQuery_LIBRARY)
    endif()
endmacro()

macro(_pgq_read_version)
    unset(PgQuery_MAJOR)
    unset(PgQuery_VERSION)
    if(EXISTS "${_pgq_header}")
        file(STRINGS "${_pgq_header}" _pgq_lines REGEX "^#define PG_(MAJORVERSION|VERSION) ")
        foreach(_pgq_line IN LISTS _pgq_lines)
            if(_pgq_line MATCHES "PG_MAJORVERSION \"([0-9]+)\"")
                set(PgQuery_MAJOR "${CMAKE_MATCH_1}")
            elseif(_pgq_line MATCHES "PG_VERSION \"([^\"]+)\"")
                set(PgQuery_VERSION "${CMAKE_MATCH_1}")
            endif()
        endforeach()
    endif()
endmacro()

if(PG_QUERY_ROOT)
    set(_pgq_roots "${PG_QUERY_ROOT}")
elseif(DEFINED ENV{PG_QUERY_ROOT})
    set(_pgq_roots "$ENV{PG_QUERY_ROOT}")
else()
    set(_pgq_roots "${CMAKE_CURRENT_SOURCE_DIR}/.deps/pg_query" /usr/local /usr /opt/homebrew)
endif()

set(_pgq_report "")
foreach(_pgq_root IN LISTS _pgq_roots)
    _pgq_try_root("${_pgq_root}")
    if(_pgq_reason STREQUAL "")
        break()
    endif()
    string(APPEND _pgq_report "\n  ${_pgq_root}: ${_pgq_reason}")
endforeach()

if(NOT _pgq_reason STREQUAL "")
    message(FATAL_ERROR "no usable libpg_query:${_pgq_report}\n${_pgq_mend}")
endif()

find_package(Threads REQUIRED)
add_library(PgQuery::pg_query UNKNOWN IMPORTED)
set_target_properties(PgQuery::pg_query PROPERTIES
    IMPORTED_LOCATION "${PgQuery_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${_pgq_includes}"
    INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${_pgq_includes}"
    INTERFACE_LINK_LIBRARIES "Threads::Threads;m")
set(PgQuery_FOUND TRUE)
message(STATUS "libpg_query: grammar of PostgreSQL ${PgQuery_VERSION}, ${PgQuery_LIBRARY}")
