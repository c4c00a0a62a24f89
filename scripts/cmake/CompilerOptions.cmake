# SPDX-License-Identifier: MIT
# Language, warnings, sanitizers and hardening, for every target of ours.

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug, Release, RelWithDebInfo or MinSizeRel" FORCE)
endif()

# assert() stays in what people run: a wrong assumption must stop the tool before it acts on it.
set(CMAKE_C_FLAGS_RELEASE "-O3")
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -g")

set(_in_ci OFF)
if(DEFINED ENV{CI} AND NOT "$ENV{CI}" STREQUAL "")
    set(_in_ci ON)
endif()
option(LOCKSTEP_WERROR "warnings are errors" ${_in_ci})
option(LOCKSTEP_SANITIZE "build with the address and undefined behaviour sanitizers" OFF)
option(LOCKSTEP_SANITIZE_THREADS "build with the thread sanitizer" OFF)
option(LOCKSTEP_COVERAGE "build for gcovr" OFF)
option(LOCKSTEP_FUZZ "build the fuzzers with libFuzzer (needs clang)" OFF)
option(LOCKSTEP_TESTS "build the tests" ON)

if(LOCKSTEP_FUZZ AND NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "LOCKSTEP_FUZZ needs clang: use `cmake --preset fuzz`, or pass -DCMAKE_C_COMPILER=clang-19")
endif()

add_compile_definitions(_GNU_SOURCE)
add_compile_options(
    -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wcast-qual -Wformat=2
    -Wstrict-prototypes -Wmissing-prototypes -Wundef -Wvla -Wwrite-strings -Wpointer-arith)
if(CMAKE_C_COMPILER_ID MATCHES "Clang")
    add_compile_options(-Wmissing-variable-declarations)
endif()
if(LOCKSTEP_WERROR)
    add_compile_options(-Werror)
endif()

if(LOCKSTEP_SANITIZE)
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined
                        -fno-omit-frame-pointer)
    add_link_options(-fsanitize=address,undefined)
endif()
if(LOCKSTEP_SANITIZE_THREADS)
    add_compile_options(-fsanitize=thread -O1)
    add_link_options(-fsanitize=thread)
endif()
if(LOCKSTEP_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(LOCKSTEP_COVERAGE)
    add_compile_options(--coverage -fprofile-abs-path)
    add_link_options(--coverage)
endif()

# Hardening belongs to what people run. _FORTIFY_SOURCE needs an optimising compiler.
if(CMAKE_BUILD_TYPE MATCHES "^(Release|RelWithDebInfo|MinSizeRel)$" AND NOT LOCKSTEP_SANITIZE)
    add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong)
    if(NOT APPLE)
        add_compile_options(-fstack-clash-protection)
        add_link_options(-Wl,-z,relro,-z,now)
    endif()
    include(CheckPIESupported)
    check_pie_supported(LANGUAGES C)
endif()
