import Engine

extension [String] {
  /// The names in so many columns, those that are too long cut so that they can still be told apart: at the end, or where
  /// two would look alike, at the beginning or in the middle, with … where something is left out. Those that none of that
  /// helps are numbered.
  func distinct(in width: Int) -> [String] {
    guard width > 2 else { return map { $0.clipped(to: Swift.max(width, 0)) } }
    let cuts: [(String) -> String] = [
      { $0.clipped(to: width) }, { "…" + $0.suffix(width - 1) },
      { $0.prefix((width - 1) / 2) + "…" + $0.suffix(width - 1 - (width - 1) / 2) },
    ]
    var result = map { $0.count > width ? cuts[0]($0) : $0 }
    for cut in cuts.dropFirst() {
      for alike in placesAlike(in: result) { for place in alike { result[place] = cut(self[place]) } }
    }
    for alike in placesAlike(in: result) {
      for place in alike {
        let number = "…\(place + 1)"
        let kept = [Character](self[place].prefix(Swift.max(width - number.count, 0)))
        result[place] = String((kept + [Character](number)).suffix(width))
      }
    }
    return result
  }

  /// The places of different names that were cut to the same, group by group.
  private func placesAlike(in cut: [String]) -> [[Int]] {
    Dictionary(grouping: indices) { cut[$0] }.values.filter { places in
      Set(places.map { self[$0] }).count > 1 && places.contains { cut[$0] != self[$0] }
    }.map { places in places.filter { cut[$0] != self[$0] } }
  }
}
