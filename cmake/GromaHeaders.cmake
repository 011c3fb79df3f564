# Headers that are read once and not for each file: reading them takes more than half of the time of a build. Only those of
# the standard library and LLVM, so that the walls between layers stand; the preset `dev` reads each file without them, so
# that a file which forgets an #include is found.
add_library(groma_headers OBJECT ${CMAKE_CURRENT_LIST_DIR}/headers.cpp)
target_link_libraries(groma_headers PRIVATE groma_flags groma_llvm)
target_precompile_headers(groma_headers PRIVATE ${CMAKE_CURRENT_LIST_DIR}/headers.h)

# The same with GoogleTest, for tests.
if(GROMA_TESTS)
  find_package(GTest REQUIRED)
  add_library(groma_test_headers OBJECT ${CMAKE_CURRENT_LIST_DIR}/headers.cpp)
  target_link_libraries(groma_test_headers PRIVATE groma_flags groma_llvm GTest::gtest GTest::gmock)
  target_precompile_headers(groma_test_headers PRIVATE ${CMAKE_CURRENT_LIST_DIR}/headers.h <gmock/gmock.h> <gtest/gtest.h>)
endif()
foreach(target groma_headers groma_test_headers)
  if(TARGET ${target})
    # ccache takes no file whose precompiled headers know the time.
    target_compile_options(${target} PUBLIC $<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>)
  endif()
endforeach()
