# Flags of groma's own code; generated and foreign code does not get the warnings.
add_library(groma_flags INTERFACE)
target_compile_options(groma_flags INTERFACE -Wall -Wextra -Wpedantic -Werror=return-type -Werror=switch
                                             -Wno-unused-parameter -Wno-deprecated-declarations)
# ANTLR's headers want it (grammar/CMakeLists.txt), and files that share headers must agree.
target_compile_options(groma_flags INTERFACE -fno-char8_t)
if(GROMA_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  if(GROMA_FUZZERS)
    add_compile_options(-fsanitize=fuzzer-no-link)
  endif()
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  find_program(GROMA_LLD ld.lld-19)
  if(GROMA_LLD)
    add_link_options(-fuse-ld=lld-19)
  endif()
endif()
