import Engine

extension [String] {
  /// The names in so many columns, those that are too long cut so that they can still be told apart: at the end, or else at
  /// the beginning, or in the middle, with … where something is left out. Where none of that helps they are numbered.
  func distinct(in width: Int) -> [String] {
    guard width > 2, contains(where: { $0.count > width }) else { return map { $0.clipped(to: Swift.max(width, 0)) } }
    let cuts: [(String) -> String] = [
      { $0.clipped(to: width) }, { "…" + $0.suffix(width - 1) },
      { $0.prefix((width - 1) / 2) + "…" + $0.suffix(width - 1 - (width - 1) / 2) },
    ]
    for cut in cuts {
      let names = map { $0.count > width ? cut($0) : $0 }
      if Set(names).count >= Set(self).count { return names }
    }
    return enumerated().map { index, name in
      guard name.count > width else { return name }
      let number = "…\(index + 1)"
      return String(([Character](name.prefix(Swift.max(width - number.count, 0))) + [Character](number)).suffix(width))
    }
  }
}
