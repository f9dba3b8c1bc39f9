import Engine

/// An array as a file of another program holds it: numbers in a shape, all of one kind.
package struct NumberArray: Equatable, Sendable {
  /// How exact its numbers were where they were written.
  package enum Precision: String, Equatable, Sendable {
    /// Whole numbers and truth values.
    case whole
    /// 16 bits, as NumPy and PyTorch have them (`float16`).
    case half = "float16"
    /// 16 bits with the range of 32 (`bfloat16`).
    case brief = "bfloat16"
    /// 32 bits.
    case single = "float32"
    /// 64 bits, or decimals as they were typed.
    case double = "float64"
  }

  /// The name in its file; empty where the file holds one array without a name.
  package var name: String
  /// How long it is along each of its dimensions; empty for a single number.
  package let shape: [Int]
  /// The numbers, the last index running fastest.
  package let elements: [Double]
  /// How exact they are.
  package let precision: Precision

  /// Numbers in a shape.
  package init(name: String = "", shape: [Int], elements: [Double], precision: Precision = .double) {
    self.name = name
    self.shape = shape
    self.elements = elements
    self.precision = precision
  }

  /// The most numbers that an array may have that is read: as many weights as a network may have.
  package static let mostElements = Network.limits.weights

  /// The array as the language has it, which knows no more than two dimensions: a single number, a row of a 1-D array, a
  /// matrix. Throws for an array of more dimensions, and for an empty one.
  package var matrix: Matrix {
    get throws(FormatError) {
      guard shape.count <= 2 else {
        throw FormatError(ofFile: "\(title) has \(shape.count) dimensions, \(shapeInWords); a matrix has two at most")
      }
      guard !elements.isEmpty else {
        throw FormatError(ofFile: "\(title) is empty, \(shapeInWords); at least one number was expected")
      }
      let rows = shape.count == 2 ? shape[0] : 1
      return Matrix(rows: rows, columns: elements.count / rows, elements: elements)
    }
  }

  /// Whether it has one dimension, so that it is as well a column as a row.
  package var isLine: Bool { shape.count == 1 }

  /// `(3, 2)`, as NumPy writes it.
  package var shapeInWords: String { NumberArray.words(of: shape) }

  /// A shape as NumPy writes it.
  package static func words(of shape: [Int]) -> String {
    shape.count == 1 ? "(\(shape[0]),)" : "(\(shape.map(String.init).joined(separator: ", ")))"
  }

  /// What to call it in a message.
  private var title: String { name.isEmpty ? "the array" : name }

  /// How many numbers a shape holds; nil where they are too many to be counted or a length is negative.
  static func count(of shape: [Int]) -> Int? {
    guard shape.allSatisfy({ $0 >= 0 }) else { return nil }
    if shape.contains(0) { return 0 }
    var count = 1
    for length in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard !overflow else { return nil }
      count = product
    }
    return count
  }

  /// The same for a shape that a file claims, refused where it is more than is read.
  static func boundedCount(of shape: [Int], _ name: String) throws(FormatError) -> Int {
    let title = name.isEmpty ? "the array" : name
    guard shape.count <= 32 else {
      throw FormatError(ofFile: "\(title) has \(shape.count) dimensions; a matrix has two at most")
    }
    guard let count = count(of: shape), count <= mostElements else {
      throw FormatError(
        ofFile: "\(title) claims the shape \(words(of: shape)); at most \(mostElements) numbers are read")
    }
    return count
  }
}

extension FormatError {
  /// An error about a whole file, or about a place of it that no line and column names.
  init(ofFile message: Text) {
    self.init(subject: .file, line: 1, column: 1, excerpt: "", message: message)
  }
}
