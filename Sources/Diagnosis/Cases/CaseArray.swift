import Engine
import Notation

/// An array of somebody else's case: its name, what that means, and its numbers.
package struct CaseArray: Sendable {
  /// The name in the file.
  package let name: String
  /// What it is by that name.
  package let meaning: ForeignName
  /// How long it is along each of its dimensions, of which there are two at most; empty for a single number.
  package private(set) var shape: [Int]
  /// The numbers, the last index running fastest.
  package private(set) var elements: [Double]
  /// How exact its numbers are.
  package private(set) var exactness: CaseExactness
  /// Whether the weights that it was computed from were rounded too, before they were written.
  private(set) var comesOfRounded = false

  /// An array by its name; nil where the name means nothing that is known.
  package init?(name: String, shape: [Int], elements: [Double], isSingle: Bool) {
    guard let meaning = ForeignName(name) else { return nil }
    (self.name, self.meaning, self.shape, self.elements) = (name, meaning, shape, elements)
    exactness = isSingle ? .single : .double
  }

  /// The same with other numbers.
  func with(shape: [Int], elements: [Double]) -> CaseArray {
    var other = self
    (other.shape, other.elements) = (shape, elements)
    return other
  }

  /// The arrays of a file, those that were computed as exact as they look. What was printed together was rounded alike: the loss,
  /// the forward pass, the gradients, and what an update made.
  package static func inferringExactness(_ arrays: [CaseArray]) -> [CaseArray] {
    func numbers(_ some: [CaseArray]) -> [Double] { some.flatMap { $0.elements.prefix(mostLookedAt) } }
    let computed = arrays.filter { $0.isComputed && $0.exactness == .double }
    let ofAll = CaseExactness(of: numbers(computed))
    let own = Dictionary(grouping: computed, by: \.family).mapValues { CaseExactness(seenIn: numbers($0)) ?? ofAll }
    let parameters = arrays.filter { $0.goesIn && [.w, .b].contains($0.meaning.kind) }
    let areRounded = CaseExactness(of: numbers(parameters)).isRounded
    return arrays.map { array in
      guard array.isComputed, array.exactness == .double, let exactness = own[array.family] else { return array }
      var inferred = array
      (inferred.exactness, inferred.comesOfRounded) = (exactness, exactness.isRounded && areRounded)
      return inferred
    }
  }

  /// What is printed in one go, mostly.
  private enum Family { case loss, forward, backward, update }

  private var family: Family {
    if meaning.isAfterUpdate { return .update }
    return meaning.kind == .loss ? .loss : meaning.kind.isForward ? .forward : .backward
  }

  /// The most numbers of an array that are looked at for how exact they are.
  private static let mostLookedAt = 1000

  /// Whether it goes into an iteration, and does not come of it.
  var goesIn: Bool { !meaning.isAfterUpdate && [.x, .y, .w, .b, .rate].contains(meaning.kind) }

  private var isComputed: Bool { !goesIn }

  /// Whether it has one dimension, or none, so that it is as well a column as a row.
  var isLine: Bool { shape.count < 2 }
  /// The shape as NumPy writes it.
  var shapeInWords: String {
    shape.count == 1 ? "(\(shape[0]),)" : "(\(shape.map(String.init).joined(separator: ", ")))"
  }
  /// The name with its shape, for messages.
  var title: String { "\(name) \(shapeInWords)" }

  /// Its numbers in rows: the last dimension is a row's.
  var matrix: Matrix {
    let columns = shape.last ?? 1
    return Matrix(rows: columns == 0 ? 0 : elements.count / columns, columns: columns, elements: elements)
  }
}

/// Why a case cannot be taken, or what has to be said with it.
package struct CaseError: Error, Equatable, Sendable {
  /// What is wrong, or is asked.
  package let message: Text
  /// The settings that would answer it, each as it is typed: `reduction=mean`.
  package let answers: [String]

  init(_ message: Text, answers: [String] = []) { (self.message, self.answers) = (message, answers) }
}

/// What was said with a case: it is not looked for then.
package struct CaseWishes: Sendable {
  /// The activations from the first layer to the last.
  package var activations: [ActivationChoice]?
  /// The loss.
  package var loss: LossChoice?
  /// How the samples become one.
  package var reduction: Reduction?
  /// The learning rate.
  package var rate: Double?
  /// How matrices of weights are given.
  package var layout: WeightLayout?
  /// Whether each sample is a row.
  package var samplesAreRows: Bool?

  /// Nothing said.
  package init() {}
}
