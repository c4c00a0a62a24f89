# SPDX-License-Identifier: MIT
# What the shells complete with, written by the tool itself and installed where they look for it.
set(completions "${generated}/completions")
file(MAKE_DIRECTORY "${completions}")
foreach(shell IN ITEMS bash zsh fish)
    add_custom_command(
        OUTPUT "${completions}/${shell}"
        COMMAND lockstep completion ${shell} > "${completions}/${shell}.new"
        COMMAND "${CMAKE_COMMAND}" -E rename "${completions}/${shell}.new" "${completions}/${shell}"
        DEPENDS lockstep
        VERBATIM)
endforeach()
add_custom_target(completions ALL
    DEPENDS "${completions}/bash" "${completions}/zsh" "${completions}/fish")
install(FILES "${completions}/bash" RENAME lockstep
    DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES "${completions}/zsh" RENAME _lockstep
    DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
install(FILES "${completions}/fish" RENAME lockstep.fish
    DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
