# cmake -DPAGES=FILE -DOUT=FILE -P EmbedPages.cmake
#
# Writes AllPages of groma/diagnostics/pages.h from the Markdown files that PAGES lists, one a line.
# The list is a file of its own so that a page which goes away also leaves the executable.
file(STRINGS ${PAGES} pages)
set(rows "")
foreach(page IN LISTS pages)
  get_filename_component(code ${page} NAME_WE)
  file(READ ${page} text)
  string(FIND "${text}" ")groma_page\"" ending)
  if(NOT ending EQUAL -1)
    message(FATAL_ERROR "${page} holds the delimiter of the C++ literal it would become")
  endif()
  string(APPEND rows "    {\"${code}\", R\"groma_page(${text})groma_page\"},\n")
endforeach()

string(CONCAT source
  "// Written by cmake/EmbedPages.cmake.\n"
  "#include \"groma/diagnostics/pages.h\"\n\n"
  "namespace groma::diagnostics {\n"
  "namespace {\n\n"
  "// The last row ends the table, which could not be empty otherwise.\n"
  "const EmbeddedPage kPages[] = {\n" "${rows}" "    {\"\", \"\"},\n};\n\n"
  "}  // namespace\n\n"
  "auto AllPages() -> llvm::ArrayRef<EmbeddedPage> {\n"
  "  return llvm::ArrayRef<EmbeddedPage>(kPages).drop_back();\n"
  "}\n\n"
  "}  // namespace groma::diagnostics\n")
file(WRITE ${OUT} "${source}")
