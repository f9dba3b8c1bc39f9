import Engine
import Notation

/// A row that was named in another way than by its own name.
struct Understood<Row: Rule> {
  let row: Row
  /// What the name says of its settings.
  var settings: [(name: String, value: String)] = []
  /// Whether the name is one of other programs, and no other spelling of its own.
  let isForeign: Bool
}

extension Rule {
  /// The row that other programs call so.
  static func known(elsewhereAs name: String) -> Self? { Notation.known(elsewhereAs: name, among: all, \.elsewhere) }

  /// The row of which another program's comes near.
  static func near(to name: String) -> Self? { Notation.known(elsewhereAs: name, among: all, \.near) }

  /// The row that a name means which is not its own as it stands: in capitals, with the module that another program has it
  /// in, or another program's name.
  static func understood(_ name: String) -> Understood<Self>? {
    if let row = Notation.known(elsewhereAs: name, among: all, { [$0.name] + $0.aliases }) {
      return Understood(row: row, isForeign: false)
    }
    if let row = known(elsewhereAs: name) { return Understood(row: row, isForeign: true) }
    guard let row = Notation.known(elsewhereAs: name, among: all, { Array($0.elsewhereSet.keys) }) else { return nil }
    let plain = withoutMarks(withoutModule(name))
    let settings = row.elsewhereSet.first { withoutMarks($0.key) == plain }?.value ?? [:]
    // In the order of the row, so that it is said alike every time.
    let ordered = row.settings.compactMap { setting in settings[setting.name].map { (setting.name, $0) } }
    return Understood(row: row, settings: ordered, isForeign: true)
  }
}
