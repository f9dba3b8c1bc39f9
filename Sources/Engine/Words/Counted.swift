/// A number of things in words: `1 layer`, `2 layers`; `many` is what more than one are called, where that is not the
/// noun with an s.
package func counted(_ count: Int, _ noun: String, _ many: String? = nil) -> Text {
  Text(count, one: "{1} " + noun, many: "{1} " + (many ?? noun + "s"))
}
