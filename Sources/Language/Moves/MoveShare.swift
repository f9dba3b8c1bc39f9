import Engine

// How far a move has come.
extension Move {
  /// How much of it is done, from 0 to 1; nil where the end is not known.
  func share(at place: Place) -> Double? {
    if case .until(_, _, let most) = goal { return most < Session.mostStrides ? Double(strides) / Double(most) : nil }
    let (begun, end) = (start.place.iteration, ends)
    guard let end, end != begun else { return nil }
    if case .search(let search) = goal, !search.isAhead {
      return search.left.map { Double(begun - $0.iteration) / Double(begun - end) }
    }
    return end > begun ? Double(place.iteration - begun) / Double(end - begun) : nil
  }

  /// The iteration to which it goes at most; nil where none is named.
  private var ends: Int? {
    switch goal {
    case .place(let place): return place.iteration
    case .until: return nil
    case .search(let search):
      switch search.direction {
      case .ahead(let place), .behind(let place): return place.iteration
      }
    }
  }
}
