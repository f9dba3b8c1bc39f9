import Engine

/// The name that was probably meant: the nearest by edit distance, where a change, an insertion, a deletion and a swap
/// of neighbours each count 1. Nil where none is near: at most one edit in three letters, and always at least one.
///
/// Upper and lower case count as the same at half the cost, so that `Sigmoid` finds `sigmoid`; a name that differs in nothing
/// but case, hyphens and underscores is always the nearest, as `ReLU` and `mean_squared_error` are.
package func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
  let typed = Array(name)
  guard typed.count <= 64 else { return nil }
  let plain = withoutMarks(name)
  if let same = candidates.first(where: { !plain.isEmpty && withoutMarks($0) == plain }) { return same }
  let limit = 2 * max(1, typed.count / 3)
  var best: (distance: Int, name: String)?
  for candidate in candidates {
    let letters = Array(candidate)
    guard abs(letters.count - typed.count) * 2 <= limit else { continue }
    let distance = editDistance(typed, letters)
    // A name with no letter kept is no likeness.
    guard distance <= limit, distance < 2 * max(typed.count, letters.count), distance < best?.distance ?? .max else {
      continue
    }
    best = (distance, candidate)
  }
  return best?.name
}

/// `; did you mean NAME?`, or nothing where no name is near.
package func suggestion(for name: String, among candidates: some Sequence<String>) -> Text {
  nearest(to: name, among: candidates).map { "; did you mean \($0)?" } ?? ""
}

/// The row of a table that other programs call `name`, whatever the case, with or without hyphens, and behind whatever they
/// find it in, as in `nn.BCELoss`.
package func known<Row>(elsewhereAs name: String, among rows: [Row], _ names: (Row) -> [String]) -> Row? {
  let plain = withoutMarks(withoutModule(name))
  return plain.isEmpty ? nil : rows.first { names($0).contains { withoutMarks($0) == plain } }
}

/// The last part of a name that says what it is found in: `BCELoss` of `nn.BCELoss`.
package func withoutModule(_ name: String) -> String {
  String(name.split(separator: ".", omittingEmptySubsequences: false).last ?? "")
}

/// A name in lower case, without hyphens and underscores.
package func withoutMarks(_ name: String) -> String { name.lowercased().filter { $0 != "-" && $0 != "_" } }

/// Twice the optimal-string-alignment distance; a change of case alone costs 1.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = (0...b.count).map { 2 * $0 }
  for i in a.indices {
    var row = [2 * (i + 1)]
    for j in b.indices {
      let change = a[i] == b[j] ? 0 : a[i].lowercased() == b[j].lowercased() ? 1 : 2
      var cost = min(last[j] + change, last[j + 1] + 2, row[j] + 2)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 2) }
      row.append(cost)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
