/// One number an iteration, for a curve. It is bounded: when it is full, every second number is dropped and the spacing
/// doubles.
public struct Curve: Equatable, Sendable {
  /// The numbers: that of iteration `index * spacing`, counted from 0.
  public private(set) var values: [Double] = []
  /// How many iterations lie between two numbers.
  public private(set) var spacing = 1
  static let capacity = 32_768

  /// No number yet.
  public init() {}

  /// The iteration whose number is wanted next.
  var next: Int { values.count * spacing }

  /// Takes an iteration's number, where it is the one wanted next.
  mutating func record(_ value: Double, iteration: Int) {
    guard iteration == next else { return }
    values.append(value)
    guard values.count >= Curve.capacity else { return }
    values = stride(from: 0, to: values.count, by: 2).map { values[$0] }
    spacing *= 2
  }

  /// Forgets the iterations from this one on.
  mutating func forget(from iteration: Int) {
    let kept = (max(iteration, 0) + spacing - 1) / spacing
    if values.count > kept { values.removeLast(values.count - kept) }
  }
}
