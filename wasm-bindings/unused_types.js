// Embind tells JavaScript of every type that it knows. The engine's one class passes numbers and a view of its memory alone: the
// code for the others would be 1 KB (brotli) that every visitor loads.
mergeInto(LibraryManager["library"], {
  _embind_register_bool: function () {},
  _embind_register_bool__deps: [],
  _embind_register_std_string: function () {},
  _embind_register_std_string__deps: [],
  _embind_register_std_wstring: function () {},
  _embind_register_std_wstring__deps: [],
});
