# SPDX-License-Identifier: MIT
# Makes the .sql files of a folder into C: for src/db/sql/find.sql there is a `db_sql_find` in
# "db_sql.h". Included by CMakeLists.txt for lockstep_embed_sql(), and run as a script at build time.

# Adds the generated source and the folder of the generated header to a target of that folder.
function(lockstep_embed_sql target folder)
    file(GLOB sql_files CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/${folder}/sql/*.sql")
    if(NOT sql_files)
        return()
    endif()
    set(out "${CMAKE_BINARY_DIR}/generated/${folder}")
    set(script "${CMAKE_SOURCE_DIR}/scripts/cmake/EmbedSql.cmake")
    file(MAKE_DIRECTORY "${out}")
    # A file that is taken away must lead to a new header too: this list then changes.
    file(CONFIGURE OUTPUT "${out}/${folder}_sql.list" CONTENT "${sql_files}" @ONLY)
    add_custom_command(
        OUTPUT "${out}/${folder}_sql.c" "${out}/${folder}_sql.h"
        COMMAND "${CMAKE_COMMAND}" -DFOLDER=${folder} "-DOUT=${out}" -P "${script}"
        DEPENDS ${sql_files} "${out}/${folder}_sql.list" "${script}"
        COMMENT "Embedding src/${folder}/sql"
        VERBATIM)
    target_sources(${target} PRIVATE "${out}/${folder}_sql.c" "${out}/${folder}_sql.h")
    target_include_directories(${target} PUBLIC "${out}")
endfunction()

function(embed_all folder out)
    string(TOUPPER "${folder}" upper)
    set(header "/* Made by scripts/cmake/EmbedSql.cmake from src/${folder}/sql. */\n")
    string(APPEND header "#ifndef ${upper}_SQL_H\n#define ${upper}_SQL_H\n\n")
    set(source "/* Made by scripts/cmake/EmbedSql.cmake from src/${folder}/sql. */\n")
    string(APPEND source "#include \"${folder}_sql.h\"\n")
    file(READ "${out}/${folder}_sql.list" sql_files)
    foreach(sql_file IN LISTS sql_files)
        get_filename_component(name "${sql_file}" NAME_WE)
        if(NOT name MATCHES "^[a-z][a-z0-9_]*$")
            message(FATAL_ERROR "${sql_file}: the name must be lower case, as in find_lock.sql")
        endif()
        file(READ "${sql_file}" literal)
        string(REPLACE "\\" "\\\\" literal "${literal}")
        string(REPLACE "\"" "\\\"" literal "${literal}")
        string(REPLACE "?" "\\?" literal "${literal}") # `??(` would be a trigraph
        string(REPLACE "\r" "\\r" literal "${literal}")
        string(REPLACE "\n" "\\n\"\n    \"" literal "${literal}")
        string(APPEND header "extern const char ${folder}_sql_${name}[];\n")
        string(APPEND source "\nconst char ${folder}_sql_${name}[] =\n    \"${literal}\";\n")
    endforeach()
    string(APPEND header "\n#endif\n")
    file(WRITE "${out}/${folder}_sql.h" "${header}")
    file(WRITE "${out}/${folder}_sql.c" "${source}")
endfunction()

if(CMAKE_SCRIPT_MODE_FILE)
    embed_all("${FOLDER}" "${OUT}")
endif()
