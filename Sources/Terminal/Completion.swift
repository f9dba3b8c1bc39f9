/// What could stand in place of the word before the cursor.
package struct Completion: Equatable, Sendable {
  /// Where the word begins, in characters from the start of the line.
  package var start: Int
  /// The words that could stand there, in the order in which they are offered.
  package var candidates: [String]

  /// Words for what stands from `start` to the cursor.
  package init(start: Int, candidates: [String]) {
    self.start = start
    self.candidates = candidates
  }

  /// Nothing to offer.
  package static let none = Completion(start: 0, candidates: [])

  /// The longest beginning that all candidates share.
  var commonPrefix: String {
    guard var prefix = candidates.first else { return "" }
    for candidate in candidates.dropFirst() {
      while !candidate.hasPrefix(prefix) { prefix.removeLast() }
    }
    return prefix
  }
}
