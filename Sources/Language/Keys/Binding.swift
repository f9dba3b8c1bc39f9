import Engine
import Panels

/// Keys and what they do: a row of the table by which the screen acts, and from which its footer and its help are made.
package struct Binding: Sendable {
  /// What comes of a key.
  package enum Effect: Sendable {
    /// A line of the session, as if it had been typed.
    case line(String)
    /// Another view. Nothing of the session changes.
    case view(View)
    /// A line of the session, with another view if it does what it says.
    case lineAndView(String, View)
    /// A menu opens.
    case menu(MenuPage)
    /// A value is edited in its place.
    case edit(ValueEdit)
    /// The prompt opens with this text.
    case prompt(String)
    /// There is only something to say.
    case message(Message)
    /// Something that concerns the screen as a whole.
    case act(Act)
    /// Something in a menu.
    case choose(MenuAct)
    /// Something with a value that is edited in its place.
    case value(ValueAct)
    /// Something in a text that is being typed, a value or the prompt's line.
    case text(TextAct)
    /// Something at the prompt.
    case ask(PromptAct)
    /// Something while a line given before is looked for.
    case search(SearchAct)
  }

  /// The keys by the names that the screen prints: `→`, `n`, `PgDn`, `^L`.
  package let keys: [String]
  /// What they do, in a few words; empty where it goes without saying.
  package let meaning: Text
  /// What the footer says of them, as `→ step`; nil where it does not name them.
  package let footer: Text?
  /// Where they do it, and are shown to: panels by their names, `present`, `run`, `help`, `prompt`, `search`, `menu`, `edit`,
  /// questions by theirs, `leaving`, `unsaved`, `remedy`;
  /// empty where they do it everywhere that keys are not text.
  package let contexts: [String]
  /// Where they do it without being shown to.
  package let unsaid: [String]
  /// What comes of them: one thing of all, or one of each.
  private let effects: [@Sendable (Scene) -> Effect]

  init(
    _ keys: String, _ meaning: Text, footer: Text? = nil, in contexts: [String] = [],
    _ effect: @escaping @Sendable (Scene) -> Effect
  ) {
    self.init(keys, meaning, footer: footer, in: contexts, unsaid: [], [effect])
  }

  /// Keys that do the same whatever is on the screen.
  init(
    _ keys: String, _ meaning: Text = "", footer: Text? = nil, in contexts: [String] = [],
    unsaid: [String] = [], _ effects: Effect...
  ) {
    self.init(keys, meaning, footer: footer, in: contexts, unsaid: unsaid, effects.map { effect in { _ in effect } })
  }

  private init(
    _ keys: String, _ meaning: Text, footer: Text?, in contexts: [String], unsaid: [String],
    _ effects: [@Sendable (Scene) -> Effect]
  ) {
    self.keys = keys.split(separator: " ").map(String.init)
    self.meaning = meaning
    self.footer = footer
    self.contexts = contexts
    self.unsaid = unsaid
    self.effects = effects
  }

  /// What comes of one of its keys; nil of any other.
  package func effect(of key: String, in scene: Scene) -> Effect? {
    guard let index = keys.firstIndex(of: key) else { return nil }
    return effects.count == 1 ? effects[0](scene) : effects.indices.contains(index) ? effects[index](scene) : nil
  }

  /// Whether its keys count in a context.
  package func counts(in context: String) -> Bool { contexts.contains(context) || unsaid.contains(context) }

  /// The row that a key belongs to where these contexts hold, the more particular first. Where text is typed, keys that
  /// count everywhere else are text.
  package static func bound(to key: String, in contexts: [String]) -> Binding? {
    for context in contexts {
      if let row = all.first(where: { $0.counts(in: context) && $0.keys.contains(key) }) { return row }
    }
    guard !contexts.contains(where: Scene.typedContexts.contains) else { return nil }
    return all.first { $0.contexts.isEmpty && $0.keys.contains(key) }
  }

  /// The table as the footer and the help show it where these contexts hold: keys that do something else here are left out
  /// of the rows that count everywhere.
  package static func hints(in contexts: [String]) -> [KeyHint] {
    let own = all.filter { !$0.contexts.isEmpty && !$0.contexts.allSatisfy { !contexts.contains($0) } }
    let taken = Set(own.flatMap(\.keys))
    return all.compactMap { row in
      let keys = row.contexts.isEmpty ? row.keys.filter { !taken.contains($0) } : row.keys
      guard !keys.isEmpty, !row.meaning.isEmpty else { return nil }
      let footer = keys.first == row.keys.first ? row.footer : nil
      return KeyHint(keys.joined(separator: " "), row.meaning, in: row.contexts, footer: footer)
    }
  }
}
