import Engine

/// What a key does, for the footer and the help.
package struct KeyHint: Equatable, Sendable {
  /// The keys, as `→ n`.
  package var keys: String
  /// What they do, in a few words.
  package var action: Text
  /// Where they do it: panels by their names, `prompt`, `run`, `help`, `present`; empty where they do it everywhere that
  /// keys are not text.
  package var contexts: [String]
  /// What the footer says, keys up to the first blank: `→ step`. Nil where it says nothing.
  package var footer: Text?
  /// Whether the footer names it before all else.
  package var isAlwaysNamed = false
  /// The key that a click on it stands for.
  package var key: String

  /// A key and what it does; the footer says the same.
  package init(_ keys: String, _ action: Text, in contexts: [String] = []) {
    self.init(keys, action, in: contexts, footer: "\(keys) \(action)")
  }

  /// A key, what it does, and what the footer says of it.
  package init(_ keys: String, _ action: Text, in contexts: [String], footer: Text?, key: String? = nil) {
    self.keys = keys
    self.key = key ?? keys.split(separator: " ").first.map(String.init) ?? ""
    self.action = action
    self.contexts = contexts
    self.footer = footer
  }
}
