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
    /// A value is edited in its place, begun with this digit.
    case typing(ValueEdit, Int)
    /// A digit of the count before a key.
    case count(Int)
    /// The prompt opens with this text.
    case prompt(String)
    /// There is only something to say.
    case message(Message)
    /// A value cannot be edited: what is typed for it is no command.
    case refusal(Message)
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

  /// What a number that was typed before a key does to it.
  package enum Counting: Sendable {
    /// Nothing: the key takes none.
    case none
    /// It stands in what the key does.
    case told
    /// The key does so many times what it does.
    case repeated
  }

  /// The keys by the names that the screen prints: `→`, `n`, `PgDn`, `^L`.
  package let keys: [String]
  /// What help and footer call them.
  package let shownKeys: String
  /// What they do, in a few words; empty where it goes without saying.
  package let meaning: Text
  /// What the footer says of them where there is something to say, as `→ step`.
  let footer: (@Sendable (Scene) -> Text?)?
  /// What a count before them does.
  package let counting: Counting
  /// What is said where nothing comes of them.
  package let idle: Text
  /// The command whose line they give, or that they stand for; nil where there is none.
  package let command: String?
  /// Where they do it, and are shown to: panels by their names, `present`, `run`, `help`, `prompt`, `search`, `menu`, `edit`,
  /// questions by theirs, `leaving`, `unsaved`, `remedy`;
  /// empty where they do it everywhere that keys are not text.
  package let contexts: [String]
  /// Where they do it without being shown to.
  package let unsaid: [String]
  /// What comes of them: one thing of all, or one of each.
  private let effects: [@Sendable (Scene) -> Effect]
  /// Whether the footer names it before all else, whichever panel the keys belong to.
  private var isAlwaysNamed = false

  init(
    _ keys: String, shown: String? = nil, _ meaning: Text, footer: Text? = nil, in contexts: [String] = [],
    count: Counting = .none, idle: Text = "", for command: String? = nil,
    _ effect: @escaping @Sendable (Scene) -> Effect
  ) {
    self.init(
      keys, shown: shown, meaning, footer: Binding.always(footer), in: contexts, unsaid: [], count, idle,
      command, [effect])
  }

  /// Keys of which the footer says something else from scene to scene.
  init(
    _ keys: String, _ meaning: Text, in contexts: [String] = [], count: Counting = .none, idle: Text = "",
    for command: String? = nil, footer: @escaping @Sendable (Scene) -> Text?,
    _ effect: @escaping @Sendable (Scene) -> Effect
  ) {
    self.init(
      keys, shown: nil, meaning, footer: footer, in: contexts, unsaid: [], count, idle, command, [effect])
  }

  /// Keys that do the same whatever is on the screen.
  init(
    _ keys: String, shown: String? = nil, _ meaning: Text = "", footer: Text? = nil, in contexts: [String] = [],
    unsaid: [String] = [], count: Counting = .none, idle: Text = "", for command: String? = nil, _ effects: Effect...
  ) {
    self.init(
      keys, shown: shown, meaning, footer: Binding.always(footer), in: contexts, unsaid: unsaid, count,
      idle, command, effects.map { effect in { _ in effect } })
  }

  /// Keys each of which does something of its own.
  init(
    _ keys: [String], shown: String? = nil, _ meaning: Text = "", in contexts: [String] = [], count: Counting = .none,
    idle: Text = "", _ effect: @escaping @Sendable (_ index: Int, Scene) -> Effect
  ) {
    self.init(
      keys.joined(separator: " "), shown: shown, meaning, footer: nil, in: contexts, unsaid: [], count, idle, nil,
      keys.indices.map { index in { effect(index, $0) } })
  }

  private init(
    _ keys: String, shown: String?, _ meaning: Text, footer: (@Sendable (Scene) -> Text?)?, in contexts: [String],
    unsaid: [String], _ counting: Counting, _ idle: Text, _ command: String?, _ effects: [@Sendable (Scene) -> Effect]
  ) {
    self.keys = keys.split(separator: " ").map(String.init)
    shownKeys = shown ?? keys
    self.meaning = meaning
    self.footer = footer
    self.contexts = contexts
    self.unsaid = unsaid
    self.counting = counting
    self.idle = idle
    self.command = command
    self.effects = effects
  }

  /// The row, named by the footer before all else.
  var alwaysNamed: Binding {
    var row = self
    row.isAlwaysNamed = true
    return row
  }

  private static func always(_ footer: Text?) -> (@Sendable (Scene) -> Text?)? {
    guard let footer else { return nil }
    return { _ in footer }
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
  package static func hints(in contexts: [String], of scene: Scene) -> [KeyHint] {
    let own = all.filter { !$0.contexts.isEmpty && !$0.contexts.allSatisfy { !contexts.contains($0) } }
    let taken = Set(own.flatMap(\.keys))
    return all.compactMap { row in
      let keys = row.contexts.isEmpty ? row.keys.filter { !taken.contains($0) } : row.keys
      guard !keys.isEmpty, !row.meaning.isEmpty else { return nil }
      let footer = keys.first == row.keys.first ? row.footer?(scene) : nil
      let shown = keys.count == row.keys.count ? row.shownKeys : keys.joined(separator: " ")
      var hint = KeyHint(shown, row.meaning, in: row.contexts, footer: footer, key: keys.first ?? "")
      hint.isAlwaysNamed = row.isAlwaysNamed
      return hint
    }
  }
}
