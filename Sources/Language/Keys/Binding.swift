import Engine
import Panels

/// Keys and what they do: a row of the table by which the screen acts, and from which its footer and its help are made.
public struct Binding: Sendable {
  /// What comes of a key.
  public enum Effect: Sendable {
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
  }

  /// What concerns the screen as a whole.
  public enum Act: Sendable {
    /// Ends a run between two steps, or forgets the last answer.
    case stop
    /// Draws everything anew.
    case redraw
    /// Leaves backstep; asks first while a script is presented.
    case quit
    /// Closes what lies over the panels.
    case close
    /// Runs the script's next command.
    case next
    /// Takes back the script's last command.
    case previous
    /// Goes back from a detour to where the script stands.
    case resume
    /// Begins the guide, or ends it.
    case guide
  }

  /// The keys by the names that the screen prints: `→`, `n`, `PgDn`, `^L`.
  public let keys: [String]
  /// What they do, in a few words.
  public let meaning: String
  /// What the footer says of them, as `→ step`; nil where it does not name them.
  public let footer: String?
  /// Where they do it: panels by their names, `present`, `run`, `help`, `prompt`; empty where they do it everywhere that
  /// keys are not text.
  public let contexts: [String]
  /// What comes of them; nil where the prompt's line editor acts.
  public let effect: (@Sendable (Scene) -> Effect)?

  init(
    _ keys: String, _ meaning: String, footer: String? = nil, in contexts: [String] = [],
    _ effect: (@Sendable (Scene) -> Effect)?
  ) {
    self.keys = keys.split(separator: " ").map(String.init)
    self.meaning = meaning
    self.footer = footer
    self.contexts = contexts
    self.effect = effect
  }

  /// The row that a key belongs to where these contexts hold, the more particular first.
  public static func bound(to key: String, in contexts: [String]) -> Binding? {
    for context in contexts {
      if let row = all.first(where: { $0.contexts.contains(context) && $0.keys.contains(key) }) { return row }
    }
    return all.first { $0.contexts.isEmpty && $0.keys.contains(key) }
  }

  /// The table as the footer and the help show it where these contexts hold: keys that do something else here are left out
  /// of the rows that count everywhere.
  public static func hints(in contexts: [String]) -> [KeyHint] {
    let own = all.filter { !$0.contexts.isEmpty && !$0.contexts.allSatisfy { !contexts.contains($0) } }
    let taken = Set(own.flatMap(\.keys))
    return all.compactMap { row in
      let keys = row.contexts.isEmpty ? row.keys.filter { !taken.contains($0) } : row.keys
      guard !keys.isEmpty else { return nil }
      let footer = keys.first == row.keys.first ? row.footer : nil
      return KeyHint(keys.joined(separator: " "), row.meaning, in: row.contexts, footer: footer)
    }
  }
}
