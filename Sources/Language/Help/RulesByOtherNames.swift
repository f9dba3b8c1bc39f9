import Engine
import Notation

extension Rule {
  /// The row that other programs call so.
  static func known(elsewhereAs name: String) -> Self? { Notation.known(elsewhereAs: name, among: all, \.elsewhere) }
}
