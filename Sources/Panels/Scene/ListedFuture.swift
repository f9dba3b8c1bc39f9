/// A future, as the tree of them lists it.
package struct ListedFuture: Equatable, Sendable {
  /// The number by which it is known.
  package let number: Int
  /// Its name, else its number.
  package let label: String
  /// Whether it has a name.
  package var isNamed: Bool { label != String(number) }
  /// The number of the future that it parted from; nil of the first.
  package let parent: Int?
  /// The layer steps before the change with which it parts from that one.
  package let parting: Int
  /// The layer steps that it has gone.
  package let steps: Int
  /// The loss after its last epoch; nil where none is known.
  package let loss: Double?
  /// The line that made it; empty of the first.
  package let origin: String
  /// Whether it is the one that is gone along.
  package let isCurrent: Bool
  /// Whether it is looked at beside that one.
  package let isBeside: Bool

  /// One.
  package init(
    number: Int, label: String, parent: Int?, parting: Int, steps: Int, loss: Double?, origin: String = "",
    isCurrent: Bool = false, isBeside: Bool = false
  ) {
    (self.number, self.label, self.parent, self.parting) = (number, label, parent, parting)
    (self.steps, self.loss, self.origin) = (steps, loss, origin)
    (self.isCurrent, self.isBeside) = (isCurrent, isBeside)
  }
}

extension [ListedFuture] {
  /// After how many steps each of the others parts from the one that is gone along, by their numbers: on the way from one to
  /// the other through the tree, the first parting counts.
  package var partings: [Int: Int] {
    guard let current = first(where: \.isCurrent) else { return [:] }
    let byNumber = Dictionary(map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    // Those from which the current one came, with where it left each.
    var (left, step) = ([current.number: Int.max], Int.max)
    var next = current
    while let parent = next.parent.flatMap({ byNumber[$0] }), left[parent.number] == nil {
      step = Swift.min(step, next.parting)
      left[parent.number] = step
      next = parent
    }
    var found: [Int: Int] = [:]
    for future in self where !future.isCurrent {
      var (next, step, seen) = (future, Int.max, 0)
      while left[next.number] == nil, let parent = next.parent.flatMap({ byNumber[$0] }), seen < count {
        step = Swift.min(step, next.parting)
        (next, seen) = (parent, seen + 1)
      }
      if let other = left[next.number] { found[future.number] = Swift.min(step, other) }
    }
    return found
  }

  /// The futures as a tree, each below the one that it parted from, with the lines that lead to it: `│ └ `.
  package var tree: [(future: ListedFuture, lead: String)] {
    var rows: [(future: ListedFuture, lead: String)] = []
    let children = Dictionary(grouping: self, by: \.parent)
    let known = Set(map(\.number))
    // Deep trees are walked without recursion: the futures still to be put down, the next one last.
    var waiting = filter { $0.parent.map { !known.contains($0) } ?? true }.reversed().map { ($0, "", "") }
    while let (future, lead, margin) = waiting.popLast() {
      rows.append((future, lead))
      let below = children[future.number] ?? []
      for (index, child) in below.enumerated().reversed() {
        let isLast = index == below.count - 1
        waiting.append((child, margin + (isLast ? "└ " : "├ "), margin + (isLast ? "  " : "│ ")))
      }
    }
    return rows
  }
}
