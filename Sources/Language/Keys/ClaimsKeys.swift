import Engine
import Panels

// What goes through a derivation, line by line.
extension Binding {
  /// The keys of a derivation that is written.
  static let claims: [Binding] = [
    Binding(
      "→ PgDn", "the next line", footer: "→← line by line", in: ["claims"], count: .repeated,
      idle: "the derivation ends here; Esc goes back to the table"
    ) { $0.claimed == nil ? .line("step") : .view($0.followingDerivation(by: 1)) }.alwaysNamed,
    Binding(
      "← PgUp", "the line before", in: ["claims"], count: .repeated,
      idle: "this is its first line; Esc goes back to the table"
    ) { $0.claimed == nil ? .line("back") : .view($0.followingDerivation(by: -1)) },
  ]
}
